package io.rollcall.acceptance.malformed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** HTTP as bytes: no client would send what is sent here. */
final class Wire {
	private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

	/** @param status 0 when there was no answer that has one */
	record Answer(int status, String text) {
		static Answer of(String text) {
			Matcher status = STATUS.matcher(text);
			return new Answer(status.lookingAt() ? Integer.parseInt(status.group(1)) : 0, text);
		}

		boolean isProblem() {
			return text.contains("\r\nContent-Type: application/problem+json") && text.contains("\"code\":\"");
		}
	}

	private Wire() {}

	/** Sends so many bytes and reads to the end of the connection. */
	static Answer send(int port, byte[] request) {
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(30_000);
			socket.setTcpNoDelay(true);
			socket.getOutputStream().write(request);
			socket.shutdownOutput();
			return Answer.of(read(socket));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** What came, if then the connection was reset: a refusal of what is still on the way looks so. */
	private static String read(Socket socket) {
		var bytes = new ByteArrayOutputStream();
		byte[] buffer = new byte[8192];
		try {
			for (int read = socket.getInputStream().read(buffer); read != -1; read = socket.getInputStream()
					.read(buffer)) {
				bytes.write(buffer, 0, read);
				if (bytes.size() > 1_000_000) break; // an export, a stream
			}
		} catch (IOException e) {
			if (bytes.size() == 0 && !(e.getMessage() + "").contains("reset")) throw new UncheckedIOException(e);
		}
		return bytes.toString(ISO_8859_1);
	}

	static byte[] request(String method, String target, Map<String, String> headers, byte[] body) {
		var head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
		headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
		byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
		byte[] whole = new byte[start.length + body.length];
		System.arraycopy(start, 0, whole, 0, start.length);
		System.arraycopy(body, 0, whole, start.length, body.length);
		return whole;
	}
}
