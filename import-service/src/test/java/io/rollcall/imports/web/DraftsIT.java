package io.rollcall.imports.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.UserCommand;
import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.NewImport;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.draft.Draft;
import io.rollcall.imports.draft.DraftRepository;
import io.rollcall.imports.draft.Sending;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.Correction;
import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.Client.Answer;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.platform.Traceparent;
import io.rollcall.platform.persistence.Retention;
import io.rollcall.testing.Backends;

import static io.rollcall.imports.testing.Client.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Corrections belong to the import: kept as its draft, taken along once by a commit. */
class DraftsIT extends WholeService {
	private static final JsonMapper JSON = JsonMapper.builder().build();

	@LocalServerPort
	int port;
	@Autowired
	private DraftRepository drafts;
	@Autowired
	private ImportRepository imports;
	@Autowired
	private Retention retention;

	private final UUID account = UUID.randomUUID();
	private Client client;
	private UserServicePlayer userService;

	@BeforeEach
	void prepare() {
		client = new Client(port, Backends.issuer().districtCoordinator(account, "00050000"));
		userService = UserServicePlayer.playing();
	}

	private JsonNode uploaded(String action, boolean dryRun, String content) {
		Answer answer = client.upload(Map.of("action", action, "dryRun", String.valueOf(dryRun)), "staff.csv",
				content.getBytes(UTF_8), Map.of());
		assertThat(answer.status()).as(answer.text()).isEqualTo(202);
		return client.completed(answer.json());
	}

	private static UUID id(JsonNode imported) {
		return UUID.fromString(imported.path("id").asString());
	}

	private JsonNode get(UUID id) {
		return client.get("/api/imports/" + id).json();
	}

	private JsonNode rows(UUID id) {
		return client.get("/api/imports/" + id + "/rows").json().path("items");
	}

	private Answer draft(UUID id) {
		return client.get("/api/imports/" + id + "/draft");
	}

	/** A correction of a record, by pairs of column and cell. */
	private static Map<String, Object> record(int number, String... cells) {
		Map<String, Object> named = new HashMap<>();
		for (int i = 0; i < cells.length; i += 2)
			named.put(cells[i], cells[i + 1]);
		return Map.of("recordNumber", number, "cells", named);
	}

	private Answer patch(Client who, UUID id, Object body, String... headers) {
		var request = who.request("/api/imports/" + id + "/draft").header("Content-Type", "application/json")
				.method("PATCH", BodyPublishers.ofString(JSON.writeValueAsString(body)));
		if (headers.length > 0) request.headers(headers);
		return who.send(request);
	}

	private Answer correct(UUID id, Object... corrections) {
		return patch(client, id, Map.of("corrections", List.of(corrections)));
	}

	private Answer corrected(UUID id, Object... corrections) {
		Answer answer = correct(id, corrections);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		return answer;
	}

	private Answer commit(UUID id, String... headers) {
		var request = client.request("/api/imports/" + id + "/commit").POST(BodyPublishers.noBody());
		if (headers.length > 0) request.headers(headers);
		return client.send(request);
	}

	private JsonNode committed(UUID id, String... headers) {
		Answer answer = commit(id, headers);
		assertThat(answer.status()).as(answer.text()).isEqualTo(202);
		return client.completed(answer.json());
	}

	@Test
	void draftIsMergedByCellAndKept() {
		UUID id = id(uploaded("add", true, file("draft1", "rejectedDraft2")));
		assertThat(draft(id).header("ETag")).isEqualTo("\"0\"");
		assertThat(draft(id).json().path("corrections")).isEmpty();
		assertThat(draft(id).json().path("sent")).isEmpty();

		corrected(id, record(2, "Role", "STC", "phone", "978-555-0101"), record(1, "Fname", "'=Maria"));
		Answer answer = corrected(id, record(2, "Phone", null, "ORG", "00050000-00050304"));
		assertThat(answer.header("ETag")).isEqualTo("\"2\"");
		assertThat(answer.text()).isEqualTo(draft(id).text());
		JsonNode corrections = answer.json().path("corrections");
		assertThat(corrections.valueStream().map(it -> it.path("recordNumber") + " " + it.path("cells")))
				.containsExactly("1 {\"Fname\":\"=Maria\"}", "2 {\"Role\":\"STC\",\"Org\":\"00050000-00050304\"}");
		assertThat(corrections.get(0).path("by").asString()).isEqualTo(get(id).path("submittedBy").asString());
		assertThat(get(id).path("corrections").asInt()).isEqualTo(2);
		assertThat(client.get("/api/imports").json().path("items").get(0).path("corrections").asInt()).isEqualTo(2);
		assertThat(rows(id).get(1).path("cells").path("Role").asString()).as("as uploaded").isEqualTo("TA");
	}

