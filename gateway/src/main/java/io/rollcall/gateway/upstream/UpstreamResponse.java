package io.rollcall.gateway.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

import io.rollcall.gateway.Refusal;
import io.rollcall.gateway.Refusal.Refused;

/**
 * A service's answer on its way to the sender: streamed, an event as soon as it comes, and cut off where the service's broke off. A
 * stream of events ends with the session or the token that it was asked for by; services send signs of life more often than every five seconds.
 */
final class UpstreamResponse implements ServerResponse {
	private static final int BUFFER = 16 * 1024;
	private static final Duration ASKED_EVERY = Duration.ofSeconds(1);

	private final HttpUriRequestBase request;
	private final ClassicHttpResponse answer;
	private final BooleanSupplier allowed;
	private final HttpHeaders headers = new HttpHeaders();

	/** @param allowed whether the sender may still have it */
	UpstreamResponse(HttpUriRequestBase request, ClassicHttpResponse answer, BooleanSupplier allowed) {
		this.request = request;
		this.answer = answer;
		this.allowed = allowed;
	}

	@Override
	public HttpStatusCode statusCode() {
		return HttpStatusCode.valueOf(answer.getCode());
	}

	@Override
	public HttpHeaders headers() {
		return headers;
	}

	@Override
	public MultiValueMap<String, Cookie> cookies() {
		return new LinkedMultiValueMap<>(); // they pass as headers
	}

	@Override
	public @Nullable ModelAndView writeTo(HttpServletRequest original, HttpServletResponse response, Context context)
			throws IOException {
		try {
			response.setStatus(answer.getCode());
			headers.forEach((name, values) -> write(name, values, response));
			HttpEntity body = answer.getEntity();
			if (body != null) copy(body.getContent(), response);
		} catch (IOException | RuntimeException e) {
			// Closing alone would read the rest first, and a stream of events has no rest.
			request.cancel();
			throw e;
		} finally {
			close();
		}
		return null;
	}

	/** What fails here fails after all that matters: the answer is whole, or its fault is on its way already. */
	private void close() {
		try {
			answer.close();
		} catch (IOException e) {
			request.cancel();
		}
	}

	/** In place of the gateway's own, but for cookies, of which it may have set one too. */
	private static void write(String name, List<String> values, HttpServletResponse response) {
		if (!name.equalsIgnoreCase(HttpHeaders.SET_COOKIE)) response.setHeader(name, values.getFirst());
		values.stream().skip(name.equalsIgnoreCase(HttpHeaders.SET_COOKIE) ? 0 : 1)
				.forEach(value -> response.addHeader(name, value));
	}

	private void copy(InputStream body, HttpServletResponse response) throws IOException {
		MediaType type = headers.getContentType();
		boolean events = MediaType.TEXT_EVENT_STREAM.equalsTypeAndSubtype(type);
		if (events) response.setHeader("X-Accel-Buffering", "no"); // or nginx would collect them until the stream ends
		if (events) response.flushBuffer(); // the sender waits for the headers before the first event
		ServletOutputStream out = response.getOutputStream();
		byte[] buffer = new byte[BUFFER];
		long asked = System.nanoTime();
		for (int read = read(body, buffer); read != -1; read = read(body, buffer)) {
			if (events && System.nanoTime() - asked > ASKED_EVERY.toNanos()) {
				if (!allowed.getAsBoolean()) {
					request.cancel();
					return;
				}
				asked = System.nanoTime();
			}
			out.write(buffer, 0, read);
			if (events) out.flush();
		}
	}

	private static int read(InputStream body, byte[] buffer) {
		try {
			return body.read(buffer);
		} catch (IOException e) {
			throw new Refused(Refusal.BROKEN_ANSWER, e);
		}
	}
}
