package io.rollcall.platform.tomcat;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.ServletException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

import io.rollcall.platform.tomcat.BodyFailure.Kind;

/**
 * Gives up a request's body that breaks off, is not framed as HTTP asks, or is too slow in coming, with a {@link BodyFailure}, which
 * is answered like any other. Tomcat's own limits are on the silence between two packets: a byte now and then would hold for days,
 * for whoever it is, the connection and what else waits for the body.
 */
public final class Bodies extends ValveBase {
	/** What is too slow; asked before each read. */
	@FunctionalInterface
	public interface Limit {
		/** @param waited for the sender; what the service takes is not theirs */
		boolean isPassed(long bytes, Duration waited);
	}

	private final Limit limit;

	public Bodies(Limit limit) {
		super(true);
		this.limit = limit;
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
		public int doRead(ApplicationBufferHandler handler) {
			if (limit.isPassed(bytes, Duration.ofNanos(waitedNanos))) throw givenUp(Kind.TOO_SLOW);
			long start = System.nanoTime();
			int read = read(handler);
			waitedNanos += System.nanoTime() - start;
			bytes += Math.max(read, 0);
			return read;
		}

		private int read(ApplicationBufferHandler handler) {
			try {
				return body.doRead(handler);
			} catch (BadRequestException | IllegalArgumentException e) { // the one of chunks, the other of what follows them
				throw givenUp(Kind.MALFORMED);
			} catch (IOException e) {
				throw givenUp(Kind.BROKEN_OFF);
			}
		}

		private BodyFailure givenUp(Kind kind) {
			// Nor is the rest waited for when the refusal is written.
			request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
			return new BodyFailure(kind);
		}

		@Override
		public int available() {
			return body.available();
		}
	}
}