	@Test
	void commitAppliesTheWholeFileWithItsDraftOnce() {
		JsonNode preview = uploaded("update", true, file("whole1", "rejectedWhole2", "whole3"));
		corrected(id(preview), record(2, "Username", "whole2", "Phone", "978-555-0101"));
		String at = draft(id(preview)).json().path("corrections").get(0).path("at").asString();

		JsonNode applied = committed(id(preview));
		UUID id = id(applied);
		assertThat(applied.path("created").asInt()).isEqualTo(3);
		assertThat(applied.path("changedSincePreview").asInt()).as("of the corrected one nothing was foretold")
				.isZero();
		assertThat(applied.path("previewOf").asString()).isEqualTo(id(preview).toString());
		for (UserCommand command : userService.commands(id)) {
			assertThat(command.cells()).as("record " + command.recordNumber())
					.containsEntry("Username", "whole" + command.recordNumber());
			assertThat(command.cells().get("Phone")).isEqualTo(command.recordNumber() == 2 ? "978-555-0101" : null);
		}
		Set<Instant> times = new HashSet<>();
		userService.records(id).forEach(it -> times.add(UserServicePlayer.time(it)));
		assertThat(times).containsExactlyInAnyOrder(Instant.parse(preview.path("submittedAt").asString()),
				Instant.parse(at));
		JsonNode row = rows(id).get(1);
		assertThat(row.path("cells").path("Username").asString()).isEqualTo("whole2");
		assertThat(row.path("correction").path("uploaded").toString())
				.isEqualTo("{\"Username\":\"rejectedWhole2\",\"Phone\":null}");
		assertThat(row.path("correction").path("at").asString()).isEqualTo(at);
		assertThat(rows(id).get(0).path("correction").isNull()).isTrue();
		assertThat(client.get("/api/imports/" + id + "/file").text()).as("as uploaded").contains("rejectedWhole2");

		JsonNode after = draft(id(preview)).json();
		assertThat(after.path("corrections")).isEmpty();
		assertThat(after.path("sent").get(0).path("importId").asString()).isEqualTo(id.toString());
		assertThat(after.path("sent").get(0).path("recordNumbers").toString()).isEqualTo("[2]");
		assertThat(get(id(preview)).path("committedAs").asString()).isEqualTo(id.toString());
		assertThat(get(id(preview)).path("open").asInt()).isZero();
		correct(id(preview), record(1, "Role", "TA")).isProblem(409, "import-committed");
		correct(id(preview), record(2, "Username", null)).isProblem(409, "import-committed");
		assertThat(id(committed(id(preview)))).isEqualTo(id);
		assertThat(userService.commands(id)).hasSize(3);
	}

	@Test
	void whatWasForetoldOfARecordDoesNotHoldWhenItIsCorrected() {
		JsonNode preview = uploaded("add", true, file("changingKept", "changingCorrected"));
		corrected(id(preview), record(2, "Fname", "Mary"));
		JsonNode applied = committed(id(preview));
		assertThat(applied.path("rejected").asInt()).isEqualTo(2);
		assertThat(applied.path("changedSincePreview").asInt()).isEqualTo(1);
		assertThat(rows(id(applied)).get(0).path("preview").path("outcome").asString()).isEqualTo("created");
		assertThat(rows(id(applied)).get(1).path("preview").isNull()).isTrue();
		assertThat(get(id(preview)).path("open").asInt()).as("with those of its commit").isEqualTo(2);
	}

