package io.rollcall.platform.tomcat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.LongSupplier;

import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is read no further when a request on it comes more slowly than its {@link Pace}. Here, below everything that takes a
 * request apart, for a byte now and then may be one of a header, of a chunk's extension, or of a body that nobody wants any more.
 */
final class PacedChannel extends NioChannel {
	private static final long NOT_WAITING = -1;

	private final Pace pace;
	private final LongSupplier nanoTime;
	private @Nullable Request request;
	private @Nullable Response response;
	private long begun;
	private boolean answered;
	private long bytes;
	private long waitedNanos;
	private long waitingSince;

	/** @param nanoTime as {@link System#nanoTime} */
	PacedChannel(SocketBufferHandler buffers, Pace pace, LongSupplier nanoTime) {
		super(buffers);
		this.pace = pace;
		this.nanoTime = nanoTime;
	}

	/** Tells whose requests come by this connection from now on. */
	void carries(Request request, Response response) {
		this.request = request;
		this.response = response;
	}

	@Override
	public void reset(@Nullable SocketChannel socket, @Nullable NioSocketWrapper wrapper) throws IOException {
		super.reset(socket, wrapper);
		request = null;
		response = null;
		begin(NOT_WAITING);
	}

	private void begin(long start) {
		begun = start;
		answered = false;
		anew();
	}

	private void anew() {
		bytes = 0;
		waitedNanos = 0;
		waitingSince = NOT_WAITING;
	}

	/**
	 * Reads what is there. Zero bytes mean that whoever asks waits, and asks again when there are some.
	 *
	 * @throws SocketTimeoutException if there is nothing, and the request has been waited for longer than its pace allows
	 */
	@Override
	public int read(ByteBuffer to) throws IOException {
		if (request == null || response == null) return super.read(to);
		long start = request.getStartTimeNanos(); // below zero between two requests, for which others may wait as they like
		if (start != begun) begin(start);
		if (!answered && response.isCommitted()) {
			answered = true;
			anew();
		}
		long now = nanoTime.getAsLong();
		if (waitingSince != NOT_WAITING) waitedNanos += now - waitingSince;
		waitingSince = NOT_WAITING;
		int read = super.read(to);
		if (read == 0) {
			// Here alone: what has come was sent in time, however late this process comes to read it.
			if (start >= 0 && Duration.ofNanos(waitedNanos).compareTo(pace.allowed(bytes)) > 0) {
				throw new SocketTimeoutException();
			}
			waitingSince = now;
		}
		bytes += Math.max(read, 0);
		return read;
	}
}
