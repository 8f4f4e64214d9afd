package io.rollcall.platform.tomcat;

import java.io.IOException;
import java.time.Duration;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which a request's first line and headers are too slow in coming. Tomcat's own limit is on the silence between
 * two packets, and begins anew at each: a byte now and then would hold the connection for days.
 */
public final class TimedHeads extends Http11NioProtocol {
	private Duration limit = Duration.ofSeconds(30);

	void setLimit(Duration limit) {
		this.limit = limit;
	}

	@Override
	protected Processor createProcessor() {
		return new TimedProcessor();
	}

	private final class TimedProcessor extends Http11Processor {
		private @Nullable SocketWrapperBase<?> waitingFor;
		private long since;

		TimedProcessor() {
			super(TimedHeads.this, TimedHeads.this.getAdapter());
		}

		/** Called at each packet until the head is whole, and then to answer the request. */
		@Override
		public SocketState service(SocketWrapperBase<?> connection) throws IOException {
			SocketState state = super.service(connection);
			if (!isBegun(state)) {
				waitingFor = null;
				return state;
			}
			if (waitingFor != connection) {
				waitingFor = connection;
				since = System.nanoTime();
			}
			return System.nanoTime() - since > limit.toNanos() ? SocketState.CLOSED : SocketState.LONG;
		}

		/** Something of a head is there, were it only the blank lines that may stand before it. */
		private boolean isBegun(SocketState state) {
			return switch (state) {
				case LONG -> !isAsync();
				case OPEN -> getRequest().getStartTimeNanos() >= 0;
				default -> false;
			};
		}
	}
}
