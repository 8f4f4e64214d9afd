package io.rollcall.platform.tomcat;

import java.io.IOException;
import java.util.Objects;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1 on connections that have a {@link Pace}. Its own limits are on the silence between two packets, and begin anew at
 * each: a byte now and then would hold a connection for days.
 */
public final class PacedHttp extends Http11NioProtocol {
	private final Endpoint endpoint;

	/** For Tomcat, which makes it by its name. */
	public PacedHttp() {
		this(new Endpoint());
	}

	private PacedHttp(Endpoint endpoint) {
		super(endpoint);
		this.endpoint = endpoint;
	}

	void setPace(Pace pace) {
		endpoint.pace = pace;
	}

	@Override
	protected Processor createProcessor() {
		return new PacedProcessor();
	}

	/** With TLS, which is meant to end at the proxy in front (docs/deploy.md), connections have Tomcat's own limits alone. */
	static final class Endpoint extends NioEndpoint {
		private @Nullable Pace pace;

		@Override
		protected NioChannel createChannel(SocketBufferHandler buffers) {
			return isSSLEnabled()
					? super.createChannel(buffers)
					: new PacedChannel(buffers, Objects.requireNonNull(pace), System::nanoTime);
		}
	}

	private final class PacedProcessor extends Http11Processor {
		PacedProcessor() {
			super(PacedHttp.this, PacedHttp.this.getAdapter());
		}

		@Override
		public SocketState service(SocketWrapperBase<?> connection) throws IOException {
			if (connection.getSocket() instanceof PacedChannel channel) channel.carries(request, response);
			SocketState state = super.service(connection);
			// Tomcat takes a connection with blank lines only for an idle one: each would start the clock anew.
			return state == SocketState.OPEN && request.getStartTimeNanos() >= 0 ? SocketState.LONG : state;
		}
	}
}
