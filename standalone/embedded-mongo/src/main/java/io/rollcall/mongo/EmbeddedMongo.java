package io.rollcall.mongo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import de.bwaldvogel.mongo.MongoServer;
/**
 * A MongoDB server inside this JVM, on the loopback address only. An application finds it by {@link #connectionString()}
 * and needs to know nothing else about it.
 */
public final class EmbeddedMongo implements AutoCloseable {
	/** A connection is served by one thread of the server for its whole life; these many never wait for each other. */
	private static final int CONNECTION_THREADS = 64;

	private final MongoServer server;
	private final InetSocketAddress address;

	private EmbeddedMongo(DocumentStore store, int port) {
		server = new MongoServer(new DocumentBackend(store));
		try {
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, CONNECTION_THREADS);
		} catch (Exception e) { // a BindException, though bind() does not say so
			server.shutdownNow();
			throw new IllegalStateException("The embedded Mongo cannot listen on port " + port, e);
		}
		address = server.getLocalAddress();
	}

	/** Starts a server that keeps its data in a directory, made if absent. Port 0 takes a free one. */
	public static EmbeddedMongo start(Path dataDirectory, int port) {
		try {
			return new EmbeddedMongo(DocumentStore.open(dataDirectory), port);
		} catch (IOException e) {
			throw new UncheckedIOException("No data can be kept in " + dataDirectory, e);
		}
	}

	/** Starts a server on a free port whose data ends with it, for tests. */
	public static EmbeddedMongo inMemory() {
		return new EmbeddedMongo(DocumentStore.inMemory(), 0);
	}

	public int port() {
		return address.getPort();
	}

	/** For {@code MongoClients.create} or {@code ROLLCALL_MONGODB_URI}. */
	public String connectionString() {
		return "mongodb://" + address.getAddress().getHostAddress() + ":" + port();
	}

	/** Ends all connections and closes the store. */
	@Override
	public void close() {
		server.shutdownNow();
	}

	/** Runs a server in a JVM of its own until that is told to stop: {@code --data=DIRECTORY [--port=27017]}. */
	public static void main(String[] args) throws InterruptedException {
		Path data = null;
		int port = 27017;
		for (String arg : args) {
			if (arg.startsWith("--data=")) {
				data = Path.of(arg.substring("--data=".length()));
			} else if (arg.startsWith("--port=")) {
				port = Integer.parseInt(arg.substring("--port=".length()));
			} else {
				data = null;
				break;
			}
		}
		if (data == null) {
			System.err.println("usage: EmbeddedMongo --data=DIRECTORY [--port=PORT]");
			System.exit(64);
			return;
		}
		EmbeddedMongo mongo = start(data, port);
		Runtime.getRuntime().addShutdownHook(new Thread(mongo::close, "mongo-shutdown"));
		System.out.println("Embedded Mongo ready at " + mongo.connectionString());
		new CountDownLatch(1).await();
	}
}
