package io.rollcall.standalone.ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Loopback ports on which nothing listens. They are below those that a system gives to outgoing connections (RFC 6335,
 * section 6; Linux begins at 32768): one of those may be taken by any connection before the program listens that it was
 * found for.
 */
public final class FreePorts {
	private static final int LOWEST = 10_240;
	private static final int HIGHEST = 32_767;
	private static final int MOST_TRIES = 1_000;
	/** Whoever has one may begin to listen much later. */
	private static final Set<Integer> GIVEN = new HashSet<>();

	private FreePorts() {}

	/** One that this JVM has not given before. */
	public static synchronized int one() {
		for (int tries = 0; tries < MOST_TRIES; tries++) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
			if (!GIVEN.contains(port) && isFree(port)) {
				GIVEN.add(port);
				return port;
			}
		}
		throw new IllegalStateException("No free port from %d to %d".formatted(LOWEST, HIGHEST));
	}

	public static List<Integer> several(int count) {
		return IntStream.range(0, count).mapToObj(_ -> one()).toList();
	}

	/** Whether one can listen there now. */
	public static boolean isFree(int port) {
		try (var socket = new ServerSocket()) {
			socket.setReuseAddress(true); // what a connection of before leaves behind for a minute takes nothing from anybody
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
			return true;
		} catch (IOException _) {
			return false;
		}
	}
}
