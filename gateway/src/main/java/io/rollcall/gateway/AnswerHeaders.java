package io.rollcall.gateway;

import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.servlet.function.ServerResponse;

/** What browsers are told about an answer (OWASP Secure Headers): what it may do, who may use it, who may keep it. */
public record AnswerHeaders(Map<String, String> headers) {
	/** Of every answer. A page is told nothing about where its visitor came from elsewhere, and shares no window with others. */
	public static final AnswerHeaders ALL = new AnswerHeaders(Map.of("X-Content-Type-Options", "nosniff",
			"Referrer-Policy",
			"same-origin", "Permissions-Policy",
			"camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(), usb=()",
			"Cross-Origin-Opener-Policy", "same-origin", "Cross-Origin-Resource-Policy", "same-origin"));

	/** Of every answer where the site is at https: for a year there is no other way to it (RFC 6797). */
	public static final AnswerHeaders ENCRYPTED = new AnswerHeaders(
			Map.of("Strict-Transport-Security", "max-age=31536000; includeSubDomains"));

	/** It is data, not a page; it is nobody's to keep, nor a proxy's to compress, which would make another entity tag of its own. */
	public static final AnswerHeaders DATA = new AnswerHeaders(
			Map.of("Cache-Control", "no-store, no-transform", "Content-Security-Policy",
					"default-src 'none'; frame-ancestors 'none'"));

	/** The web app: its own files, nothing inline, in nobody's frame. */
	public static final AnswerHeaders PAGE = new AnswerHeaders(Map.of("Content-Security-Policy",
			"default-src 'self'; connect-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
					+ "form-action 'self'; frame-ancestors 'none'"));

	/** Each in place of whatever stood there. */
	public void on(HttpServletResponse response) {
		headers.forEach(response::setHeader);
	}

	/** The same. */
	public ServerResponse on(ServerResponse response) {
		headers.forEach(response.headers()::set);
		return response;
	}

	/** Those that the service has not set itself. */
	public ServerResponse where(ServerResponse response) {
		headers.forEach((name, value) -> {
			if (!response.headers().containsHeader(name)) response.headers().set(name, value);
		});
		return response;
	}
}
