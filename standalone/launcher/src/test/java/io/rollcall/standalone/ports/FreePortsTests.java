package io.rollcall.standalone.ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FreePortsTests {
	@Test
	void noneIsOfThoseThatConnectionsAreGiven() throws IOException {
		var ofConnections = new ArrayList<Integer>();
		try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			for (int i = 0; i < 50; i++) {
				try (var connection = new Socket(server.getInetAddress(), server.getLocalPort())) {
					ofConnections.add(connection.getLocalPort());
				}
			}
		}
		int lowest = ofConnections.stream().mapToInt(Integer::intValue).min().orElseThrow();

		assertThat(FreePorts.several(200)).allMatch(port -> port < lowest);
	}

	@Test
	void noneIsGivenTwice() {
		var ports = new ArrayList<>(FreePorts.several(200));
		ports.addAll(FreePorts.several(200));

		assertThat(ports).doesNotHaveDuplicates();
	}

	@Test
	void oneIsTakenWhileSomebodyListens() throws IOException {
		int port = FreePorts.one();
		assertThat(FreePorts.isFree(port)).isTrue();
		try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			assertThat(FreePorts.isFree(port)).isFalse();
		}
	}
}
