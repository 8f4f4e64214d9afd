package io.rollcall.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;

import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;

import io.rollcall.gateway.Refusal.Refused;

/**
 * Passes a request on and opens its answer, both as streams. See RATIONALE.md for why this is not the gateway's own exchange
 * over {@code RestClient}.
 */
@Component
class UpstreamExchange implements ProxyExchange, DisposableBean {
	private static final int BUFFER = 16 * 1024;
	/** Of connections to one service. A progress stream holds one for minutes. */
	private static final int CONNECTIONS = 2_000;

	private final CloseableHttpClient client;

	UpstreamExchange(GatewaySettings settings) {
		var connections = PoolingHttpClientConnectionManagerBuilder.create().setMaxConnPerRoute(CONNECTIONS)
				.setMaxConnTotal(3 * CONNECTIONS).setDefaultConnectionConfig(ConnectionConfig.custom()
						.setConnectTimeout(Timeout.of(settings.connectTimeout()))
						.setSocketTimeout(Timeout.of(settings.responseTimeout()))
						// A kept connection may have died with its service: look before each use, for a POST cannot be sent again.
						.setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS).build())
				.build();
		client = HttpClients.custom().setConnectionManager(connections)
				.setDefaultRequestConfig(RequestConfig.custom()
						.setConnectionRequestTimeout(Timeout.of(settings.connectTimeout()))
						.setResponseTimeout(Timeout.of(settings.responseTimeout())).setAuthenticationEnabled(false)
						.setProtocolUpgradeEnabled(false).build())
				.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching()
				.disableContentCompression().disableDefaultUserAgent().evictIdleConnections(TimeValue.ofSeconds(30))
				.build();
	}

	@Override
	public ServerResponse exchange(Request request) {
		URI uri = Objects.requireNonNull(request.getUri(), "a route has an address");
		var upstream = new HttpUriRequestBase(request.getMethod().name(), uri);
		request.getHeaders().forEach((name, values) -> values.forEach(value -> upstream.addHeader(name, value)));
		HttpServletRequest original = request.getServerRequest().servletRequest();
		if (original.getContentLengthLong() > 0 || original.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
			upstream.setEntity(new Body(original, upstream));
		}
		ClassicHttpResponse answer = open(upstream);
		var response = new UpstreamResponse(upstream, answer);
		request.getResponseConsumers().forEach(consumer -> consumer.accept(new Head(answer), response));
		return response;
	}

	/** Returns when the answer has begun. */
	ClassicHttpResponse open(HttpUriRequestBase upstream) {
		try {
			return client.executeOpen(null, upstream, null);
		} catch (IOException e) {
			throw new Refused(refusal(e), e);
		}
	}

	private static Refusal refusal(IOException failure) {
		return switch (failure) {
			case ConnectException _,ConnectTimeoutException _,NoRouteToHostException _,UnknownHostException _,ConnectionRequestTimeoutException _ ->
				Refusal.AWAY;
			case ClientProtocolException _ -> Refusal.BROKEN_ANSWER;
			default -> Refusal.NO_ANSWER;
		};
	}

	@Override
	public void destroy() throws IOException {
		client.close();
	}

	/** Status and headers of the answer. */
	private record Head(ClassicHttpResponse answer) implements Response {
		@Override
		public HttpStatusCode getStatusCode() {
			return HttpStatusCode.valueOf(answer.getCode());
		}

		@Override
		public HttpHeaders getHeaders() {
			HttpHeaders headers = new HttpHeaders();
			for (Header header : answer.getHeaders())
				headers.add(header.getName(), header.getValue());
			return headers;
		}
	}

	/** The sender's body, read while it is sent on. */
	private static final class Body extends AbstractHttpEntity {
		private final HttpServletRequest request;
		private final HttpUriRequestBase upstream;

		Body(HttpServletRequest request, HttpUriRequestBase upstream) {
			super(request.getContentType(), null, request.getContentLengthLong() < 0);
			this.request = request;
			this.upstream = upstream;
		}

		@Override
		public void writeTo(OutputStream out) throws IOException {
			InputStream in = getContent();
			byte[] buffer = new byte[BUFFER];
			for (int read = read(in, buffer); read != -1; read = read(in, buffer))
				out.write(buffer, 0, read);
		}

		/** The client would end a body that fails with its last chunk, as if it were whole. So the connection goes first. */
		private int read(InputStream in, byte[] buffer) {
			try {
				return in.read(buffer);
			} catch (IOException e) {
				upstream.cancel();
				throw new Refused(Refusal.UPLOAD_BROKEN_OFF, e);
			} catch (Refused tooLarge) {
				upstream.cancel();
				throw tooLarge;
			}
		}

		@Override
		public InputStream getContent() throws IOException {
			return request.getInputStream();
		}

		@Override
		public boolean isStreaming() {
			return true;
		}

		@Override
		public long getContentLength() {
			return request.getContentLengthLong();
		}

		@Override
		public void close() {}
	}
}
