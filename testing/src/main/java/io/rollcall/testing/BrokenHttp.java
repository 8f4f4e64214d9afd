package io.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is no HTTP/1.1, on a socket: much of it Tomcat answers itself, before any filter, and would say in the log what it could not
 * read. Each has a secret in it, as a link or a cookie has.
 */
public final class BrokenHttp {
	public static final String SECRET = "A-TOKEN-NOBODY-MAY-READ";
	private static final String HOST = "Host: localhost\r\n";
	private static final String CHUNKED = HOST
			+ "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

	private BrokenHttp() {}

	/** By name, with {@code path} as what most of them ask for. */
	public static Map<String, String> requests(String path) {
		String get = "GET " + path + "?token=" + SECRET;
		String post = "POST " + path + "?token=" + SECRET + " HTTP/1.1\r\n";
		Map<String, String> requests = new TreeMap<>();
		for (String mark : List.of("|", "{", "}", "\"", "<", "^", "`", "\\", "\u00e9", "\u0001", "%", "%zz"))
			requests.put("target with " + Integer.toHexString(mark.charAt(0)) + (mark.length() > 1 ? "zz" : ""),
					get + mark + " HTTP/1.1\r\n" + HOST + "\r\n");
		requests.put("path of bad percent", "GET " + path + "/%zz" + SECRET + " HTTP/1.1\r\n" + HOST + "\r\n");
		requests.put("path with NUL", "GET " + path + "/%00" + SECRET + " HTTP/1.1\r\n" + HOST + "\r\n");
		requests.put("path of broken UTF-8", "GET " + path + "/%c3%28" + SECRET + " HTTP/1.1\r\n" + HOST + "\r\n");
		requests.put("method", "GE(T " + SECRET + " HTTP/1.1\r\n" + HOST + "\r\n");
		for (String method : List.of("FOO", "TRACE", "CONNECT", "get"))
			requests.put("method " + method, method + get.substring("GET".length()) + " HTTP/1.1\r\n" + HOST + "\r\n");
		requests.put("no version", get + "\r\n");
		requests.put("version", get + " HTTP/7.3\r\n" + HOST + "\r\n");
		requests.put("protocol", get + " GOPHER\r\n" + HOST + "\r\n");
		requests.put("no host", get + " HTTP/1.1\r\n\r\n");
		requests.put("two hosts", get + " HTTP/1.1\r\n" + HOST + HOST + "\r\n");
		requests.put("host", get + " HTTP/1.1\r\nHost: local|host\r\n\r\n");
		requests.put("header's name", get + " HTTP/1.1\r\n" + HOST + "Coo kie(: " + SECRET + "\r\n\r\n");
		requests.put("header without colon", get + " HTTP/1.1\r\n" + HOST + SECRET + "\r\n\r\n");
		requests.put("header folded", get + " HTTP/1.1\r\n" + HOST + "X: a\r\n " + SECRET + "\r\n\r\n");
		requests.put("header with a control character", get + " HTTP/1.1\r\n" + HOST + "X: \u0001" + SECRET
				+ "\r\n\r\n");
		requests.put("cookie", get + " HTTP/1.1\r\n" + HOST + "Cookie: a\u0080=\"" + SECRET + ";;=\u00ff\r\n\r\n");
		requests.put("languages", get + " HTTP/1.1\r\n" + HOST + "Accept-Language: de" + ",en".repeat(20) + "\r\n\r\n");
		requests.put("headers too long", get + " HTTP/1.1\r\n" + HOST + "Authorization: Bearer " + SECRET
				+ "a".repeat(40_000) + "\r\n\r\n");
		requests.put("target too long", get + "a".repeat(40_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
		requests.put("too many headers", get + " HTTP/1.1\r\n" + HOST + ("X: " + SECRET + "\r\n").repeat(300) + "\r\n");
		requests.put("transfer encoding", post + HOST + "Transfer-Encoding: " + SECRET + "\r\n\r\n");
		requests.put("two lengths", post + HOST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde");
		requests.put("length", post + HOST + "Content-Length: " + SECRET + "\r\n\r\n");
		requests.put("length below nothing", post + HOST + "Content-Length: -7\r\n\r\n");
		requests.put("chunk's size", post + CHUNKED + SECRET + "\r\n{}\r\n0\r\n\r\n");
		requests.put("chunk's size overflows", post + CHUNKED + "fffffffffffffffff\r\n" + SECRET + "\r\n0\r\n\r\n");
		requests.put("chunk's line ends with LF alone", post + CHUNKED + "2\n{}\n0\n\n");
		requests.put("chunk's extension too long", post + CHUNKED + "2;" + SECRET + "e".repeat(20_000)
				+ "\r\n{}\r\n0\r\n\r\n");
		requests.put("chunk longer than it says", post + CHUNKED + "2\r\n{}" + SECRET + "\r\n0\r\n\r\n");
		requests.put("trailer", post + CHUNKED + "2\r\n{}\r\n0\r\nTrai ler(: " + SECRET + "\r\n\r\n");
		return requests;
	}

	/** Sends a request and no more, and returns the answer. */
	public static String answer(int port, String request) {
		return answer(port, request, true);
	}

	/** The same by one who may still have something to send, and does not. */
	public static String answerToSilence(int port, String request) {
		return answer(port, request, false);
	}

	private static String answer(int port, String request, boolean ends) {
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write(request.getBytes(ISO_8859_1));
			if (ends) socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * Nothing of it fails, what is refused is refused with problem details, and in this JVM's log stands nothing of it. Tomcat, which
	 * reads it, says nothing at all: whoever sends it would otherwise write a line with each.
	 */
	public static void assertTakenCalmly(int port, String path) {
		var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		var log = new ListAppender<ILoggingEvent>();
		log.start();
		root.addAppender(log);
		List<String> wrong = new ArrayList<>();
		try {
			requests(path).forEach((name, request) -> {
				String answer = answer(port, request);
				if (!isCalm(answer)) wrong.add(name + ": " + answer.lines().limit(20).toList());
			});
		} finally {
			root.detachAppender(log);
		}
		for (ILoggingEvent event : List.copyOf(log.list)) {
			String line = event.getLoggerName() + " " + event.getFormattedMessage() + " "
					+ (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()));
			boolean byTheReader = event.getLoggerName()
					.matches("org\\.apache\\.(catalina\\.connector|coyote|tomcat)\\..*");
			if (byTheReader || line.contains(SECRET)) wrong.add("logged: " + line.lines().limit(3).toList());
		}
		assertThat(wrong).isEmpty();
	}

	/**
	 * Nothing at all is too: the connection was closed. So are problem details without a first line: where the request's first line
	 * cannot be read, Tomcat answers by the version of what the same processor read last, and that may have been HTTP/0.9.
	 */
	public static boolean isCalm(String answer) {
		if (answer.isEmpty()) return true;
		if (answer.contains(SECRET)) return false;
		if (answer.startsWith("{")) return answer.contains("\"code\":\"malformed-request\"");
		if (answer.matches("(?s)HTTP/1.1 [23]\\d\\d .*")) return true;
		return answer.matches(
				"(?s)HTTP/1.1 (4\\d\\d|501|505) .*\r\nContent-Type: application/problem\\+json.*\"code\":\".*");
	}
}
