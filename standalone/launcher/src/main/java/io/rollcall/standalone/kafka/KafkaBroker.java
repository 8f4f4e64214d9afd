package io.rollcall.standalone.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import io.rollcall.standalone.ports.FreePorts;

/**
 * A Kafka broker that is its own KRaft controller. In tests it lives in the test's JVM; {@link #main} gives it one of
 * its own. What it acknowledged is on disk and survives the death of the process.
 */
public final class KafkaBroker implements AutoCloseable {
	private static final int NODE = 1;
	private static final String HOST = "127.0.0.1";

	private final KafkaRaftServer server;
	private final int port;

	private KafkaBroker(KafkaRaftServer server, int port) {
		this.server = server;
		this.port = port;
	}

	/** Starts a broker on free ports; a new, empty directory is formatted. Returns when it takes requests. */
	public static KafkaBroker start(Path dataDirectory) {
		return start(dataDirectory, FreePorts.one(), FreePorts.one());
	}

	/** Starts a broker on the given loopback ports; ports may differ from those of an earlier run on the same data. */
	public static KafkaBroker start(Path dataDirectory, int port, int controllerPort) {
		return start(dataDirectory, port, controllerPort, port);
	}

	/** The same behind something else on this machine: {@code advertisedPort} is where clients are sent. */
	public static KafkaBroker start(Path dataDirectory, int port, int controllerPort, int advertisedPort) {
		return start(dataDirectory, port, settings(dataDirectory, port, controllerPort, advertisedPort));
	}

	/** The same with an administrator's settings in the place of these or beside them, as for listeners with accounts and TLS. */
	public static KafkaBroker start(Path dataDirectory, int port, int controllerPort, Map<String, String> changes) {
		Properties settings = settings(dataDirectory, port, controllerPort, port);
		settings.putAll(changes);
		return start(dataDirectory, port, settings);
	}

	private static KafkaBroker start(Path dataDirectory, int port, Properties settings) {
		format(dataDirectory);
		var server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
		try {
			server.startup();
		} catch (RuntimeException | Error e) {
			server.shutdown();
			server.awaitShutdown();
			throw e;
		}
		return new KafkaBroker(server, port);
	}

	/** What clients put into {@code bootstrap.servers}. */
	public String bootstrapServers() {
		return HOST + ":" + port;
	}

	@Override
	public void close() {
		server.shutdown();
		server.awaitShutdown();
	}

	/** A JVM of its own: {@code --data=DIRECTORY [--port=9092] [--controller-port=9093]}; runs until SIGTERM. */
	public static void main(String[] arguments) {
		Path data = null;
		int port = 9092;
		int controllerPort = 9093;
		for (String argument : arguments) {
			String value = argument.substring(argument.indexOf('=') + 1);
			switch (argument.substring(0, argument.length() - value.length())) {
				case "--data=" -> data = Path.of(value);
				case "--port=" -> port = Integer.parseInt(value);
				case "--controller-port=" -> controllerPort = Integer.parseInt(value);
				default -> throw new IllegalArgumentException("Unknown option " + argument);
			}
		}
		if (data == null) throw new IllegalArgumentException("--data=DIRECTORY is missing");
		var broker = start(data, port, controllerPort);
		Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
		System.out.println("Kafka is ready on " + broker.bootstrapServers());
		broker.server.awaitShutdown();
	}

	private static void format(Path dataDirectory) {
		try {
			Files.createDirectories(dataDirectory);
			if (Files.exists(dataDirectory.resolve("meta.properties"))) return;
			new Formatter().setClusterId(Uuid.randomUuid().toString()).setNodeId(NODE)
					.addDirectory(dataDirectory.toString()).setMetadataLogDirectory(dataDirectory.toString())
					.setControllerListenerName("CONTROLLER").setIgnoreFormatted(true)
					.setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
					.run();
		} catch (RuntimeException e) {
			throw e;
		} catch (Exception e) {
			throw new IllegalStateException("Cannot format the broker's storage in " + dataDirectory, e);
		}
	}

	private static Properties settings(Path dataDirectory, int port, int controllerPort, int advertisedPort) {
		var settings = new Properties();
		set(settings, "process.roles", "broker,controller");
		set(settings, "node.id", NODE);
		// Voters by configuration, not in the metadata log: so the ports may change between runs.
		set(settings, "controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
		set(settings, "controller.listener.names", "CONTROLLER");
		set(settings, "listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
		set(settings, "advertised.listeners", "PLAINTEXT://" + HOST + ":" + advertisedPort);
		set(settings, "log.dirs", dataDirectory.toString());

		set(settings, "auto.create.topics.enable", false);
		set(settings, "num.partitions", 4);
		set(settings, "offsets.topic.num.partitions", 4);
		set(settings, "offsets.topic.replication.factor", 1);
		set(settings, "transaction.state.log.num.partitions", 1);
		set(settings, "transaction.state.log.replication.factor", 1);
		set(settings, "transaction.state.log.min.isr", 1);
		set(settings, "share.coordinator.state.topic.num.partitions", 1);
		set(settings, "share.coordinator.state.topic.replication.factor", 1);
		set(settings, "share.coordinator.state.topic.min.isr", 1);
		set(settings, "group.initial.rebalance.delay.ms", 0);

		// Alone, it has nobody to fail over to: look for its own state often, so that start and stop take no seconds.
		set(settings, "broker.heartbeat.interval.ms", 250);
		// After a kill -9 the controller takes the new broker only when the session of the dead one has run out.
		set(settings, "broker.session.timeout.ms", 3000);
		set(settings, "controller.quorum.election.timeout.ms", 250);
		set(settings, "controller.quorum.election.backoff.max.ms", 250);
		set(settings, "initial.broker.registration.timeout.ms", 60_000);

		set(settings, "log.segment.bytes", 64 * 1024 * 1024);
		set(settings, "log.retention.hours", 7 * 24);
		set(settings, "log.index.size.max.bytes", 1024 * 1024);
		set(settings, "log.cleaner.threads", 1);
		set(settings, "log.cleaner.dedupe.buffer.size", 8L * 1024 * 1024);
		set(settings, "log.cleaner.io.buffer.size", 1024 * 1024);
		set(settings, "num.network.threads", 2);
		set(settings, "num.io.threads", 4);
		set(settings, "background.threads", 4);
		set(settings, "num.recovery.threads.per.data.dir", 2);
		return settings;
	}

	private static void set(Properties settings, String name, Object value) {
		settings.setProperty(name, value.toString()); // Kafka parses text; a number of the wrong width it refuses
	}
}
