package io.rollcall.gateway.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import jakarta.servlet.http.HttpServletRequest;

import com.nimbusds.jwt.JWTParser;
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
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;

import io.rollcall.gateway.BearerToken;
import io.rollcall.gateway.GatewaySettings;
import io.rollcall.gateway.Paths;
import io.rollcall.gateway.Refusal;
import io.rollcall.gateway.Refusal.Refused;
import io.rollcall.gateway.signin.SessionTokens;
import io.rollcall.gateway.signin.SessionTokens.Lent;
import io.rollcall.platform.tomcat.BodyFailure;

/**
 * Passes a request on, with the access token of its session if it comes by one, and opens its answer, both as streams. See RATIONALE.md for why this is not the gateway's own exchange
 * over {@code RestClient}.
 */
@Component
class UpstreamExchange implements ProxyExchange, DisposableBean {
	private static final int BUFFER = 16 * 1024;
	/** Of connections to one service. A progress stream holds one for minutes. */
	private static final int CONNECTIONS = 2_000;

	/** Of a body, kept until its answer: what is larger is not sent a second time. */
	private static final int KEPT = 256 * 1024;

	private final CloseableHttpClient client;
	private final SessionTokens sessions;

	UpstreamExchange(GatewaySettings settings, SessionTokens sessions) {
		this.sessions = sessions;
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
		HttpServletRequest original = request.getServerRequest().servletRequest();
		Optional<Lent> lent = Paths.of(original).startsWith(Paths.API)
				? sessions.lentTo(original)
				: Optional.empty();
		Opened opened = lent.isPresent() && isChangeOfPassword(original)
				? changePassword(request, original, lent.get())
				: opened(request, original, lent);
		return passedOn(request, opened,
				lent.<BooleanSupplier>map(it -> it::stands).orElseGet(() -> untilItsEnd(original)));
	}

	/** An answer that has begun, and to what. */
	private record Opened(HttpUriRequestBase upstream, ClassicHttpResponse answer) {}

	private Opened opened(Request request, HttpServletRequest original, Optional<Lent> lent) {
		// No service reads a body of OPTIONS, and the client refuses to send one without a type.
		boolean hasBody = !original.getMethod().equals("OPTIONS") && (original.getContentLengthLong() > 0
				|| original.getHeader(HttpHeaders.TRANSFER_ENCODING) != null);
		Optional<Kept> kept = lent.filter(_ -> hasBody).map(_ -> new Kept());

		HttpUriRequestBase upstream = upstream(request, lent);
		if (hasBody) upstream.setEntity(new Body(original, upstream, kept));
		ClassicHttpResponse answer = open(upstream);
		if (answer.getCode() == HttpStatus.SC_UNAUTHORIZED && lent.isPresent()) {
			upstream.cancel();
			lent.get().renew();
			upstream = upstream(request, lent);
			if (hasBody) upstream.setEntity(kept.orElseThrow().again(original));
			answer = open(upstream);
			if (answer.getCode() == HttpStatus.SC_UNAUTHORIZED) {
				upstream.cancel();
				throw lent.get().ended();
			}
		}
		return new Opened(upstream, answer);
	}

	private static boolean isChangeOfPassword(HttpServletRequest request) {
		return Paths.of(request).equals(Paths.OWN_PASSWORD) && request.getMethod().equals("PUT");
	}

	/** A copy of the session's cookie must not outlive the old password, so the session goes wherever the new one may have been set. */
	private Opened changePassword(Request request, HttpServletRequest original, Lent lent) {
		Opened opened;
		try {
			opened = opened(request, original, Optional.of(lent));
		} catch (Refused refused) {
			throw refused.refusal().isUncertain() ? lent.endedUncertain(refused.getCause()) : refused;
		}
		int kind = opened.answer().getCode() / 100;
		try {
			if (kind == 2) lent.changeCookie(original);
		} catch (RuntimeException e) {
			opened.upstream().cancel();
			throw lent.endedUncertain(e);
		}
		if (kind != 2 && kind != 4) {
			opened.upstream().cancel();
			throw lent.endedUncertain(null);
		}
		return opened;
	}

	private static HttpUriRequestBase upstream(Request request, Optional<Lent> lent) {
		URI uri = Objects.requireNonNull(request.getUri(), "a route has an address");
		var upstream = new HttpUriRequestBase(request.getMethod().name(), uri);
		request.getHeaders().forEach((name, values) -> values.forEach(value -> upstream.addHeader(name, value)));
		lent.ifPresent(authority -> upstream.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + authority.accessToken()));
		return upstream;
	}

	/** Of a request with a token of its own, which a service has found good. */
	private static BooleanSupplier untilItsEnd(HttpServletRequest original) {
		Optional<String> token = Optional.ofNullable(original.getHeader(HttpHeaders.AUTHORIZATION))
				.flatMap(BearerToken::of);
		if (token.isEmpty()) return () -> true;
		try {
			Date end = JWTParser.parse(token.get()).getJWTClaimsSet().getExpirationTime();
			return () -> end == null || end.after(new Date());
		} catch (ParseException _) {
			return () -> true; // no service takes it
		}
	}

	/** @param allowed whether the sender may still have it, asked while it goes on */
	private static ServerResponse passedOn(Request request, Opened opened, BooleanSupplier allowed) {
		var response = new UpstreamResponse(opened.upstream(), opened.answer(), allowed);
		request.getResponseConsumers().forEach(consumer -> consumer.accept(new Head(opened.answer()), response));
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

	/** A copy of a body that went by, for the case that it has to be sent again. */
	private static final class Kept {
		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		private boolean whole;
		private boolean tooLarge;

		void add(byte[] buffer, int length) {
			tooLarge |= bytes.size() + length > KEPT;
			if (!tooLarge) bytes.write(buffer, 0, length);
		}

		void complete() {
			whole = !tooLarge;
		}

		HttpEntity again(HttpServletRequest request) {
			if (!whole) throw new Refused(Refusal.RIGHTS_RENEWED);
			// Its type is among the request's headers.
			return new ByteArrayEntity(bytes.toByteArray(), null, request.getContentLengthLong() < 0);
		}
	}

	/** The sender's body, read while it is sent on. */
	private static final class Body extends AbstractHttpEntity {
		private final HttpServletRequest request;
		private final HttpUriRequestBase upstream;
		private final Optional<Kept> kept;

		Body(HttpServletRequest request, HttpUriRequestBase upstream, Optional<Kept> kept) {
			super(request.getContentType(), null, request.getContentLengthLong() < 0);
			this.request = request;
			this.upstream = upstream;
			this.kept = kept;
		}

		@Override
		public void writeTo(OutputStream out) throws IOException {
			InputStream in = getContent();
			byte[] buffer = new byte[BUFFER];
			for (int read = read(in, buffer); read != -1; read = read(in, buffer)) {
				int length = read;
				kept.ifPresent(copy -> copy.add(buffer, length));
				out.write(buffer, 0, read);
			}
			kept.ifPresent(Kept::complete);
		}

		/** The client would end a body that fails with its last chunk, as if it were whole. So the connection goes first. */
		private int read(InputStream in, byte[] buffer) {
			try {
				return in.read(buffer);
			} catch (IOException e) {
				upstream.cancel();
				throw new Refused(Refusal.UPLOAD_BROKEN_OFF, e);
			} catch (BodyFailure | Refused tooLargeOrBroken) {
				upstream.cancel();
				throw tooLargeOrBroken;
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
