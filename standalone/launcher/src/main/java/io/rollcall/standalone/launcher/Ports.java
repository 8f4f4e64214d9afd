package io.rollcall.standalone.launcher;

import java.util.List;

import io.rollcall.standalone.ports.FreePorts;

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

	/** Ports on which nothing listens now. */
	public static Ports free() {
		List<Integer> port = FreePorts.several(11);
		return new Ports(port.get(0), port.get(1), port.get(2), port.get(3), port.get(4), port.get(5), port.get(6),
				port.get(7), port.get(8), port.get(9), port.get(10));
	}
}
