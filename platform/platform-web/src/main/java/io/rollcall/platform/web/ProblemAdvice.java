package io.rollcall.platform.web;

import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.ConversionNotSupportedException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.util.MimeType;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentConversionNotSupportedException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import io.rollcall.platform.TemporarilyUnavailable;
import io.rollcall.platform.UnexpectedFailures;
import io.rollcall.platform.tomcat.BodyFailure;
import io.rollcall.platform.web.Problems.FieldError;

/** What no service answers in its own words: Spring's own refusals get a code, the unexpected says nothing of its inside. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {
	private static final UnexpectedFailures UNEXPECTED = new UnexpectedFailures(
			LoggerFactory.getLogger(ProblemAdvice.class), InstantSource.system());
	/** Jackson has no type for it. */
	private static final Pattern DOUBLED = Pattern.compile("Duplicate Object property \"(.*)\"", Pattern.DOTALL);
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,50}");

	private static ResponseEntity<Object> unavailable() {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, "5")
				.body(Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "unavailable",
						"The service is not available at the moment. Please try again shortly."));
	}

	@ExceptionHandler
	ResponseEntity<Object> malformed(MethodArgumentTypeMismatchException failure, WebRequest request) {
		if (failure.getParameter().hasParameterAnnotation(PathVariable.class)) {
			// A path variable that is no id names nothing that exists.
			return nothingHere();
		}
		return wrongKind(failure.getName());
	}

	/** Spring would say which of its resources it has looked for. */
	@Override
	protected ResponseEntity<Object> handleNoResourceFoundException(NoResourceFoundException failure,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return nothingHere();
	}

	/** With {@code HEAD}, which whatever is read by {@code GET} is asked by, too. */
	@Override
	protected ResponseEntity<Object> handleHttpRequestMethodNotSupported(HttpRequestMethodNotSupportedException failure,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		Set<HttpMethod> allowed = new LinkedHashSet<>(headers.getAllow());
		if (allowed.contains(HttpMethod.GET)) allowed.add(HttpMethod.HEAD);
		return ResponseEntity.status(status).headers(it -> it.setAllow(allowed)).body(
				Problems.of(status, "method-not-allowed", "This method is not allowed at this address."));
	}

	/** Spring would name the type {@code null} where there is none. */
	@Override
	protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(HttpMediaTypeNotSupportedException failure,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		String taken = failure.getSupportedMediaTypes().stream().filter(MimeType::isConcrete).findFirst()
				.map(type -> " Send " + type + ".").orElse("");
		String detail = (request.getHeader(HttpHeaders.CONTENT_TYPE) == null
				? "The request has no Content-Type."
				: "The Content-Type of the request is not taken here.") + taken;
		return ResponseEntity.status(status).headers(headers)
				.body(Problems.of(status, "unsupported-media-type", detail));
	}

	private static ResponseEntity<Object> nothingHere() {
		return answer(Problems.of(HttpStatus.NOT_FOUND, "not-found", "There is nothing at this address."));
	}

	private static ResponseEntity<Object> wrongKind(String parameter) {
		String message = "The parameter '" + parameter + "' has a value of the wrong type.";
		return answer(Problems.of(HttpStatus.BAD_REQUEST, "invalid-request", message,
				List.of(new FieldError(parameter, "wrong-kind", message))));
	}

	/** A file in the place of a text, say; Spring would name the classes of both. */
	@Override
	protected ResponseEntity<Object> handleConversionNotSupported(ConversionNotSupportedException failure,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return failure instanceof MethodArgumentConversionNotSupportedException argument
				? wrongKind(argument.getName())
				: internal(failure);
	}

	/** What Spring Security's firewall and Tomcat refuse to read: paths, headers and parameters with what none has. */
	@ExceptionHandler({RequestRejectedException.class, InvalidParameterException.class, MultipartException.class})
	ResponseEntity<Object> unreadable(RuntimeException failure) {
		return BodyFailure.behind(failure).map(ProblemAdvice::answer).orElseGet(
				() -> answer(
						malformed("The request, a parameter or a header is malformed.")));
	}

	@ExceptionHandler
	ResponseEntity<Object> brokenBody(BodyFailure failure) {
		return answer(failure);
	}

	private static ResponseEntity<Object> answer(BodyFailure failure) {
		return answer(failure.kind() == BodyFailure.Kind.MALFORMED
				? malformed("The request is not valid HTTP.")
				: Problems.of(HttpStatus.REQUEST_TIMEOUT, "upload-broken-off",
						"The request did not arrive completely."));
	}

	/** Nobody is there any more to be answered. */
	@ExceptionHandler
	void goneAway(ClientAbortException failure) {}

	/** Says where the fault is, never what stands there. */
	@Override
	protected ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException failure,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return answer(switch (failure.getCause()) {
			case StrictJson.NotUtf8 _ -> malformed("The request is not encoded in UTF-8, as JSON must be.");
			// It says neither which nor where. No text and no number of a request can be too long for it.
			case StreamConstraintsException _ ->
				malformed("The name of a field is too long, or the JSON is nested too deeply.");
			case InputCoercionException e ->
				malformed(e, "wrong-kind", "The field '%s' has a number that is too large.");
			case StreamReadException e when DOUBLED.matcher(e.getOriginalMessage()).lookingAt() -> doubled(e);
			case StreamReadException e when e.getLocation() != null ->
				malformed("The request is not valid JSON at " + place(e) + ".");
			case UnrecognizedPropertyException e -> malformed(e, "unknown-field", "There is no field '%s' here.");
			case StrictJson.NotText e ->
				malformed(e, "not-text", "The field '%s' contains something that is not text.");
			case JacksonException e when !e.getPath().isEmpty() ->
				malformed(e, "wrong-kind", "The field '%s' has a value of the wrong type.");
			case null, default -> malformed("The request is not the JSON that is expected here.");
		});
	}

	private static ProblemDetail doubled(StreamReadException failure) {
		Matcher name = DOUBLED.matcher(failure.getOriginalMessage());
		String field = name.lookingAt() && NAME.matcher(name.group(1)).matches() ? name.group(1) : "?";
		String text = "The field '" + field + "' appears twice."
				+ (failure.getLocation() == null ? "" : " The second time is at " + place(failure) + ".");
		return Problems.of(HttpStatus.BAD_REQUEST, "malformed-request", text,
				List.of(new FieldError(field, "given-twice", text)));
	}

	private static String place(StreamReadException failure) {
		return "line " + failure.getLocation().getLineNr() + ", column " + failure.getLocation().getColumnNr();
	}

	private static ProblemDetail malformed(JacksonException failure, String code, String message) {
		String field = field(failure);
		String text = message.formatted(field);
		return Problems.of(HttpStatus.BAD_REQUEST, "malformed-request", text,
				List.of(new FieldError(field, code, text)));
	}

	private static ProblemDetail malformed(String detail) {
		return Problems.of(HttpStatus.BAD_REQUEST, "malformed-request", detail);
	}

	/** As {@code userIds[1]}. A name that is none is not repeated. */
	private static String field(JacksonException failure) {
		var field = new StringBuilder();
		for (JacksonException.Reference step : failure.getPath()) {
			if (step.getPropertyName() == null) {
				field.append('[').append(step.getIndex()).append(']');
			} else {
				String name = step.getPropertyName();
				field.append(field.isEmpty() ? "" : ".").append(NAME.matcher(name).matches() ? name : "?");
			}
		}
		return field.toString();
	}

	private static ResponseEntity<Object> answer(ProblemDetail problem) {
		return ResponseEntity.status(problem.getStatus()).body(problem);
	}

	@ExceptionHandler
	@Nullable
	ResponseEntity<Object> unexpected(Exception failure, WebRequest request) throws Exception {
		// Spring Security answers these itself
		if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) throw failure;
		// By the causes, of which an @ExceptionHandler sees none: Exception fits what is around them.
		if (FilterFailures.isBrokenOff(failure, request)) return null;
		if (TemporarilyUnavailable.isBehind(failure)) return unavailable();
		return internal(failure);
	}

	private static ResponseEntity<Object> internal(Exception failure) {
		UNEXPECTED.add(failure);
		return answer(Problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal",
				"Something went wrong on our side. Please try again."));
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception failure, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (FilterFailures.isBrokenOff(failure, request)) return null;
		// Of an answer that has begun, Spring would only write into the log that nothing more can be said.
		if (hasBegun(request)) return null;
		// What Spring says of a failure of ours names its inside; our own refusals say what they should.
		if (status.is5xxServerError() && !(failure instanceof ErrorResponseException)) return internal(failure);
		ResponseEntity<Object> answer = super.handleExceptionInternal(failure, body, headers, status, request);
		if (answer != null && answer.getBody() instanceof ProblemDetail problem
				&& (problem.getProperties() == null || !problem.getProperties().containsKey("code"))) {
			problem.setProperty("code", code(status));
		}
		return answer;
	}

	private static boolean hasBegun(WebRequest request) {
		return request instanceof ServletWebRequest asked && asked.getResponse() != null
				&& asked.getResponse().isCommitted();
	}

	private static String code(HttpStatusCode status) {
		HttpStatus known = HttpStatus.resolve(status.value());
		return known == null ? "error" : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
