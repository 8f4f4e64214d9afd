package io.rollcall.acceptance.system;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.TimeUnit;

/** Asks again when the gateway says to wait (RFC 6585, 4): all tests share one address, and nothing was done. */
final class Patience {
	private static final int TIMES = 60;

	private Patience() {}

	static <T> HttpResponse<T> send(HttpClient http, HttpRequest request, BodyHandler<T> body)
			throws IOException, InterruptedException {
		HttpResponse<T> response = http.send(request, body);
		for (int i = 0; i < TIMES && response.statusCode() == 429; i++) {
			TimeUnit.SECONDS.sleep(response.headers().firstValueAsLong("Retry-After").orElse(1));
			response = http.send(request, body);
		}
		return response;
	}
}
