package io.rollcall.acceptance.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Databases;
import io.rollcall.acceptance.system.Inbox;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every program, broker and database among them, is killed at random while files are imported and forms edited. Then all is
 * counted: each row ended once and as it should, each account is there once, each acknowledged change is in its history, each
 * person has their mails, and nothing is left over anywhere.
 */
@EnabledIfSystemProperty(named = "rollcall.campaign", matches = "true")
class CampaignIT {
	/** The promise; more for a machine that has other things to do. */
	private static final Duration QUIET = Duration.ofSeconds(Long.getLong("rollcall.campaign.quiet", 60));

	private final RunningSystem system = RunningSystem.shared();
	private final Plan plan = Plan.fromProperties();

	@Test
	void whateverIsKilledWheneverEachRowEndsOnceAndNoChangeIsLost() throws Exception {
		system.awaitRest();
		String prefix = "campaign" + Long.toString(plan.seed(), 36);
		var client = new PatientClient(java.net.URI.create(system.portal()), system.bootstrapClientSecret());
		var killer = new Killer(system, plan);
		var uploads = new Uploads(client, plan, killer::done, prefix);
		var edits = new Edits(client, prefix);
		edits.prepare();
		long newestMail = system.inbox().newest();
		Map<String, Long> deadBefore = deadLetters();
		long begun = System.nanoTime();

		int completed;
		List<List<String>> imports = new ArrayList<>();
		var goOn = new AtomicBoolean(true);
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> kills = threads.submit(killer);
			List<Future<?>> writers = new ArrayList<>();
			IntStream.range(0, Plan.EDITORS)
					.forEach(i -> writers.add(threads.submit(() -> edits.run(i, plan.seed(), goOn::get))));
			List<Future<List<String>>> districts = new ArrayList<>();
			for (int i = 0; i < Plan.UPLOADERS; i++) {
				int district = i;
				Callable<List<String>> task = () -> uploads.run(district);
				districts.add(threads.submit(task));
			}
			kills.get();
			completed = uploads.completed();
			goOn.set(false);
			killer.restoreAll();
			for (var district : districts)
				imports.add(district.get());
			for (var writer : writers)
				writer.get();
		} finally {
			goOn.set(false);
			killer.restoreAll();
		}
		long worked = System.nanoTime();
		String left;
		try {
			left = Await.until("nothing is left over", QUIET, this::whenNothingIsLeft);
		} catch (AssertionError e) {
			throw new AssertionError(
					e.getMessage() + ": lag " + system.topics().lag() + ", accounts that owe " + owing(),
					e);
		}
		long quiet = System.nanoTime();

		System.out.printf(
				"Campaign, seed %d: %d rows in %d files, %d of them complete before the last kill, %s, %d kills %s in %.0f s; at rest %.1f s after the last summary (%s)%n",
				plan.seed(), plan.files() * Plan.ROWS_A_FILE, plan.files(), completed, edits.figures(), killer.done(),
				killer.deaths(), (worked - begun) / 1e9, (quiet - worked) / 1e9, left);

		for (int district = 0; district < Plan.UPLOADERS; district++) {
			List<Uploads.File> files = uploads.files(district);
			for (int i = 0; i < files.size(); i++)
				assertThat(uploads.differences(files.get(i), imports.get(district).get(i))).isEmpty();
		}
		List<String> people = uploads.people();
		List<JsonNode> events = system.topics().values("user-events");
		assertThat(edits.contradictions(events)).isEmpty();
		everyAccountIsThereOnce(prefix, people, events, edits.usernames());
		assertThat(deadLetters()).isEqualTo(deadBefore);
		everybodyHasTheirMails(people, uploads, newestMail);
		assertThat(deadLetters()).as("after the mails").isEqualTo(deadBefore);
	}

	/** Lag, outboxes, mails; null while there is any. */
	private String whenNothingIsLeft() {
		return system.topics().lag() == 0 && owing() == 0 ? "lag 0, outboxes empty" : null;
	}

	private long owing() {
		return system.databases().collection(Databases.USERS, "accounts")
				.countDocuments(new Document("outbox.time", new Document("$exists", true)));
	}

	private Map<String, Long> deadLetters() {
		var letters = new TreeMap<String, Long>();
		system.topics().names().stream().filter(it -> it.endsWith(".dlq"))
				.forEach(it -> letters.put(it, system.topics().size(it)));
		return letters;
	}

	private void everyAccountIsThereOnce(String prefix, List<String> people, List<JsonNode> events,
			List<String> edited) {
		Map<String, Set<String>> ids = new HashMap<>();
		for (JsonNode event : events) {
			String username = event.path("account").path("username").asString();
			if (username.startsWith(prefix + "."))
				ids.computeIfAbsent(username, _ -> new HashSet<>()).add(event.path("accountId").asString());
		}
		var expected = new HashSet<>(people);
		expected.addAll(edited);
		assertThat(ids.keySet()).isEqualTo(expected);
		assertThat(ids.values()).allSatisfy(it -> assertThat(it).hasSize(1));
		Set<String> stored = new HashSet<>();
		system.databases().documents(Databases.USERS).keySet().stream()
				.filter(it -> it.startsWith("accounts " + "BsonString{value='" + prefix + ".")).forEach(
						it -> stored.add(it.substring(it.indexOf('\'') + 1, it.lastIndexOf('\''))));
		assertThat(stored).isEqualTo(expected);
	}

	/** Mails give way to rows, so what is left of them may be a hundred thousand: it is waited for as long as any comes. */
	private void everybodyHasTheirMails(List<String> people, Uploads uploads, long newest) {
		Await.steady("four mails a person", () -> system.inbox().countAfter(newest), it -> it >= 4 * people.size());
		Map<String, Set<String>> idsTo = Await.until("each mail has arrived", QUIET, () -> {
			Map<String, Set<String>> found = new HashMap<>();
			for (Inbox.Line mail : system.inbox().linesAfter(newest))
				found.computeIfAbsent(mail.recipient(), _ -> new HashSet<>()).add(mail.messageId());
			return people.stream().allMatch(it -> found.getOrDefault(uploads.email(it), Set.of()).size() >= 4)
					? found
					: null;
		});
		people.forEach(it -> assertThat(idsTo.get(uploads.email(it))).as(it).hasSize(4));
	}
}
