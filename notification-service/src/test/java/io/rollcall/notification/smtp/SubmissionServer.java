package io.rollcall.notification.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A mail server that wants to know who is there (RFC 4954), and offers STARTTLS (RFC 3207) when it has a certificate. */
final class SubmissionServer implements AutoCloseable {
	static final String USERNAME = "rollcall";
	static final String PASSWORD = "mail-server-password";

	private final ServerSocket server;
	private final @Nullable SSLContext tls;
	/** What came in, with {@code TLS } in front where nobody else could read it. */
	final List<String> lines = new CopyOnWriteArrayList<>();
	/** Instead of the answer to MAIL FROM. */
	volatile @Nullable String atSender;

	SubmissionServer(@Nullable SSLContext tls) {
		this.tls = tls;
		try {
			server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		Thread.ofVirtual().start(() -> {
			while (!server.isClosed()) {
				try {
					Socket client = server.accept();
					Thread.ofVirtual().start(() -> converse(client));
				} catch (IOException _) {
					// closed
				}
			}
		});
	}

	int port() {
		return server.getLocalPort();
	}

	private void converse(Socket plain) {
		Socket socket = plain;
		boolean secure = false;
		boolean known = false;
		try {
			var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
			OutputStream out = socket.getOutputStream();
			say(out, "220 here");
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				lines.add((secure ? "TLS " : "") + line);
				String command = line.toUpperCase(Locale.ROOT);
				if (command.startsWith("EHLO")) {
					say(out, "250-here");
					if (tls != null && !secure) say(out, "250-STARTTLS");
					say(out, "250 AUTH PLAIN");
				} else if (command.equals("STARTTLS") && tls != null) {
					say(out, "220 go ahead");
					var layered = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
					layered.setUseClientMode(false);
					layered.startHandshake();
					socket = layered;
					secure = true;
					in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
					out = socket.getOutputStream();
				} else if (command.startsWith("AUTH PLAIN ")) {
					String said = new String(Base64.getDecoder().decode(line.substring(11)), ISO_8859_1);
					known = said.endsWith("\0" + USERNAME + "\0" + PASSWORD);
					say(out, known ? "235 welcome" : "535 5.7.8 who?");
				} else if (command.startsWith("MAIL")) {
					String reply = atSender;
					say(out, reply != null ? reply : known ? "250 ok" : "530 5.7.0 who?");
				} else if (command.equals("DATA")) {
					say(out, "354 go ahead");
					for (String data = in.readLine(); data != null && !data.equals("."); data = in.readLine())
						lines.add((secure ? "TLS " : "") + data);
					say(out, "250 taken");
				} else {
					say(out, "250 ok");
				}
			}
		} catch (IOException _) {
			// the other side has gone
		} finally {
			try {
				socket.close();
			} catch (IOException _) {
				// as good
			}
		}
	}

	private static void say(OutputStream out, String line) throws IOException {
		out.write((line + "\r\n").getBytes(ISO_8859_1));
		out.flush();
	}

	@Override
	public void close() {
		try {
			server.close();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