	@Test
	void rejectedRecordsOfAnAppliedImportAreSentOnceMoreWhenTheyAreCorrected() {
		JsonNode first = uploaded("add", false, file("fine1", "rejected2", "fine3", "rejected4", "rejected5"));
		assertThat(first.path("open").asInt()).isEqualTo(3);
		correct(id(first), record(4, "Role", "TA"), record(1, "Role", "TA")).isProblem(409, "record-not-open");
		assertThat(draft(id(first)).json().path("corrections")).as("none of the two").isEmpty();
		commit(id(first)).isProblem(409, "nothing-corrected");
		corrected(id(first), record(5, "Username", "corrected5"), record(2, "Role", "STC"));

		JsonNode second = committed(id(first));
		assertThat(second.path("total").asInt()).isEqualTo(2);
		assertThat(second.path("created").asInt()).isEqualTo(1);
		assertThat(second.path("fileName").asString()).isEqualTo("staff.csv");
		assertThat(second.path("correctionOf").asString()).isEqualTo(id(first).toString());
		assertThat(second.path("warnings")).as("it is the same content, and meant to be").isEmpty();
		assertThat(userService.commands(id(second)).stream().map(it -> it.cells().get("Username")))
				.containsExactlyInAnyOrder("rejected2", "corrected5");
		JsonNode after = get(id(first));
		assertThat(after.path("followUps").toString()).isEqualTo("[\"" + id(second) + "\"]");
		assertThat(after.path("open").asInt()).as("one here, one there").isEqualTo(2);
		assertThat(after.path("corrections").asInt()).isZero();
		assertThat(draft(id(first)).json().path("sent").get(0).path("recordNumbers").toString()).isEqualTo("[2,5]");

		assertThat(id(committed(id(first)))).as("the same request again").isEqualTo(id(second));
		correct(id(first), record(2, "Role", "TA")).isProblem(409, "record-not-open");
		correct(id(first), record(2, "Role", null)).isProblem(409, "record-not-open");
		corrected(id(first), record(4, "Username", "corrected4"));
		JsonNode third = committed(id(first));
		assertThat(id(third)).isNotEqualTo(id(second));
		corrected(id(second), record(1, "Username", "corrected2"));
		JsonNode fourth = committed(id(second));
		assertThat(fourth.path("created").asInt()).isEqualTo(1);
		assertThat(rows(id(fourth)).get(0).path("cells").path("Role").asString()).as("corrected before")
				.isEqualTo("STC");
		assertThat(get(id(first)).path("open").asInt()).isZero();
		assertThat(client.get("/api/imports").json().path("items").valueStream()
				.filter(it -> it.path("id").asString().equals(id(first).toString())).findFirst().orElseThrow()
				.path("followUps")).hasSize(2);
		assertThat(client.get("/api/imports/" + id(second) + "/errors").text()).contains("rejected2", ",STC,")
				.doesNotContain("corrected5");
	}

	@Test
	void whoHasSeenAnotherDraftIsToldSo() {
		UUID id = id(uploaded("add", true, file("tag1", "rejectedTag2")));
		var correction = Map.of("corrections", List.of(record(2, "Username", "tag2")));
		assertThat(patch(client, id, correction, "If-Match", "\"0\"").header("ETag")).isEqualTo("\"1\"");
		assertThat(patch(client, id, correction, "If-Match", "\"0\"").header("ETag")).as("its answer was lost")
				.isEqualTo("\"1\"");
		patch(client, id, Map.of("corrections", List.of(record(2, "Username", "other"))), "If-Match", "\"0\"")
				.isProblem(412, "draft-changed");
		commit(id, "If-Match", "\"0\"").isProblem(412, "draft-changed");
		commit(id, "If-Match", "none of ours").isProblem(412, "draft-changed");

		JsonNode applied = committed(id, "If-Match", "W/\"1-gzip\"");
		assertThat(id(committed(id, "If-Match", "\"1\""))).as("its answer was lost").isEqualTo(id(applied));
		assertThat(id(committed(id, "If-Match", draft(id).header("ETag")))).isEqualTo(id(applied));
		assertThat(id(committed(id, "If-Match", "*"))).isEqualTo(id(applied));
		commit(id, "If-Match", "\"0\"").isProblem(412, "draft-changed");
	}

