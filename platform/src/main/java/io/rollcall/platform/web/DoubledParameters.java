package io.rollcall.platform.web;

import java.util.List;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

import io.rollcall.platform.web.Problems.FieldError;

/**
 * Refuses a query that gives a parameter twice. Handlers would take the first, or both with a comma between them, and none has a
 * parameter that is a list.
 */
final class DoubledParameters implements HandlerInterceptor {
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,50}");
	/** So that an answer is not many times what was asked. */
	private static final int NAMED_AT_MOST = 10;

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		// Without a query nothing is read: the parameters of a form are its own matter.
		if (request.getQueryString() == null || !(handler instanceof HandlerMethod)) return true;
		List<FieldError> errors = request.getParameterMap().entrySet().stream().filter(it -> it.getValue().length > 1)
				.map(it -> error(it.getKey())).distinct().limit(NAMED_AT_MOST).toList();
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		return true;
	}

	private static FieldError error(String name) {
		String shown = NAME.matcher(name).matches() ? name : "?";
		return new FieldError(shown, "given-twice", "The parameter '" + shown + "' must be given once.");
	}
}
