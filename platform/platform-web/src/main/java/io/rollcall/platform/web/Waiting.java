package io.rollcall.platform.web;

import java.time.Duration;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** How those are answered who have to wait, in the same words everywhere. */
public final class Waiting {
	private Waiting() {}

	/** As what follows "in", for people: in hours, never too short. */
	public static String inWords(Duration wait) {
		long hours = Math.max(1, wait.plusHours(1).minusNanos(1).toHours());
		return hours == 1 ? "an hour" : hours + " hours";
	}

	/** 429 with {@code Retry-After}, to be thrown by a handler. */
	public static ErrorResponseException refusal(String code, String detail, Duration wait) {
		return refusal(HttpStatus.TOO_MANY_REQUESTS, code, detail, wait.toSeconds() + 1);
	}

	/** 503 with {@code Retry-After}, to be thrown by a handler: others have what there is, and will have done in seconds. */
	public static ErrorResponseException busy(String code, String detail) {
		return refusal(HttpStatus.SERVICE_UNAVAILABLE, code, detail, 10);
	}

	private static ErrorResponseException refusal(HttpStatus status, String code, String detail, long seconds) {
		ErrorResponseException refusal = Problems.refusal(status, code, detail);
		refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
		return refusal;
	}
}
