package io.rollcall.acceptance.system;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.TimeUnit;

/**
 * Asks again when the gateway says to wait (RFC 6585, 4): all tests share one address, and nothing was done. Who has guessed too often is
 * told to wait an hour, and that is an answer.
 */
final class Patience {
	private static final int TIMES = 60;
	private static final long LONGEST_SECONDS = 60;

	private Patience() {}

	static <T> HttpResponse<T> send(HttpClient http, HttpRequest request, BodyHandler<T> body)
			throws IOException, InterruptedException {
		HttpResponse<T> response = http.send(request, body);
		for (int i = 0; i < TIMES && response.statusCode() == 429; i++) {
			long seconds = response.headers().firstValueAsLong("Retry-After").orElse(1);
			if (seconds > LONGEST_SECONDS) break;
			TimeUnit.SECONDS.sleep(seconds);
			response = http.send(request, body);
		}
		return response;
	}
}
