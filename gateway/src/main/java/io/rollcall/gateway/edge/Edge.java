package io.rollcall.gateway.edge;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponse;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.gateway.AnswerHeaders;
import io.rollcall.gateway.GatewaySettings;
import io.rollcall.gateway.Paths;
import io.rollcall.gateway.Refusal;
import io.rollcall.gateway.Refusal.Refused;
import io.rollcall.gateway.session.SessionsUnavailable;
import io.rollcall.platform.Recurring;
import io.rollcall.platform.Traceparent;
import io.rollcall.platform.UnexpectedFailures;
import io.rollcall.platform.tomcat.BodyFailure;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * First in and last out: gives the request its trace, refuses what no service should see, and answers what fails behind it.
 * An answer that has begun when something fails is cut off, so that it cannot look complete.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Edge extends OncePerRequestFilter {
	private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
	private static final Recurring FAILURES = new Recurring();
	private static final UnexpectedFailures UNEXPECTED = new UnexpectedFailures(LOG, InstantSource.system());
	private static final String REQUEST_ID = "X-Request-Id";
	private static final String RETRY_AFTER_SECONDS = "5";
	private static final String PAGE = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<title>This Page Cannot Be Shown</title>
				<link rel="stylesheet" href="/assets/style/tokens.css">
				<link rel="stylesheet" href="/assets/style/page.css">
			</head>
			<body>
			<header class="site-header"><a class="brand" href="/" aria-label="MCAS home"><svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="7"/><path d="M8 10h9M8 16h9M8 22h5M17.5 21.5l3 3 5.5-7"/></svg><span>MCAS</span></a></header>
			<main>
				<h1>This Page Cannot Be Shown</h1>
				<p role="alert">%s</p>
				<p><a href="/login">Sign In</a></p>
			</main>
			</body>
			</html>
			""";

	/**
	 * Ways to write a path that a service could read as another one than was routed here, and a route as another one than is
	 * counted: dot segments, path parameters, empty segments and blanks around them, encoded separators and control characters, and whatever is encoded
	 * that need not be (letters, digits, {@code - . _ ~}; RFC 3986, 6.2.2.2). What passes is written in one way only.
	 */
	private static final Pattern AMBIGUOUS = Pattern.compile(
			"//|[;\\\\]|/\\.{1,2}(/|$)|%20(/|$)|/%20|%(2f|5c|3b|25|[01][0-9a-f]|2[de]|3[0-9]|[46][1-9a-f]|[57][0-9a]|5f|7[ef])",
			Pattern.CASE_INSENSITIVE);
	/** The only doors into the gateway itself. */
	private static final Set<String> HEALTH = Set.of(Paths.HEALTH, Paths.HEALTH + "/liveness",
			Paths.HEALTH + "/readiness");

	private final DataSize maxRequestSize;
	private final Map<String, DataSize> largerRequests;
	private final boolean encrypted;
	private final JsonMapper json;

	Edge(GatewaySettings settings, JsonMapper json) {
		this.maxRequestSize = settings.maxRequestSize();
		this.largerRequests = Map.copyOf(settings.largerRequests());
		this.encrypted = settings.isEncrypted();
		this.json = json;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Trace trace = Trace.of(request.getHeader(Traceparent.HEADER));
		request.setAttribute(Trace.ATTRIBUTE, trace);
		prepare(trace, response);
		try (var _ = MDC.putCloseable("traceId", trace.id())) {
			check(request);
			chain.doFilter(new EdgeRequest(request, limit(request).toBytes()), response);
		} catch (IOException | ServletException | RuntimeException e) {
			Refused refused = refused(e);
			if (response.isCommitted()) throw new CloseNowException(e); // quietly: what there is to say is said
			answer(refused, trace, request, response);
		}
	}

	private void prepare(Trace trace, HttpServletResponse response) {
		response.setHeader(REQUEST_ID, trace.id());
		AnswerHeaders.ALL.on(response);
		if (encrypted) AnswerHeaders.ENCRYPTED.on(response);
	}

	private void check(HttpServletRequest request) {
		String path = Paths.of(request);
		if (AMBIGUOUS.matcher(path).find()) throw new Refused(Refusal.INVALID_PATH);
		if (path.startsWith("/actuator")) {
			if (!HEALTH.contains(path)) throw new Refused(Refusal.NOT_FOUND);
			if (!isRead(request)) throw Refused.unless(HttpMethod.GET, HttpMethod.HEAD);
		}
		// It asks whether a page of another site may read, which Spring would answer with every method there is.
		if (CorsUtils.isPreFlightRequest(request)) throw new Refused(Refusal.CROSS_SITE);
		if (request.getContentLengthLong() > limit(request).toBytes()) throw new Refused(Refusal.TOO_LARGE);
	}

	private DataSize limit(HttpServletRequest request) {
		return largerRequests.getOrDefault(Paths.of(request), maxRequestSize);
	}

	private static boolean isRead(HttpServletRequest request) {
		return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
	}

	private static Refused refused(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SessionsUnavailable) {
				FAILURES.log("sessions", LOG.atWarn(), String.valueOf(cause.getMessage()));
				return new Refused(Refusal.AWAY);
			}
			if (cause instanceof BodyFailure body) {
				return new Refused(body.kind() == BodyFailure.Kind.MALFORMED
						? Refusal.MALFORMED
						: Refusal.UPLOAD_BROKEN_OFF);
			}
			if (isMalformed(cause)) return new Refused(Refusal.MALFORMED);
			if (cause instanceof ClientAbortException) return new Refused(Refusal.UPLOAD_BROKEN_OFF); // nobody reads it
			if (cause instanceof Refused refused) {
				if (refused.refusal().status().is5xxServerError()) {
					String what = refused.refusal().code() + ": " + classes(refused.getCause());
					FAILURES.log(what, LOG.atWarn(), what);
				}
				return refused;
			}
		}
		UNEXPECTED.add(failure);
		return new Refused(Refusal.UNEXPECTED);
	}

	/** Says Spring of types and bodies that are none, which the few handlers here have no use for anyway. */
	private static boolean isMalformed(Throwable failure) {
		return failure instanceof InvalidMediaTypeException || failure instanceof HttpMessageNotReadableException
				|| failure instanceof ErrorResponse answer && answer.getStatusCode().is4xxClientError();
	}

	/** Of a failure and its causes; their texts may repeat what was sent. */
	private static String classes(@Nullable Throwable failure) {
		return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).map(it -> it.getClass().getSimpleName())
				.collect(Collectors.joining(", by "));
	}

	private void answer(Refused refused, Trace trace, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		Refusal refusal = refused.refusal();
		Duration retryAfter = refused.retryAfter();
		List<String> cookies = List.copyOf(response.getHeaders(HttpHeaders.SET_COOKIE)); // as the end of a session
		response.reset();
		prepare(trace, response);
		cookies.forEach(cookie -> response.addHeader(HttpHeaders.SET_COOKIE, cookie));
		AnswerHeaders.DATA.on(response);
		if (retryAfter != null) {
			response.setHeader(HttpHeaders.RETRY_AFTER,
					String.valueOf(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
		} else if (refusal.status() == HttpStatus.SERVICE_UNAVAILABLE) {
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		if (!refused.allowed().isEmpty()) {
			response.setHeader(HttpHeaders.ALLOW,
					refused.allowed().stream().map(HttpMethod::name).collect(Collectors.joining(", ")));
		}
		response.setStatus(refusal.status().value());
		String detail = refusal == Refusal.TOO_LARGE ? refusal.detail() + shown(limit(request)) : refusal.detail();
		boolean page = meetsTheInnocent(refusal.status()) && isForAPage(request);
		if (page) AnswerHeaders.PAGE.on(response);
		response.setContentType(page ? "text/html;charset=UTF-8" : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		byte[] body = page ? PAGE.formatted(detail).getBytes(UTF_8) : json.writeValueAsBytes(problem(refusal, detail));
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	/** A browser shows it to a person, as at the sign-in. Programs, the portal's scripts among them, ask below {@code /api/}. */
	private static boolean isForAPage(HttpServletRequest request) {
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE) && !Paths.of(request).startsWith(Paths.API);
	}

	/** Whoever asks for what is not there is no person at a link of ours. */
	private static boolean meetsTheInnocent(HttpStatus status) {
		return status == HttpStatus.TOO_MANY_REQUESTS || status.is5xxServerError();
	}

	private static Map<String, Object> problem(Refusal refusal, String detail) {
		Map<String, Object> problem = new LinkedHashMap<>();
		problem.put("type", "about:blank");
		problem.put("title", refusal.status().getReasonPhrase());
		problem.put("status", refusal.status().value());
		problem.put("detail", detail);
		problem.put("code", refusal.code());
		return problem;
	}

	private static String shown(DataSize limit) {
		boolean megabytes = limit.toBytes() % (1 << 20) == 0;
		return " The limit is " + (megabytes ? limit.toMegabytes() + " MB." : limit.toKilobytes() + " KB.");
	}
}
