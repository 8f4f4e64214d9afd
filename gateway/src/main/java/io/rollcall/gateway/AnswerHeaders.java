package io.rollcall.gateway;

import java.util.Map;

/** What browsers are told about every answer: it is data, not a page; it is nobody's to keep. */
final class AnswerHeaders {
	static final Map<String, String> ALL = Map.of("X-Content-Type-Options", "nosniff");

	static final Map<String, String> API = Map.of("X-Content-Type-Options", "nosniff", "Cache-Control", "no-store",
			"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

	private AnswerHeaders() {}
}
