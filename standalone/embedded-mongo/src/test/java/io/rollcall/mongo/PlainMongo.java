package io.rollcall.mongo;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import org.h2.mvstore.MVStore;

/** The library on its own H2 store, for {@link MongoBenchmark}: as it comes, or committing after each write command. */
final class PlainMongo {
	/** Does not keep what it acknowledged. */
	static final class Uncommitted {
		public static void main(String[] args) throws InterruptedException {
			run(new H2Backend(store(args)));
		}
	}

	static final class Committing {
		private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify",
				"createIndexes");

		public static void main(String[] args) throws InterruptedException {
			run(new H2Backend(store(args)) {

				@Override
				public Document handleCommand(Channel channel, String database, String command, Document query) {
					Document reply = super.handleCommand(channel, database, command, query);
					if (WRITES.contains(command)) commit();
					return reply;
				}
			});
		}
	}

	private PlainMongo() {}

	private static MVStore store(String[] args) {
		return MVStore.open(Path.of(args[0].replace("--data=", "")).resolve("h2.mv").toString());
	}

	private static void run(H2Backend backend) throws InterruptedException {
		MongoServer server = new MongoServer(backend);
		server.bind(new InetSocketAddress("localhost", 0));
		System.out.println("Embedded Mongo ready at mongodb://localhost:" + server.getLocalAddress().getPort());
		new CountDownLatch(1).await();
	}
}
