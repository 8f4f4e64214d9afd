package io.rollcall.platform.tomcat;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What Tomcat itself answers, as problem details (RFC 9457): requests that no filter sees because they cannot be read, headers that are
 * too long, and whatever else nobody has answered. Nothing of the request is repeated.
 */
public final class ProblemReports extends ErrorReportValve {
	private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store, no-transform",
			"X-Content-Type-Options", "nosniff", "Content-Security-Policy",
			"default-src 'none'; frame-ancestors 'none'");

	private final Map<String, String> moreHeaders;

	/** @param moreHeaders of the service's own answers */
	public ProblemReports(Map<String, String> moreHeaders) {
		this.moreHeaders = Map.copyOf(moreHeaders);
	}

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) return;
		var writable = new AtomicBoolean();
		response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
		if (!writable.get()) return;
		try {
			byte[] body = problem(response.getStatus()).getBytes(UTF_8);
			HEADERS.forEach(response::setHeader);
			moreHeaders.forEach(response::setHeader);
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			response.setContentLength(body.length);
			response.getOutputStream().write(body);
			response.finishResponse();
		} catch (IOException e) {
			// Its sender has gone.
		}
	}

	private static String problem(int status) {
		HttpStatus known = HttpStatus.resolve(status);
		String title = known == null ? "Error" : known.getReasonPhrase();
		return "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\"}".formatted(
				title, status, detail(status, title), code(status, title));
	}

	private static String detail(int status, String title) {
		return switch (status) {
			case 400 -> "The request is not valid HTTP, or its headers are too long.";
			case 404 -> "There is nothing at this address.";
			case 500 -> "Something went wrong on our side.";
			case 501 -> "This method or transfer coding is not supported.";
			default -> title + ".";
		};
	}

	private static String code(int status, String title) {
		return switch (status) {
			case 400 -> "malformed-request";
			case 500 -> "internal";
			default -> title.toLowerCase(Locale.ROOT).replace(' ', '-');
		};
	}
}
