package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The loopback ports of one system. Two systems live beside each other when their ports and data folders differ. */
public record Ports(int gateway, int training, int inbox, int smtp, int kafka, int kafkaController, int mongo,
		int userService, int importService, int orgDirectory, int notificationService) {

	/** The documented ports. */
	public static Ports standard() {
		return shifted(0);
	}

	/** The documented ports, each higher by the offset. */
	public static Ports shifted(int offset) {
		return new Ports(8080 + offset, 8090 + offset, 8025 + offset, 1025 + offset, 9092 + offset, 9093 + offset,
				27017 + offset, 8081 + offset, 8082 + offset, 8083 + offset, 8084 + offset);
	}

	/** One port that was free a moment ago. */
	static int oneFree() {
		try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Ports that were free a moment ago. */
	public static Ports free() {
		List<ServerSocket> held = new ArrayList<>();
		try {
			// All held at once, so that they differ.
			for (int i = 0; i < 11; i++)
				held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
			int[] port = held.stream().mapToInt(ServerSocket::getLocalPort).toArray();
			return new Ports(port[0], port[1], port[2], port[3], port[4], port[5], port[6], port[7], port[8], port[9],
					port[10]);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} finally {
			for (ServerSocket socket : held) {
				try {
					socket.close();
				} catch (IOException _) {
					// a port that stays taken is found when something is started on it
				}
			}
		}
	}
}
