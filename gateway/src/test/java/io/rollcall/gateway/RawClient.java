package io.rollcall.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A connection on which a test writes what no HTTP client would. */
final class RawClient implements AutoCloseable {
	private final Socket socket;

	RawClient(int port) throws IOException {
		socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
		socket.setSoTimeout(30_000);
	}

	void send(String bytes) throws IOException {
		send(bytes.getBytes(ISO_8859_1));
	}

	void send(byte[] bytes) throws IOException {
		socket.getOutputStream().write(bytes);
		socket.getOutputStream().flush();
	}

	boolean hasAnswer() throws IOException {
		return socket.getInputStream().available() > 0;
	}

	/** Up to the end of the connection. */
	String readAll() throws IOException {
		return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
	}

	/** Up to {@code end}, or what came before the connection ended. */
	String readUntil(String end) throws IOException {
		var read = new StringBuilder();
		while (read.indexOf(end) < 0) {
			int c = socket.getInputStream().read();
			if (c == -1) break;
			read.append((char) c);
		}
		return read.toString();
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}
}
