package io.rollcall.containers;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;

import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A MongoDB and a Kafka as {@code docker-compose.yml} has them, each started when first asked for and removed with the JVM. Where no
 * engine answers, or an image is neither there nor to be had, whoever asks is skipped and says why.
 */
public final class Containers {
	private static final String MONGO = "mongo:8.0";
	private static final String KAFKA = "apache/kafka:4.2.2";

	private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(15);

	/** By image; what there is not is not looked for again. */
	private static final Map<String, String> MISSING = new ConcurrentHashMap<>();

	private static @Nullable MongoDBContainer mongo;
	private static @Nullable KafkaContainer kafka;

	private Containers() {}

	/** The connection string of a replica set of one. */
	public static synchronized String mongo() {
		MongoDBContainer running = mongo;
		if (running == null) {
			need(MONGO);
			running = new MongoDBContainer(MONGO).withReplicaSet();
			running.start();
			mongo = running;
		}
		return running.getConnectionString();
	}

	/** The bootstrap servers of a broker that makes no topics by itself. */
	public static synchronized String kafka() {
		KafkaContainer running = kafka;
		if (running == null) {
			need(KAFKA);
			running = new KafkaContainer(KAFKA).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
			running.start();
			kafka = running;
		}
		return running.getBootstrapServers();
	}

	private static void need(String image) {
		String missing = MISSING.computeIfAbsent(image, Containers::say);
		if (!missing.isEmpty()) abort(missing);
	}

	/** Once on the screen, too: a suite that is skipped as a whole leaves its reason in no report. */
	private static String say(String image) {
		String missing = whatIsMissing(image);
		if (missing.isEmpty()) return "";
		String message = "NO " + image + ": what tests it is skipped, for " + missing;
		System.out.println(message);
		return message;
	}

	private static String whatIsMissing(String image) {
		if (!Engine.MISSING.isEmpty()) return Engine.MISSING;
		DockerClient docker = DockerClientFactory.instance().client();
		try {
			docker.inspectImageCmd(image).exec();
			return "";
		} catch (NotFoundException _) {
			return pull(docker, image);
		}
	}

	/** Once, and not where no registry answers: Testcontainers itself would try that for two minutes. */
	private static String pull(DockerClient docker, String image) {
		try (var pull = docker.pullImageCmd(image).exec(new PullImageResultCallback())) {
			if (!pull.awaitCompletion(ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS)
					&& !pull.awaitStarted(0, TimeUnit.SECONDS))
				return "the engine does not have it, and no registry answers";
			pull.awaitCompletion();
			return "";
		} catch (DockerException | DockerClientException | IOException e) {
			return "the engine does not have it and cannot pull it: " + e.getMessage();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}

	/** Asked once. In a container Testcontainers may take minutes to find that it cannot tell the engine's address. */
	private static final class Engine {
		static final String MISSING = whatIsMissing();

		private static String whatIsMissing() {
			try {
				return CompletableFuture.supplyAsync(DockerClientFactory.instance()::isDockerAvailable)
						.get(ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS) ? "" : "no Docker engine answers";
			} catch (TimeoutException | ExecutionException e) {
				return "the Docker engine cannot be used (in a container: set TESTCONTAINERS_HOST_OVERRIDE): " + e;
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(e);
			}
		}
	}
}
