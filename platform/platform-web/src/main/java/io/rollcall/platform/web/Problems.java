package io.rollcall.platform.web;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Makes problem details (RFC 9457): status, {@code detail} for people, {@code code} for programs, {@code errors} for fields. */
public final class Problems {
	/** One field's fault: the field's name in the request, a stable code, the text to show. */
	public record FieldError(String field, String code, String message) {}

	/** So that an answer is not many times what was asked. */
	private static final int NAMED_AT_MOST = 5;
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,50}");

	private Problems() {}

	/** To be thrown by a handler. */
	public static ErrorResponseException refusal(HttpStatusCode status, String code, String detail) {
		return new ErrorResponseException(status, of(status, code, detail), null);
	}

	/** To be thrown by a handler. */
	public static ErrorResponseException refusal(HttpStatusCode status, String code, String detail,
			List<FieldError> errors) {
		return new ErrorResponseException(status, of(status, code, detail, errors), null);
	}

	/** What is wrong with a request itself, parameter by parameter, the first few of them; to be thrown by a handler. */
	public static ErrorResponseException invalid(HttpStatusCode status, List<FieldError> errors) {
		List<FieldError> named = errors.stream().distinct().limit(NAMED_AT_MOST).toList();
		return refusal(status, "invalid-request",
				named.stream().map(FieldError::message).collect(Collectors.joining(" ")), named);
	}

	/** Of a field that is not in what is sent. A name that is none is not repeated. */
	public static FieldError unknownField(String name) {
		String shown = NAME.matcher(name).matches() ? name : "?";
		return new FieldError(shown, "unknown-field", "There is no field '" + shown + "' here.");
	}

	public static ProblemDetail of(HttpStatusCode status, String code, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setProperty("code", code);
		return problem;
	}

	public static ProblemDetail of(HttpStatusCode status, String code, String detail, List<FieldError> errors) {
		ProblemDetail problem = of(status, code, detail);
		problem.setProperty("errors", errors);
		return problem;
	}
}
