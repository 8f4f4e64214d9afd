package io.rollcall.platform.web;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

import io.rollcall.platform.UnexpectedFailures;

/**
 * Answers what fails in a filter as {@link ProblemAdvice} answers what fails in a handler; the container would write a page of its own,
 * and the failure with its text into the log. And looks at address and content type before anybody goes by them: half of what reads
 * one fails in a way of its own when it is none.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class FilterFailures extends OncePerRequestFilter {
	private static final UnexpectedFailures UNEXPECTED = new UnexpectedFailures(
			LoggerFactory.getLogger(FilterFailures.class), InstantSource.system());

	private static final String BROKEN_OFF = FilterFailures.class.getName() + ".BROKEN_OFF";

	private final HandlerExceptionResolver advice;

	FilterFailures(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver advice) {
		this.advice = advice;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!isAddress(request.getRequestURI())) {
			response.sendError(HttpServletResponse.SC_BAD_REQUEST); // problem details would have the address in them
			return;
		}
		try {
			checkContentEncoding(request.getHeader(HttpHeaders.CONTENT_ENCODING));
			checkContentType(request.getHeader(HttpHeaders.CONTENT_TYPE));
			chain.doFilter(request, response);
		} catch (IOException | ServletException | RuntimeException e) {
			Exception failure = e instanceof ServletException && e.getCause() instanceof Exception cause ? cause : e;
			if (response.isCommitted()) cutOff(failure);
			response.reset();
			request.setCharacterEncoding(StandardCharsets.UTF_8.name()); // or the one of a type that is none is looked for again
			if (advice.resolveException(request, response, null, failure) == null) throw e;
		}
		if (request.getAttribute(BROKEN_OFF) instanceof Exception failure) cutOff(failure);
	}

	/**
	 * Whether an answer had begun when this failed: half an answer must not end as a whole one does, so its connection is closed. What
	 * goes on for itself, as a stream of events, ends itself.
	 */
	static boolean isBrokenOff(Exception failure, WebRequest request) {
		if (!(request instanceof ServletWebRequest asked) || asked.getResponse() == null
				|| !asked.getResponse().isCommitted()
				|| asked.getRequest().getDispatcherType() != DispatcherType.REQUEST) {
			return false;
		}
		asked.getRequest().setAttribute(BROKEN_OFF, failure);
		return true;
	}

	/** The container logs no more of it. */
	private static void cutOff(Exception failure) throws CloseNowException {
		if (!isOfTheReader(failure) && !(failure instanceof ErrorResponse)) UNEXPECTED.add(failure);
		throw new CloseNowException(failure);
	}

	/** Whoever asked has gone, which whatever was writing then says in its own way. */
	private static boolean isOfTheReader(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause())
			if (cause instanceof ClientAbortException) return true;
		return false;
	}

	private static boolean isAddress(String uri) {
		try {
			return new URI(uri).getPath() != null;
		} catch (URISyntaxException e) {
			return false;
		}
	}

	/** Nobody here would undo it (RFC 9110, 15.5.16). */
	private static void checkContentEncoding(@Nullable String header) {
		if (header == null || header.isBlank() || header.strip().equalsIgnoreCase("identity")) return;
		ErrorResponseException refusal = Problems.refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type",
				"A body with a Content-Encoding is not accepted. Send it uncompressed.");
		refusal.getHeaders().set(HttpHeaders.ACCEPT_ENCODING, "identity");
		throw refusal;
	}

	private static void checkContentType(@Nullable String header) {
		if (header == null || header.isEmpty()) return;
		try {
			MediaType type = MediaType.parseMediaType(header);
			if (!type.isWildcardType() && !type.isWildcardSubtype()) return;
		} catch (InvalidMediaTypeException e) {
			// as below
		}
		throw Problems.refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type",
				"The Content-Type is malformed.");
	}
}
