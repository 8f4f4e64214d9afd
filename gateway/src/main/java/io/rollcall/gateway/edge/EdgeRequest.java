package io.rollcall.gateway.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;

import io.rollcall.gateway.Refusal;
import io.rollcall.gateway.Refusal.Refused;

/**
 * A request whose body stays a stream. Its parameters are those of the query alone: asking a servlet container for the
 * parameters of a form reads the body away. Reading more than the limit fails.
 */
final class EdgeRequest extends HttpServletRequestWrapper {
	private final Map<String, String[]> query;
	private final long limit;
	private @Nullable ServletInputStream body;

	EdgeRequest(HttpServletRequest request, long limit) {
		super(request);
		this.limit = limit;
		this.query = query(request.getQueryString());
	}

	private static Map<String, String[]> query(@Nullable String query) {
		Map<String, String[]> parameters = new LinkedHashMap<>();
		try {
			MvcUtils.decodeQueryString(query, StandardCharsets.UTF_8)
					.forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
		} catch (IllegalArgumentException e) {
			throw new Refused(Refusal.INVALID_PATH, e);
		}
		return parameters;
	}

	@Override
	public ServletInputStream getInputStream() throws IOException {
		ServletInputStream stream = body;
		if (stream == null) {
			stream = new Limited(super.getInputStream(), limit);
			body = stream;
		}
		return stream;
	}

	@Override
	public Map<String, String[]> getParameterMap() {
		return Collections.unmodifiableMap(query);
	}

	@Override
	public Enumeration<String> getParameterNames() {
		return Collections.enumeration(query.keySet());
	}

	@Override
	public String @Nullable [] getParameterValues(String name) {
		return query.get(name);
	}

	@Override
	public @Nullable String getParameter(String name) {
		String[] values = query.get(name);
		return values == null || values.length == 0 ? null : values[0];
	}

	private static final class Limited extends ServletInputStream {
		private final ServletInputStream body;
		private long left;

		Limited(ServletInputStream body, long limit) {
			this.body = body;
			this.left = limit;
		}

		@Override
		public int read() throws IOException {
			int read = body.read();
			if (read != -1) count(1);
			return read;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			int read = body.read(buffer, offset, length);
			if (read > 0) count(read);
			return read;
		}

		private void count(int read) {
			left -= read;
			if (left < 0) throw new Refused(Refusal.TOO_LARGE);
		}

		@Override
		public boolean isFinished() {
			return body.isFinished();
		}

		@Override
		public boolean isReady() {
			return body.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			throw new UnsupportedOperationException("bodies are read by blocking");
		}
	}
}
