package io.rollcall.notification;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
	}

	private static final Pattern RECIPIENT = Pattern.compile("RCPT TO:<([^>]*)>.*", Pattern.CASE_INSENSITIVE);

	private final int mailServer;
	private final int port;
	private final Map<String, Deque<Fault>> script = new ConcurrentHashMap<>();
	private final Set<Socket> open = ConcurrentHashMap.newKeySet();
	/** Every mail as it came to its final dot, whether or not it went on. */
	private final List<String> transmitted = new CopyOnWriteArrayList<>();
	private volatile ServerSocket listening;

	public FaultyWire(int mailServer) {
		this.mailServer = mailServer;
		this.listening = listen(0);
		this.port = listening.getLocalPort();
	}

	public int port() {
		return port;
	}

	public void script(String recipient, Fault... faults) {
		script.put(recipient, new ArrayDeque<>(List.of(faults)));
	}

	public List<String> transmittedTo(String recipient) {
		return transmitted.stream().filter(mail -> mail.contains("<" + recipient + ">")).toList();
	}

	/** From now on nobody listens. */
	public void down() {
		try {
			listening.close();
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
		try (client;
				var server = new Socket(InetAddress.getByName("127.0.0.1"), mailServer);
				var fromClient = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
				var fromServer = new BufferedReader(new InputStreamReader(server.getInputStream(), ISO_8859_1))) {
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			OutputStream toClient = client.getOutputStream();
			OutputStream toServer = server.getOutputStream();
			pass(fromServer, toClient);
			Fault fault = null;
			for (String line = fromClient.readLine(); line != null; line = fromClient.readLine()) {
				Matcher recipient = RECIPIENT.matcher(line);
				if (recipient.matches()) {
					Deque<Fault> faults = script.get(recipient.group(1));
					fault = faults == null ? null : faults.poll();
					if (fault instanceof Fault.AtRecipient(String reply)) {
						say(toClient, reply);
						continue;
					}
				}
				if (!line.equalsIgnoreCase("DATA")) {
					say(toServer, line);
					pass(fromServer, toClient);
					continue;
				}
				if (fault instanceof Fault.CutBeforeData) return;
				say(toClient, "354 go ahead");
				List<String> mail = new ArrayList<>();
				for (line = fromClient.readLine(); line != null && !line.equals("."); line = fromClient.readLine()) {
					mail.add(line);
					if (fault instanceof Fault.CutInData && mail.size() == 5) return;
				}
				if (line == null) return;
				transmitted.add(String.join("\r\n", mail));
				switch (fault) {
					case Fault.CutAfterDot _ -> {
						return;
					}
					case Fault.AtEnd(String reply) -> {
						say(toServer, "RSET");
						fromServer.readLine();
						say(toClient, reply);
					}
					case null, default -> {
						say(toServer, "DATA");
						fromServer.readLine();
						say(toServer, String.join("\r\n", mail) + "\r\n.");
						if (fault instanceof Fault.CutBeforeAnswer) {
							fromServer.readLine();
							return;
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

	private static void pass(BufferedReader from, OutputStream to) throws IOException {
		String line;
		do {
			line = from.readLine();
			if (line == null) throw new IOException("gone");
			say(to, line);
		} while (line.length() > 3 && line.charAt(3) == '-');
	}

	private static void say(OutputStream to, String line) throws IOException {
		to.write((line + "\r\n").getBytes(ISO_8859_1));
		to.flush();
	}
}
