package io.rollcall.gateway;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/** What the gateway itself answers instead of a service, as problem details (RFC 9457). */
public enum Refusal {
	NOT_FOUND(HttpStatus.NOT_FOUND, "not-found", "There is nothing at this address."),

	INVALID_PATH(HttpStatus.BAD_REQUEST, "invalid-path", "The address of this request is not valid."),

	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed",
			"This method is not allowed at this address."),

	MALFORMED(HttpStatus.BAD_REQUEST, "malformed-request", "The request is not valid HTTP."),

	/** The session lasted until now; a new sign-in is needed. */
	SESSION_ENDED(HttpStatus.UNAUTHORIZED, "session-ended", "Your session has ended. Please sign in again."),

	CROSS_SITE(HttpStatus.FORBIDDEN, "cross-site-request",
			"The request does not come from a page of this site. Nothing was done."),

	/** The page that asks was made for another person than the one whose session it is now. */
	ANOTHER_ACCOUNT(HttpStatus.CONFLICT, "another-account",
			"Somebody else has signed in with this browser. Nothing was done."),

	TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests",
			"Too many requests in a short time. Please wait a moment and try again."),

	/** The new token knows more; the body has gone by and cannot be sent again. */
	RIGHTS_RENEWED(HttpStatus.SERVICE_UNAVAILABLE, "rights-renewed",
			"Your account changed a moment ago. Nothing was done. Please try again."),

	TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "request-too-large", "The request is too large."),

	UPLOAD_BROKEN_OFF(HttpStatus.REQUEST_TIMEOUT, "upload-broken-off", "The request did not arrive completely."),

	/** It was not reached, so nothing has been done. */
	AWAY(HttpStatus.SERVICE_UNAVAILABLE, "service-unavailable",
			"The service is not available at the moment. Nothing was done. Please try again shortly."),

	/** It was reached. 503 like {@link #AWAY}, for the sender can do the same about it, but the code tells them apart. */
	NO_ANSWER(HttpStatus.SERVICE_UNAVAILABLE, "service-no-answer",
			"The service did not answer in time, so it is not known whether the request was carried out. Please check before you repeat it."),

	BROKEN_ANSWER(HttpStatus.BAD_GATEWAY, "service-broken-answer",
			"The service's answer broke off, so it is not known whether the request was carried out. Please check before you repeat it."),

	/** As {@link #NO_ANSWER}, to the change of a password; the session has ended. Not 401, after which the portal would repeat it. */
	PASSWORD_UNCERTAIN(HttpStatus.SERVICE_UNAVAILABLE, "service-no-answer",
			"It is not known whether your password was changed. Please sign in again, with the new one or, if that is not taken, with the old one."),

	UNEXPECTED(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side.");

	private final HttpStatus status;
	private final String code;
	private final String detail;

	Refusal(HttpStatus status, String code, String detail) {
		this.status = status;
		this.code = code;
		this.detail = detail;
	}

	public HttpStatus status() {
		return status;
	}

	/** Stable, for programs. */
	public String code() {
		return code;
	}

	public String detail() {
		return detail;
	}

	/** Whether the service may have done what it was asked. */
	public boolean isUncertain() {
		return this == NO_ANSWER || this == BROKEN_ANSWER;
	}

	/** Carries a refusal to {@code Edge}. */
	public static final class Refused extends RuntimeException {
		private static final long serialVersionUID = 1;
		private final Refusal refusal;
		private final transient @Nullable Duration retryAfter;
		private final Set<HttpMethod> allowed;

		public Refused(Refusal refusal) {
			this(refusal, (Duration) null);
		}

		public Refused(Refusal refusal, @Nullable Duration retryAfter) {
			super(refusal.code, null, false, false);
			this.refusal = refusal;
			this.retryAfter = retryAfter;
			this.allowed = Set.of();
		}

		public Refused(Refusal refusal, @Nullable Throwable cause) {
			super(refusal.code, cause);
			this.refusal = refusal;
			this.retryAfter = null;
			this.allowed = Set.of();
		}

		private Refused(Set<HttpMethod> allowed) {
			super(METHOD_NOT_ALLOWED.code, null, false, false);
			this.refusal = METHOD_NOT_ALLOWED;
			this.retryAfter = null;
			this.allowed = allowed;
		}

		/** By a method that is none of {@code allowed}, which are all that the address has. */
		public static Refused unless(HttpMethod... allowed) {
			return new Refused(new LinkedHashSet<>(List.of(allowed)));
		}

		public Refusal refusal() {
			return refusal;
		}

		/** Of an address that is asked by none of its methods, those it has. */
		public Set<HttpMethod> allowed() {
			return allowed;
		}

		/** When to come again; null for what is usual. */
		public @Nullable Duration retryAfter() {
			return retryAfter;
		}
	}
}
