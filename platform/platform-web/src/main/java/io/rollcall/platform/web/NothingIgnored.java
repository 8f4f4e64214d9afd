package io.rollcall.platform.web;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

import io.rollcall.platform.web.Problems.FieldError;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Refuses what a handler would pass over without a word, though somebody meant something by it: a parameter of the query that it does not
 * have, one that is given twice, a header of which the first would count, and a body where none is read.
 */
final class NothingIgnored implements HandlerInterceptor {
	/** Of which a request has one. Those that are lists, as {@code If-Match}, may be given in several lines. */
	private static final List<String> SINGLE = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE,
			IdempotencyKey.HEADER, "Last-Event-ID");
	private static final String NO_BODY = "{}";
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,50}");

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		if (!(handler instanceof HandlerMethod method)) return true;
		List<FieldError> errors = Stream.concat(headers(request), parameters(request, method)).toList();
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		if (!takesBody(method, request) && hasBody(request)) {
			throw Problems.refusal(HttpStatus.BAD_REQUEST, "body-not-taken",
					"This request has a body, and nothing here reads one. Send it without.");
		}
		return true;
	}

	private static Stream<FieldError> headers(HttpServletRequest request) {
		return SINGLE.stream().filter(name -> Collections.list(request.getHeaders(name)).size() > 1).map(
				name -> new FieldError(name, "given-twice", "The header '" + name + "' must be given once."));
	}

	private static Stream<FieldError> parameters(HttpServletRequest request, HandlerMethod method) {
		// Without a query nothing is read: the parameters of a form are its own matter.
		if (request.getQueryString() == null) return Stream.empty();
		if (isOfParts(method)) return named(request.getQueryString());
		Set<String> known = known(method);
		return request.getParameterMap().entrySet().stream().flatMap(parameter -> {
			String shown = shown(parameter.getKey());
			if (!known.contains(parameter.getKey())) return Stream.of(unknown(shown));
			return parameter.getValue().length > 1
					? Stream.of(
							new FieldError(shown, "given-twice", "The parameter '" + shown + "' must be given once."))
					: Stream.empty();
		});
	}

	/** Whose parameters are parts of the body. */
	private static boolean isOfParts(HandlerMethod method) {
		return Stream.of(method.getMethodParameters()).anyMatch(it -> it.hasParameterAnnotation(RequestPart.class));
	}

	/** All of the query. Not by the request, which has the parts among them. */
	private static Stream<FieldError> named(String query) {
		return UriComponentsBuilder.newInstance().query(query).build().getQueryParams().keySet().stream()
				.map(NothingIgnored::shown).distinct().map(NothingIgnored::unknown);
	}

	private static FieldError unknown(String shown) {
		return new FieldError(shown, "unknown-parameter", "There is no parameter '" + shown + "' here.");
	}

	private static String shown(String name) {
		return NAME.matcher(name).matches() ? name : "?";
	}

	/**
	 * The parameters that the handler's signature names.
	 *
	 * @throws IllegalStateException if it cannot be told, for a {@link ModelAttribute} is no record
	 */
	static Set<String> known(HandlerMethod method) {
		Set<String> known = new HashSet<>();
		for (MethodParameter parameter : method.getMethodParameters()) {
			RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
			if (named != null) known.add(named.name().isEmpty() ? parameter.getParameter().getName() : named.name());
			if (parameter.hasParameterAnnotation(ModelAttribute.class)) {
				Class<?> type = parameter.getParameterType();
				if (!type.isRecord()) {
					throw new IllegalStateException(
							type.getName() + " must be a record: its components name what " + method + " takes");
				}
				for (RecordComponent component : type.getRecordComponents())
					known.add(component.getName());
			}
		}
		return known;
	}

	private static boolean takesBody(HandlerMethod method, HttpServletRequest request) {
		Predicate<MethodParameter> reads = parameter -> parameter.hasParameterAnnotation(RequestBody.class)
				|| parameter.hasParameterAnnotation(RequestPart.class)
				|| parameter.hasParameterAnnotation(ModelAttribute.class) && !request.getMethod().equals("GET");
		return Stream.of(method.getMethodParameters()).anyMatch(reads);
	}

	/** One that means something: clients that always send JSON send an empty object. */
	private static boolean hasBody(HttpServletRequest request) throws IOException {
		int longest = NO_BODY.length();
		if (request.getContentLengthLong() > longest) return true;
		if (request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
			return false;
		}
		String body = new String(request.getInputStream().readNBytes(longest + 1), US_ASCII);
		return !body.isEmpty() && !body.equals(NO_BODY);
	}
}
