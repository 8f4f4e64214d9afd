package io.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.SpringApplication;
import org.springframework.test.context.DynamicPropertyRegistry;

import io.rollcall.mongo.EmbeddedMongo;
import io.rollcall.standalone.kafka.KafkaBroker;
import io.rollcall.standalone.mail.MailServer;

/** The broker, the database, the mail server and the issuer, each started when first asked for and shared by all tests of a JVM. */
public final class Backends {
	private Backends() {}

	private static final class Kafka {
		static final KafkaBroker BROKER = stopped(KafkaBroker.start(directory("kafka")));
	}

	private static final class Mongo {
		static final EmbeddedMongo SERVER = stopped(EmbeddedMongo.inMemory());
	}

	private static final class Mail {
		static final MailServer SERVER = stopped(MailServer.start(directory("mail")));
	}

	private static final class Issuer {
		static final TestIssuer ISSUER = stopped(TestIssuer.start());
	}

	public static KafkaBroker kafka() {
		return Kafka.BROKER;
	}

	public static EmbeddedMongo mongo() {
		return Mongo.SERVER;
	}

	public static MailServer mail() {
		return Mail.SERVER;
	}

	public static TestIssuer issuer() {
		return Issuer.ISSUER;
	}

	/** Points a service at all of them; call it from a {@code @DynamicPropertySource}. */
	public static void register(DynamicPropertyRegistry properties) {
		properties.add("spring.kafka.bootstrap-servers", () -> kafka().bootstrapServers());
		properties.add("spring.mongodb.uri", () -> mongo().connectionString());
		properties.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", TestIssuer::issuerUri);
		properties.add("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", () -> issuer().jwkSetUri());
	}

	private static <T extends AutoCloseable> T stopped(T server) {
		// After the application contexts have closed: without their broker they wait for half a minute.
		SpringApplication.getShutdownHandlers().add(() -> {
			try {
				server.close();
			} catch (Exception e) {
				System.err.println("a test backend did not stop: " + e);
			}
		});
		return server;
	}

	private static Path directory(String name) {
		try {
			return Files.createTempDirectory("rollcall-" + name);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