	@Test
	void repeatedCommitOfOneVersionTakesNoLaterCorrectionAlong() {
		UUID id = id(uploaded("add", false, file("rejectedOnce1", "rejectedOnce2")));
		String tag = corrected(id, record(1, "Username", "once1")).header("ETag");
		UUID first = id(committed(id, "If-Match", tag));
		corrected(id, record(2, "Username", "once2"));
		assertThat(id(committed(id, "If-Match", tag))).isEqualTo(first);
		assertThat(get(id).path("corrections").asInt()).isEqualTo(1);
		assertThat(id(committed(id))).isNotEqualTo(first);
	}

	/** Two tabs, many times: what was answered with success is in the one import, and nothing is in two. */
	@Test
	void whoCorrectsWhileOthersCommitIsTakenAlongOrRefused() throws Exception {
		String[] names = IntStream.rangeClosed(1, 12).mapToObj(i -> "rejectedRace" + i).toArray(String[]::new);
		for (boolean dryRun : List.of(true, false)) {
			UUID id = id(uploaded("add", dryRun, file(names)));
			corrected(id, record(1, "Username", "race1"));
			Map<Integer, Integer> answered = new TreeMap<>();
			List<Callable<Answer>> work = new ArrayList<>();
			for (int i = 2; i <= names.length; i++) {
				int number = i;
				work.add(() -> correct(id, record(number, "Username", "race" + number)));
				work.add(() -> commit(id));
			}
			Set<UUID> made = new HashSet<>();
			try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
				List<Future<Answer>> answers = threads.invokeAll(work);
				for (int i = 0; i < answers.size(); i++) {
					Answer answer = answers.get(i).get();
					if (i % 2 == 0) answered.put(2 + i / 2, answer.status());
					else
						made.add(id(answer.json()));
				}
			}
			assertThat(answered.values()).isSubsetOf(200, 409);
			if (dryRun) {
				assertThat(made).hasSize(1);
			} else {
				assertThat(answered.values()).as("not sent yet, each of them").containsOnly(200);
				made.add(id(committed(id))); // what came last
			}
			List<String> corrected = new ArrayList<>();
			for (UUID each : made) {
				client.completed(get(each));
				userService.commands(each).stream().map(it -> it.cells().get("Username"))
						.filter(it -> it.startsWith("race")).forEach(corrected::add);
			}
			assertThat(corrected).containsExactlyInAnyOrderElementsOf(
					IntStream.rangeClosed(1, names.length).filter(i -> answered.getOrDefault(i, 200) == 200)
							.mapToObj(i -> "race" + i).toList());
		}
	}

	@Test
	void whatADeadProcessDecidedIsCarriedOut() {
		JsonNode source = uploaded("add", false, file("rejectedDead1", "rejectedDead2"));
		var submitter = new Submitter(account, "dead", "DTC", Set.of("00050000"), Set.of("00050000"),
				Set.of("manage-users"));
		Instant then = Instant.parse(source.path("submittedAt").asString()).minusSeconds(60);
		UUID as = UUID.randomUUID();
		var corrections = new TreeMap<>(Map.of(2, new Correction(Map.of(Column.USERNAME, "dead2"), "dead", then)));
		assertThat(drafts.save(new Draft(id(source), 1, new TreeMap<>(),
				List.of(new Sending(as, 0, corrections, submitter, then, Traceparent.start())), then),
				Instant.now().plus(Duration.ofDays(1)))).isTrue();

		await().until(() -> drafts.find(id(source)).orElseThrow().owedSince() == null);
		assertThat(client.completed(get(as)).path("created").asInt()).isEqualTo(1);
		assertThat(get(id(source)).path("followUps").get(0).asString()).isEqualTo(as.toString());
		assertThat(drafts.find(id(source)).orElseThrow().owedSince()).isNull();
	}

	@Test
	void onlyWhoUploadedItCorrectsIt() {
		UUID id = id(uploaded("add", true, file("own1")));
		Client colleague = new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), "00050000"));
		assertThat(colleague.get("/api/imports/" + id + "/draft").status()).isEqualTo(200);
		var correction = Map.of("corrections", List.of(record(1, "Role", "TA")));
		patch(colleague, id, correction).isProblem(403, "not-own");
		Client elsewhere = new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), "00350000"));
		elsewhere.get("/api/imports/" + id + "/draft").isProblem(404, "not-found");
		patch(elsewhere, id, correction).isProblem(404, "not-found");
		Client moved = new Client(port, Backends.issuer().districtCoordinator(account, "00350000"));
		patch(moved, id, correction).isProblem(404, "not-found");
	}

	@Test
	void faultsAreNamedWhereTheyStand() {
		UUID id = id(uploaded("add", true, file("fault1", "fault2")));
		patch(client, id, Map.of()).isProblem(422, "invalid-request");
		Answer answer = correct(id, record(1, "Role", "TA"), record(3, "Role", "TA"),
				record(1, "Colour", "blue", "role", "STC", "ROLE", "TC"), record(2, "Org", "x".repeat(10_001)));
		answer.isProblem(422, "invalid-request");
		assertThat(answer.json().path("errors").valueStream()
				.map(it -> it.path("field").asString() + " " + it.path("code").asString()))
				.containsExactlyInAnyOrder("corrections[1].recordNumber unknown-record",
						"corrections[2].recordNumber given-twice", "corrections[2].cells.Colour unknown-column",
						"corrections[2].cells.Role given-twice", "corrections[3].cells.Org cell-too-long");
		assertThat(draft(id).header("ETag")).as("nothing of it was taken").isEqualTo("\"0\"");
	}

	@Test
	void aChainOfCorrectionsEnds() {
		UUID first = id(uploaded("add", false, file("rejectedChain")));
		UUID last = first;
		for (int i = 1; i <= 20; i++) {
			corrected(last, record(1, "Fname", "Maria " + i));
			last = id(committed(last));
		}
		correct(last, record(1, "Fname", "Mary")).isProblem(409, "too-many-corrections");
		assertThat(get(first).path("open").asInt()).isEqualTo(1);
	}

	/** An older release knows no drafts. */
	@Test
	void commitThatLeftTheDraftOutIsNotTakenForOneThatHasIt() {
		JsonNode preview = uploaded("add", true, file("older1"));
		corrected(id(preview), record(1, "Fname", "Mary"));
		ImportedRows rows = imports.rows(id(preview)).orElseThrow();
		Submission of = rows.submission();
		UUID as = UUID.nameUUIDFromBytes(("commit/" + id(preview)).getBytes(UTF_8));
		imports.add(NewImport.of(as, new Submission(of.action(), false, of.fileName(), of.sha256(), of.bytes(),
				of.submitter(), of.submittedAt(), of.traceparent(), null, id(preview), of.submittedAt(), null, null),
				rows.file(), rows.outcomes(), Instant.now().plus(Duration.ofDays(1))));
		commit(id(preview)).isProblem(409, "import-committed");
		correct(id(preview), record(1, "Fname", "Marie")).isProblem(409, "import-committed");
		client.completed(get(as));
	}

	@Test
	void draftGoesWithTheRows() {
		UUID id = id(uploaded("add", false, file("rejectedOld1")));
		corrected(id, record(1, "Username", "old1"));
		UUID followUp = id(committed(id));
		retention.sweep(Instant.now().plus(Duration.ofDays(91)));
		assertThat(drafts.find(id)).isEmpty();
		draft(id).isProblem(410, "no-longer-kept");
		correct(id, record(1, "Role", "TA")).isProblem(410, "no-longer-kept");
		commit(id).isProblem(409, "nothing-corrected");
		assertThat(get(id).path("followUps").get(0).asString()).isEqualTo(followUp.toString());
		assertThat(get(id).path("open").asInt()).isZero();
	}
}
