package io.rollcall.imports.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserCommand;
import io.rollcall.contracts.UserCommandResult;
import io.rollcall.contracts.UserCommandResult.Change;
import io.rollcall.contracts.UserCommandResult.Created;
import io.rollcall.contracts.UserCommandResult.Note;
import io.rollcall.contracts.UserCommandResult.Rejected;
import io.rollcall.contracts.UserCommandResult.Unchanged;
import io.rollcall.contracts.UserCommandResult.Updated;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.testing.Backends;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Answers commands as the username asks for: {@code rejected…}, {@code updated…}, {@code unchanged…}, {@code silent…} (no
 * answer), {@code twice…} (created, then rejected: a second run that nobody should see), {@code changing…} (created in a dry
 * run, then rejected), {@code warned…} (created with a warning), {@code calming…} (with one in a dry run alone); all others are
 * created. What is undone is deactivated or has what it had, but for {@code used…} and {@code hushed…} (no answer). The answers to one poll go out in reverse order.
 */
public final class UserServicePlayer {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final UserServicePlayer INSTANCE = new UserServicePlayer();

	private final Map<UUID, List<ConsumerRecord<String, byte[]>>> seen = new ConcurrentHashMap<>();
	private final KafkaTemplate<String, byte[]> broker = new KafkaTemplate<>(
			new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", Backends.kafka().bootstrapServers()),
					new StringSerializer(), new ByteArraySerializer()));
	private final CloudEvents events = new CloudEvents(JSON);

	private UserServicePlayer() {
		Thread.ofPlatform().daemon().name("user-service").start(this::play);
	}

	/** To be called when the topics are there. */
	public static UserServicePlayer playing() {
		return INSTANCE;
	}

	/** The commands of an import, as they stood on the topic. */
	public List<ConsumerRecord<String, byte[]>> records(UUID importId) {
		return seen.getOrDefault(importId, List.of());
	}

	/** When the command was asked for. */
	public static Instant time(ConsumerRecord<String, byte[]> record) {
		return Instant.parse(new String(record.headers().lastHeader("ce_time").value(), UTF_8));
	}

	public List<UserCommand> commands(UUID importId) {
		return records(importId).stream().map(record -> JSON.readValue(record.value(), UserCommand.class)).toList();
	}

	public void publish(List<? extends UserCommandResult.OfRow> results) {
		results.stream().map(result -> events.of(result, Instant.now(), null).toRecord("user-service"))
				.map(broker::send).toList().forEach(CompletableFuture::join);
	}

	private void play() {
		try (var consumer = new KafkaConsumer<>(
				Map.<String, Object>of("bootstrap.servers", Backends.kafka().bootstrapServers(), "auto.offset.reset",
						"earliest"),
				new StringDeserializer(), new ByteArrayDeserializer())) {
			consumer.assign(consumer.partitionsFor(Topics.USER_COMMANDS).stream()
					.map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList());
			while (true) {
				List<UserCommandResult.OfRow> results = new ArrayList<>();
				for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
					UserCommand command = JSON.readValue(record.value(), UserCommand.class);
					seen.computeIfAbsent(command.importId(), _ -> new CopyOnWriteArrayList<>()).add(record);
					results.addAll(answers(command));
				}
				Collections.reverse(results);
				publish(results);
			}
		}
	}

	private static List<UserCommandResult.OfRow> answers(UserCommand c) {
		return c instanceof UserCommand.UndoRow it ? undone(it) : answersOfFile(c);
	}

	private static List<UserCommandResult.OfRow> undone(UserCommand.UndoRow c) {
		String username = c.cells().getOrDefault("Username", "");
		UserCommand.Undone undone = c.undone();
		if (username.startsWith("hushed")) return List.of();
		if (username.startsWith("used") && !undone.evenIfUsed()) {
			return List.of(new Unchanged(c.commandId(), c.importId(), c.recordNumber(), undone.accountId(),
					List.of(new Note("username", "used-since", "Somebody has signed in to the account"))));
		}
		if (undone.created()) {
			return List.of(new Updated(c.commandId(), c.importId(), c.recordNumber(), undone.accountId(),
					List.of(new Change("status", "active", "deactivated")), List.of()));
		}
		return List.of(new Updated(c.commandId(), c.importId(), c.recordNumber(), undone.accountId(),
				undone.changes().stream().map(it -> new Change(it.field(), it.after(), it.before())).toList(),
				username.startsWith("moved") ? List.of("TRAINING") : List.of(), List.of(),
				List.of(new Note("phone", "changed-since", "Phone was changed since"))));
	}

	private static List<UserCommandResult.OfRow> answersOfFile(UserCommand c) {
		String username = c.cells().getOrDefault("Username", "");
		UUID account = UUID.nameUUIDFromBytes(username.getBytes());
		var created = new Created(c.commandId(), c.importId(), c.recordNumber(), c.dryRun() ? null : account);
		if (username.startsWith("silent")) return List.of();
		if (username.startsWith("rejected")) return List.of(rejected(c));
		if (username.startsWith("changing") && !c.dryRun()) return List.of(rejected(c));
		if (username.startsWith("mistyped")) return List.of(mistyped(c));
		if (username.startsWith("moved")) {
			return List.of(new Updated(c.commandId(), c.importId(), c.recordNumber(), account,
					List.of(new Change("email", "old@a.example", "new@a.example")), List.of("TRAINING")));
		}
		if (username.startsWith("warned") || username.startsWith("calming") && c.dryRun())
			return List.of(warned(created));
		if (username.startsWith("twice")) return List.of(rejected(c), created); // reversed above
		if (username.startsWith("unchanged")) {
			return List.of(new Unchanged(c.commandId(), c.importId(), c.recordNumber(), account));
		}
		if (username.startsWith("updated")) {
			return List.of(new Updated(c.commandId(), c.importId(), c.recordNumber(), account,
					List.of(new Change("lastName", "Old", "New")), List.of()));
		}
		return List.of(created);
	}

	private static Created warned(Created c) {
		return new Created(c.commandId(), c.importId(), c.recordNumber(), c.accountId(),
				List.of(new Note("firstName", "first-name-misread", "First name has signs")));
	}

	private static Rejected mistyped(UserCommand c) {
		return new Rejected(c.commandId(), c.importId(), c.recordNumber(),
				List.of(new Note("role", "role-unknown", "Invalid role"),
						new Note("organizations", "organization-unknown", "Invalid organization number")));
	}

	private static Rejected rejected(UserCommand c) {
		return new Rejected(c.commandId(), c.importId(), c.recordNumber(),
				List.of(new Note("role", "invalid-role", "Invalid role"),
						new Note("org", "invalid-organization", "Invalid organization number")));
	}
}
