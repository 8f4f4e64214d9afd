package io.rollcall.gateway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A connection on which a test writes what no HTTP client would. */
public final class RawClient implements AutoCloseable {
	private final Socket socket;

	public RawClient(int port) throws IOException {
		socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
		socket.setSoTimeout(30_000);
	}

	public void send(String bytes) throws IOException {
		send(bytes.getBytes(ISO_8859_1));
	}

	public void send(byte[] bytes) throws IOException {
		socket.getOutputStream().write(bytes);
		socket.getOutputStream().flush();
	}

	public boolean hasAnswer() throws IOException {
		return socket.getInputStream().available() > 0;
	}

	/** Up to the end of the connection. */
	public String readAll() throws IOException {
		return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
	}

	/** Up to {@code end}, or what came before the connection ended. */
	public String readUntil(String end) throws IOException {
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
