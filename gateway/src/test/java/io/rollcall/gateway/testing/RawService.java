package io.rollcall.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A service that misbehaves: it answers each connection's first request with the given bytes and hangs up. */
public final class RawService {
	private final ServerSocket server;
	private volatile String answer = "";

	private RawService(ServerSocket server) {
		this.server = server;
	}

	public static RawService start() {
		try {
			var service = new RawService(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
			Thread.ofVirtual().start(service::serve);
			return service;
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	public String address() {
		return "http://localhost:" + server.getLocalPort();
	}

	public void answers(String bytes) {
		answer = bytes;
	}

	private void serve() {
		while (!server.isClosed()) {
			try (Socket connection = server.accept()) {
				var in = connection.getInputStream();
				var request = new StringBuilder();
				for (int c = in.read(); c != -1 && !request.toString().endsWith("\r\n\r\n"); c = in.read()) {
					request.append((char) c);
					if (request.toString().endsWith("\r\n\r\n")) break;
				}
				connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
				connection.getOutputStream().flush();
			} catch (IOException e) {
				// the next connection is another test's
			}
		}
	}
}
