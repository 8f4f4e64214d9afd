package io.rollcall.acceptance.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A link between two programs of this machine that can be made a bad one at any moment. */
final class TcpProxy implements AutoCloseable {
	private static final Duration LATENCY = Duration.ofSeconds(1);
	private static final int SLOW_BYTES = 64;
	private static final Duration SLOW_PAUSE = Duration.ofMillis(150);

	private final ServerSocket server;
	private final InetSocketAddress target;
	private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
	private Toxic toxic = Toxic.NONE;

	private TcpProxy(ServerSocket server, InetSocketAddress target) {
		this.server = server;
		this.target = target;
	}

	/** Starts one on a free port. */
	static TcpProxy to(int port) {
		try {
			var proxy = new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
					new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			Thread.ofVirtual().name("proxy-" + port).start(proxy::accept);
			return proxy;
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	int port() {
		return server.getLocalPort();
	}

	/** From now on the link is as this one says. */
	synchronized void set(Toxic next) {
		toxic = next;
		switch (next) {
			case CUT -> connections.forEach(Connection::close);
			case RESET -> connections.forEach(Connection::reset);
			case BLACK_HOLE -> connections.forEach(Connection::forget);
			case NONE, LATENCY, STALL, SLOW -> {
			}
		}
		notifyAll();
	}

	@Override
	public void close() throws IOException {
		server.close();
		connections.forEach(Connection::close);
	}

	private void accept() {
		while (!server.isClosed()) {
			try {
				var connection = new Connection(server.accept());
				connections.add(connection);
				Thread.ofVirtual().start(connection::open);
			} catch (IOException e) {
				return; // closed
			}
		}
	}

	/** Waits while nothing comes through; returns how it then does. */
	private synchronized Toxic passage(Connection connection) throws InterruptedException {
		while (toxic == Toxic.STALL || toxic == Toxic.BLACK_HOLE || connection.forgotten)
			wait();
		return toxic;
	}

	private synchronized Toxic present() {
		return toxic;
	}

	private final class Connection {
		private final Socket client;
		private final Socket upstream = new Socket();
		private volatile boolean forgotten;

		Connection(Socket client) {
			this.client = client;
		}

		void open() {
			try {
				switch (present()) {
					case CUT -> close();
					case BLACK_HOLE -> forget();
					default -> {
						client.setTcpNoDelay(true);
						upstream.setTcpNoDelay(true);
						upstream.connect(target);
						Thread.ofVirtual().start(() -> pump(client, upstream));
						pump(upstream, client);
					}
				}
			} catch (IOException e) {
				close();
			}
		}

		private void pump(Socket from, Socket to) {
			byte[] buffer = new byte[16 * 1024];
			try {
				for (int read = from.getInputStream().read(buffer); read >= 0; read = from.getInputStream()
						.read(buffer)) {
					switch (passage(this)) {
						case LATENCY -> Thread.sleep(LATENCY);
						case RESET -> reset();
						default -> {
						}
					}
					for (int sent = 0; sent < read;) {
						boolean slow = passage(this) == Toxic.SLOW;
						int piece = slow ? Math.min(SLOW_BYTES, read - sent) : read - sent;
						if (slow) Thread.sleep(SLOW_PAUSE);
						to.getOutputStream().write(buffer, sent, piece);
						sent += piece;
					}
				}
				passage(this); // nor does the end come through
				close();
			} catch (IOException e) {
				close();
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				close();
			}
		}

		void forget() {
			forgotten = true;
		}

		void reset() {
			try {
				client.setSoLinger(true, 0);
				upstream.setSoLinger(true, 0);
			} catch (IOException e) {
				// closed already
			}
			close();
		}

		void close() {
			connections.remove(this);
			for (Socket socket : new Socket[]{client, upstream}) {
				try {
					socket.close();
				} catch (IOException e) {
					// it is of no more use either way
				}
			}
		}
	}
}
