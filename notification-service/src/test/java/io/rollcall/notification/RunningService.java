package io.rollcall.notification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.mongodb.client.MongoClient;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bson.Document;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.CredentialEvent.CredentialsIssued;
import io.rollcall.contracts.DeliveryEvent;
import io.rollcall.contracts.Topics;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.platform.testing.OpenApiGeneration;
import io.rollcall.standalone.mail.Mail;
import io.rollcall.testing.Backends;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MILLIS;
import static org.awaitility.Awaitility.await;

/** The whole service on real backends, one for all tests: GreenMail behind a wire that can be faulty, a clock that can be moved. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({MovableTime.class, OpenApiGeneration.class})
public abstract class RunningService {
	protected static final FaultyWire WIRE = new FaultyWire(Backends.mail().smtpPort());
	protected static final ECKey KEY = key();
	/** A domain that takes one mail a second. */
	protected static final String SLOW = "slow.example";
	protected static final Duration HELD = Duration.ofMinutes(5);
	private static final Path KEY_FILE = file();

	@DynamicPropertySource
	static void backends(DynamicPropertyRegistry properties) {
		Backends.register(properties);
		OpenApiGeneration.register(properties);
		properties.add("rollcall.secrets.private-key-file", KEY_FILE::toString);
		properties.add("rollcall.smtp.port", WIRE::port);
		properties.add("rollcall.delivery.sweep-every", () -> "100ms");
		properties.add("rollcall.delivery.lease", () -> "8s");
		properties.add("rollcall.delivery.host", () -> "test");
		properties.add("rollcall.delivery.limits", () -> SLOW + "=60/1");
		properties.add("rollcall.smtp.answer-timeout", () -> "2s");
		properties.add("rollcall.notices.hold-imported", HELD::toString);
	}

	@Autowired
	protected MutableClock clock;
	@Autowired
	protected CloudEvents events;
	@Autowired
	protected AcknowledgedPublisher publisher;
	@Autowired
	protected JsonMapper json;
	@Autowired
	private MongoClient mongo;

	/** A new person each time, so that tests do not meet each other's mails. */
	public record Person(UUID accountId, String username, String address, Map<String, String> passwords) {
		public static Person any() {
			return at("agawam.example");
		}

		public static Person at(String domain) {
			String unique = UUID.randomUUID().toString().substring(0, 8);
			return new Person(UUID.randomUUID(), "m.okafor-" + unique, unique + "@" + domain,
					Map.of("PORTAL", "Portal7secret" + unique, "TRAINING", "Training7secret" + unique));
		}
	}

	protected static List<Mail> firstOfEach(List<Mail> mails) {
		Map<String, Mail> byId = new LinkedHashMap<>();
		mails.forEach(mail -> byId.putIfAbsent(mail.messageId(), mail));
		return List.copyOf(byId.values());
	}

	protected CredentialsIssued issued(Person person) {
		return issued(person, UUID.randomUUID() + "/1/credentials",
				encrypted(json.writeValueAsString(person.passwords())),
				clock.instant().plus(Duration.ofHours(72)));
	}

	protected CredentialsIssued issued(Person person, String eventId, String secrets, Instant expiresAt) {
		return new CredentialsIssued(eventId, clock.instant().truncatedTo(MILLIS), person.accountId(),
				person.username(),
				"María", "Okafor", person.address(), List.of("PORTAL", "TRAINING"), secrets,
				expiresAt.truncatedTo(MILLIS), null, null, null);
	}

	protected void publish(CredentialsIssued... issued) {
		publisher.publish(List.of(issued).stream().map(event -> events.of(event, null)).toList());
	}

	protected static String encrypted(String plaintext) {
		try {
			var jwe = new JWEObject(
					new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM).keyID(KEY.getKeyID()).build(),
					new Payload(plaintext));
			jwe.encrypt(new ECDHEncrypter(KEY.toPublicJWK()));
			return jwe.serialize();
		} catch (JOSEException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The person's mails in the order in which the mail server took them, once there are that many. */
	protected List<Mail> mails(Person person, int count) {
		return mailsTo(person.address(), count);
	}

	protected List<Mail> mailsTo(String address, int count) {
		await().until(() -> Backends.mail().mailsTo(address).size() >= count);
		return received(address);
	}

	protected static List<Mail> received(String address) {
		return Backends.mail().mailsTo(address).stream().sorted(Comparator.comparing(Mail::id)).toList();
	}

	protected String text(Mail mail) {
		return Backends.mail().text(mail);
	}

	/** As it was sent, without the two headers that the receiving server puts before it, of which one has the time (RFC 5321, 4.4). */
	protected String source(Mail mail) {
		try {
			var out = new java.io.ByteArrayOutputStream();
			Backends.mail().message(mail).writeTo(out);
			return out.toString(UTF_8).replaceFirst("\\AReturn-Path:.*\\r?\\n", "")
					.replaceFirst("\\AReceived:.*\\r?\\n([ \\t].*\\r?\\n)*", "");
		} catch (Exception e) {
			throw new IllegalStateException(e);
		}
	}

	/** What was said about the mails of an event, once there are that many. */
	protected List<DeliveryEvent.OfMail> outcomes(String cause, int count) {
		List<DeliveryEvent.OfMail> found = new ArrayList<>();
		await().until(() -> {
			found.clear();
			records(Topics.DELIVERY_EVENTS).stream().map(record -> json.readValue(record.value(), DeliveryEvent.class))
					.forEach(event -> {
						if (event instanceof DeliveryEvent.OfMail of && of.causeId().equals(cause)) found.add(of);
					});
			return found.size() >= count;
		});
		return found;
	}

	protected List<ConsumerRecord<String, byte[]>> records(String topic) {
		List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
		try (var consumer = new KafkaConsumer<>(
				Map.<String, Object>of("bootstrap.servers", Backends.kafka().bootstrapServers()),
				new StringDeserializer(),
				new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
					.map(info -> new TopicPartition(topic, info.partition())).toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (partitions.stream()
					.anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L)))
				consumer.poll(Duration.ofMillis(100)).forEach(all::add);
		}
		return all;
	}

	protected List<Document> ledger(String cause) {
		return collection("mails").stream().filter(mail -> mail.getString("cause").equals(cause)).toList();
	}

	protected List<Document> collection(String name) {
		return mongo.getDatabase("rollcall-notifications").getCollection(name).find().into(new ArrayList<>());
	}

	protected void allIsDone() {
		await().untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(collection("mailings")).isEmpty());
	}

	private static ECKey key() {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID("test-1").generate();
		} catch (JOSEException e) {
			throw new IllegalStateException(e);
		}
	}

	private static Path file() {
		try {
			Path file = Files.createTempFile("rollcall-keys", ".json");
			file.toFile().deleteOnExit();
			return Files.writeString(file, new JWKSet(KEY).toString(false));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
