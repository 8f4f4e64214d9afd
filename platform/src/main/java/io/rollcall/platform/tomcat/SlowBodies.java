package io.rollcall.platform.tomcat;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

import jakarta.servlet.ServletException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Gives up a request's body that is too slow in coming. Tomcat's own limits are on the silence between two packets: a byte now and
 * then would hold for days, for whoever it is, the connection and what else waits for the body.
 */
public final class SlowBodies extends ValveBase {
	/** What is too slow; asked before each read. */
	@FunctionalInterface
	public interface Limit {
		/** @param waited for the sender; what the service takes is not theirs */
		boolean isPassed(long bytes, Duration waited);
	}

	private final Limit limit;
	private final Supplier<? extends RuntimeException> failure;

	/** @param failure not an {@code IOException}: that Tomcat would take for a client that has gone, and answer nothing */
	public SlowBodies(Limit limit, Supplier<? extends RuntimeException> failure) {
		super(true);
		this.limit = limit;
		this.failure = failure;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		org.apache.coyote.Request connection = request.getCoyoteRequest();
		InputBuffer unlimited = connection.getInputBuffer();
		connection.setInputBuffer(new LimitedBuffer(connection, unlimited));
		try {
			getNext().invoke(request, response);
		} finally {
			connection.setInputBuffer(unlimited); // it serves the connection's next request too
		}
	}

	private final class LimitedBuffer implements InputBuffer {
		private final org.apache.coyote.Request request;
		private final InputBuffer body;
		private long bytes;
		private long waitedNanos;

		LimitedBuffer(org.apache.coyote.Request request, InputBuffer body) {
			this.request = request;
			this.body = body;
		}

		@Override
		public int doRead(ApplicationBufferHandler handler) throws IOException {
			if (limit.isPassed(bytes, Duration.ofNanos(waitedNanos))) {
				// Nor is the rest waited for when the refusal is written.
				request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
				throw failure.get();
			}
			long start = System.nanoTime();
			int read = body.doRead(handler);
			waitedNanos += System.nanoTime() - start;
			bytes += Math.max(read, 0);
			return read;
		}

		@Override
		public int available() {
			return body.available();
		}
	}
}
