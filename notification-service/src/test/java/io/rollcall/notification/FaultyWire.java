package io.rollcall.notification;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Stands between the service and a mail server and goes by a script: the mail to a recipient meets the recipient's next
 * fault, and passes when there is none left.
 */
public final class FaultyWire implements AutoCloseable {
	public sealed interface Fault {
		/** An answer of the mail server to {@code RCPT TO}. */
		record AtRecipient(String reply) implements Fault {}

		/** An answer of the mail server to the final dot. */
		record AtEnd(String reply) implements Fault {}

		/** The connection is gone before DATA. */
		record CutBeforeData() implements Fault {}

		/** The connection is gone in the middle of the mail. */
		record CutInData() implements Fault {}

		/** The connection is gone after the final dot; the mail server did not take the mail. */
		record CutAfterDot() implements Fault {}

		/** The mail server took the mail; its 250 does not arrive. */
		record CutBeforeAnswer() implements Fault {}

		/** The mail server says nothing any more from {@code RCPT TO} on. */
		record StallAtRecipient() implements Fault {}

		/** The mail server says nothing after the final dot, and did not take the mail. */
		record StallAfterDot() implements Fault {}

		/** The mail server took the mail, and then says nothing. */
		record StallBeforeAnswer() implements Fault {}
	}

	/** A mail as it came to its final dot, whether or not it went on: for whom, and each byte of it as a character. */
	public record Transmitted(List<String> recipients, String content) {}

	private static final Pattern RECIPIENT = Pattern.compile("RCPT TO:<([^>]*)>.*", Pattern.CASE_INSENSITIVE);

	private final int mailServer;
	private final int port;
	private final Map<String, Deque<Fault>> script = new ConcurrentHashMap<>();
	private final Set<Socket> open = ConcurrentHashMap.newKeySet();
	private final List<Transmitted> transmitted = new CopyOnWriteArrayList<>();
	private volatile @Nullable String greeting;
	private volatile ServerSocket listening;

	public FaultyWire(int mailServer) {
		this.mailServer = mailServer;
		this.listening = listen(0);
		this.port = listening.getLocalPort();
	}

	public int port() {
		return port;
	}

	/** @param faults of the recipient's mails, one after the other; null for one that passes */
	public void script(String recipient, Fault... faults) {
		script.put(recipient, new LinkedList<>(Arrays.asList(faults)));
	}

	public List<String> transmittedTo(String recipient) {
		return transmitted.stream().filter(mail -> mail.recipients().contains(recipient)).map(Transmitted::content)
				.toList();
	}

	public List<Transmitted> transmitted() {
		return List.copyOf(transmitted);
	}

	/** From now on whoever connects is greeted with this and sent away; null lets them in again. */
	public void greet(@Nullable String reply) {
		greeting = reply;
	}

	/** From now on nobody listens. */
	public void down() {
		try {
			listening.close();
			hangUp();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Ends all conversations. */
	public void hangUp() {
		try {
			for (Socket socket : open)
				socket.close();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	public void up() {
		listening = listen(port);
	}

	@Override
	public void close() {
		down();
	}

	private ServerSocket listen(int wanted) {
		try {
			var server = new ServerSocket();
			server.setReuseAddress(true);
			server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted));
			Thread.ofVirtual().start(() -> {
				while (!server.isClosed()) {
					try {
						Socket client = server.accept();
						open.add(client);
						Thread.ofVirtual().start(() -> converse(client));
					} catch (IOException _) {
						// closed: down
					}
				}
			});
			return server;
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private void converse(Socket client) {
		try (client; var server = new Socket(InetAddress.getByName("127.0.0.1"), mailServer)) {
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			var fromClient = new Lines(client.getInputStream());
			var fromServer = new Lines(server.getInputStream());
			OutputStream toClient = client.getOutputStream();
			OutputStream toServer = server.getOutputStream();
			String unkind = greeting;
			if (unkind != null) {
				say(toClient, unkind);
				return;
			}
			pass(fromServer, toClient);
			Fault fault = null;
			List<String> recipients = new ArrayList<>();
			for (String line = fromClient.next(); line != null; line = fromClient.next()) {
				Matcher recipient = RECIPIENT.matcher(line);
				if (recipient.matches()) {
					recipients.add(recipient.group(1));
					Deque<Fault> faults = script.get(recipient.group(1));
					fault = faults == null ? null : faults.poll();
					if (fault instanceof Fault.StallAtRecipient) fromClient.silence();
					if (fault instanceof Fault.AtRecipient(String reply)) {
						recipients.clear();
						say(toClient, reply);
						continue;
					}
				}
				if (!line.equalsIgnoreCase("DATA")) {
					if (line.toUpperCase(Locale.ROOT).startsWith("MAIL FROM") || line.equalsIgnoreCase("RSET"))
						recipients.clear();
					say(toServer, line);
					pass(fromServer, toClient);
					continue;
				}
				if (fault instanceof Fault.CutBeforeData) return;
				say(toClient, "354 go ahead");
				List<String> mail = new ArrayList<>();
				for (line = fromClient.next(); line != null && !line.equals("."); line = fromClient.next()) {
					mail.add(line);
					if (fault instanceof Fault.CutInData && mail.size() == 5) return;
				}
				if (line == null) return;
				transmitted.add(new Transmitted(List.copyOf(recipients), String.join("\r\n", mail)));
				recipients.clear();
				switch (fault) {
					case Fault.CutAfterDot _ -> {
						return;
					}
					case Fault.StallAfterDot _ -> fromClient.silence();
					case Fault.AtEnd(String reply) -> {
						say(toServer, "RSET");
						fromServer.next();
						say(toClient, reply);
					}
					case null, default -> {
						say(toServer, "DATA");
						fromServer.next();
						say(toServer, String.join("\r\n", mail) + "\r\n.");
						if (fault instanceof Fault.CutBeforeAnswer) {
							fromServer.next();
							return;
						}
						if (fault instanceof Fault.StallBeforeAnswer) {
							fromServer.next();
							fromClient.silence();
						}
						pass(fromServer, toClient);
					}
				}
				fault = null;
			}
		} catch (IOException _) {
			// either side has gone
		} finally {
			open.remove(client);
		}
	}

	private static void pass(Lines from, OutputStream to) throws IOException {
		String line;
		do {
			line = from.next();
			if (line == null) throw new IOException("gone");
			say(to, line);
		} while (line.length() > 3 && line.charAt(3) == '-');
	}

	private static void say(OutputStream to, String line) throws IOException {
		to.write((line + "\r\n").getBytes(ISO_8859_1));
		to.flush();
	}

	/** What ends in CR LF, and in nothing else: a CR or LF alone is part of its line. */
	private static final class Lines {
		private final InputStream in;

		Lines(InputStream in) {
			this.in = new BufferedInputStream(in);
		}

		@Nullable
		String next() throws IOException {
			var line = new StringBuilder();
			for (int b = in.read(); b >= 0; b = in.read()) {
				line.append((char) b);
				if (b == '\n' && line.length() > 1 && line.charAt(line.length() - 2) == '\r')
					return line.substring(0, line.length() - 2);
			}
			return null;
		}

		/** Until the other side has had enough. */
		void silence() throws IOException {
			while (in.read() >= 0)
				continue;
			throw new IOException("gone");
		}
	}
}
