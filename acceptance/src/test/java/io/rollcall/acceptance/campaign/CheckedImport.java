package io.rollcall.acceptance.campaign;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Inbox;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** An import of new people, with a row for somebody who is there twice and a wrong row, of which everything is counted in the end. */
final class CheckedImport {
	private final RunningSystem system;
	private final PatientClient client;
	private final String name;
	private final List<Row> people;
	private final long newestMail;
	private final Map<String, Long> deadLetters;
	private CompletableFuture<String> id = new CompletableFuture<>();
	private long doneSince;

	private CheckedImport(RunningSystem system, PatientClient client, List<Row> people) {
		this.system = system;
		this.client = client;
		this.people = people;
		this.name = people.getFirst().cell(Column.USERNAME).replaceFirst("\\..*", "");
		this.newestMail = system.inbox().newest();
		this.deadLetters = deadLetters();
	}

	/** @param people of one {@link People#of} */
	static CheckedImport of(RunningSystem system, PatientClient client, List<Row> people) {
		return new CheckedImport(system, client, people);
	}

	/** Hands it in, and does not wait. */
	CheckedImport handIn() {
		var rows = new ArrayList<>(people);
		rows.add(rows.getFirst().with(Column.LNAME, "Twice"));
		rows.add(rows.getFirst().with(Column.USERNAME, name + ".wrong").with(Column.ROLE, "XX"));
		byte[] file = People.file(rows);
		id = CompletableFuture.supplyAsync(() -> client.upload(name + ".csv", file, "add", name));
		return this;
	}

	/** Whether its summary is there, and its mails are; while nobody can be asked, they are not. */
	boolean isDone() {
		if (!id.isDone() || system.inbox().countAfter(newestMail) < 4 * people.size()) return false;
		var answer = client.once("/api/imports/" + id.join(), HttpRequest.newBuilder().GET());
		return answer != null && answer.statusCode() == 200
				&& PatientClient.json(answer).path("status").asString().equals("completed");
	}

	/** Whether all that can be seen of it has been done for so long. */
	boolean isDoneSince(Duration time) {
		boolean done = isDone() && system.topics().lag() == 0;
		if (!done) doneSince = 0;
		else if (doneSince == 0) doneSince = System.nanoTime();
		return done && System.nanoTime() - doneSince > time.toNanos();
	}

	/** Waits for its end and counts everything; returns the mails that came twice. */
	Set<String> finish() {
		String imported = id.join();
		JsonNode summary = Await.until("the import " + name, () -> {
			JsonNode now = client.get("/api/imports/" + imported);
			return now.path("status").asString().equals("completed") ? now : null;
		});
		system.awaitMails(newestMail, 4 * people.size());
		system.awaitRest();
		assertThat(summary.path("created").asInt()).isEqualTo(people.size());
		assertThat(summary.path("rejected").asInt()).isEqualTo(2);
		assertThat(client.get("/api/imports/" + imported + "/rows?size=500").path("items").valueStream()
				.map(row -> row.path("outcome").asString()))
				.isEqualTo(Stream.concat(Stream.generate(() -> "created").limit(people.size()),
						Stream.of("rejected", "rejected")).toList());
		Newcomers.areThereOnce(system, name, people);
		assertThat(deadLetters()).isEqualTo(deadLetters);
		return repeatedMails();
	}

	private Set<String> repeatedMails() {
		Map<String, Set<String>> idsTo = new HashMap<>();
		Set<String> repeated = new HashSet<>();
		for (Inbox.Line mail : system.inbox().linesAfter(newestMail)) {
			if (!idsTo.computeIfAbsent(mail.recipient(), _ -> new HashSet<>()).add(mail.messageId()))
				repeated.add(mail.messageId());
		}
		for (Row row : people)
			assertThat(idsTo.get(row.cell(Column.EMAIL))).as(row.cell(Column.EMAIL)).hasSize(4);
		return repeated;
	}

	private Map<String, Long> deadLetters() {
		var letters = new TreeMap<String, Long>();
		system.topics().names().stream().filter(it -> it.endsWith(".dlq"))
				.forEach(it -> letters.put(it, system.topics().size(it)));
		return letters;
	}
}
