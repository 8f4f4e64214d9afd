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
		ErrorResponseException refusal = Problems.refusal(HttpStatus.TOO_MANY_REQUESTS, code, detail);
		refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds() + 1));
		return refusal;
	}
}
