package io.rollcall.acceptance.campaign;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.crash.CrashPoint;
import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file is previewed, corrected, applied, corrected once more and sent once more; import-service or the gateway dies at each point of
 * each of these steps, and whoever asked asks again. Nothing is lost, nothing is there twice. What is asked for twice, a correction or a
 * commit, dies at the same point both times: a run has two deaths.
 */
@EnabledIfSystemProperty(named = "rollcall.campaign", matches = "true")
class DraftCrashIT {
	private static final AtomicInteger RUNS = new AtomicInteger();

	/** What is asked for, in this order. */
	private enum Step {
		CORRECT,
		APPLY,
		CORRECT_AGAIN,
		SEND_AGAIN;

		boolean isCommit() {
			return this == APPLY || this == SEND_AGAIN;
		}
	}

	private final RunningSystem system = RunningSystem.shared();
	private final Path points = system.crashPoints();
	private final PatientClient client = new PatientClient(URI.create(system.portal()), system.bootstrapClientSecret());
	private final String name = "draft" + RUNS.incrementAndGet();
	private final List<Row> people = People.of(name, 5);

	static Stream<Arguments> everyPointOfEveryStep() {
		return Part.of(Stream.of(false, true).flatMap(commit -> pointsOf(commit)
				.map(point -> Arguments.of(commit ? "commit" : "correction", point.service(), point, commit)))
				.toList());
	}

	private static Stream<CrashPoint> pointsOf(boolean commit) {
		var of = new ArrayList<>(List.of(CrashPoint.REQUEST_TAKEN, CrashPoint.REQUEST_ANSWERED));
		of.addAll(commit
				? List.of(CrashPoint.COMMIT_PAID, CrashPoint.COMMIT_DECIDED, CrashPoint.FILE_KEPT,
						CrashPoint.IMPORT_STORED, CrashPoint.COMMIT_STORED, CrashPoint.COMMIT_NOTED,
						CrashPoint.COMMIT_SETTLED)
				: List.of(CrashPoint.CORRECTION_READ, CrashPoint.CORRECTION_SAVED));
		return of.stream();
	}

	@ParameterizedTest(name = "each {0}: {1} dies at {2}")
	@MethodSource("everyPointOfEveryStep")
	void whoAsksAgainHasItOnce(String what, String service, CrashPoint point, boolean commitDies) throws IOException {
		List<Row> rows = new ArrayList<>(people);
		for (int faulty : List.of(1, 3, 4))
			rows.set(faulty, rows.get(faulty).with(Column.ROLE, "XX"));
		system.awaitRest();
		long newestMail = system.inbox().newest();
		String preview = system.imports().preview(name + ".csv", People.file(rows), "add").id();

		String applied = "";
		String sent = "";
		for (Step step : Step.values()) {
			String of = applied.isEmpty() ? preview : applied;
			JsonNode said = dying(step.isCommit() == commitDies ? point : null, () -> switch (step) {
				case CORRECT -> correct(of, 2, 4);
				case CORRECT_AGAIN -> correct(of, 5);
				case APPLY, SEND_AGAIN -> commit(of);
			}).join();
			if (step == Step.APPLY) applied = said.path("id").asString();
			if (step == Step.SEND_AGAIN) sent = said.path("id").asString();
			if (step.isCommit()) completed(said.path("id").asString());
		}

		assertThat(system.imports().rows(applied)).extracting(it -> it.outcome()).containsExactly("created", "created",
				"created", "created", "rejected");
		assertThat(system.imports().rows(sent)).extracting(it -> it.outcome()).containsExactly("created");
		assertThat(client.get("/api/imports/" + preview).path("open").asInt()).isZero();
		JsonNode draft = client.get("/api/imports/" + applied + "/draft");
		assertThat(draft.path("corrections")).isEmpty();
		assertThat(draft.path("sent").valueStream().map(it -> it.path("importId").asString())).containsExactly(sent);
		assertThat(client.get("/api/imports?search=" + name + ".csv").path("totalItems").asInt()).isEqualTo(3);
		system.awaitMails(newestMail, 4 * people.size());
		system.awaitRest();
		assertThat(system.inbox().countAfter(newestMail)).isEqualTo(4 * people.size());
		Newcomers.areThereOnce(system, name, people);
	}

	/** Asks, and starts again what dies meanwhile. */
	private CompletableFuture<JsonNode> dying(@Nullable CrashPoint point, Supplier<JsonNode> asks)
			throws IOException {
		client.get("/api/imports?size=1"); // so that there is a token: the step is the next request of all
		if (point == null) return CompletableFuture.completedFuture(asks.get());
		Path halt = points.resolve(point.id() + ".halt");
		Path hits = points.resolve(point.id());
		Files.writeString(halt, String.valueOf((Files.exists(hits) ? Files.size(hits) : 0) + 1));
		var answer = CompletableFuture.supplyAsync(asks);
		Await.until(point.service() + " dies at " + point.id(), () -> system.runs(point.service()) ? null : true);
		Files.delete(halt);
		system.start(point.service());
		return answer;
	}

	private JsonNode correct(String id, int... records) {
		StringBuilder corrections = new StringBuilder();
		for (int record : records)
			corrections.append(corrections.isEmpty() ? "" : ",")
					.append("{\"recordNumber\":%d,\"cells\":{\"Role\":\"TA\"}}".formatted(record));
		return answered("/draft", id, HttpRequest.newBuilder().header("Content-Type", "application/json")
				.method("PATCH", BodyPublishers.ofString("{\"corrections\":[" + corrections + "]}")), 200);
	}

	private JsonNode commit(String id) {
		return answered("/commit", id, HttpRequest.newBuilder().POST(BodyPublishers.noBody()), 202);
	}

	private JsonNode answered(String what, String id, HttpRequest.Builder request, int status) {
		HttpResponse<byte[]> answer = client.patiently("/api/imports/" + id + what, request);
		assertThat(answer.statusCode()).as(PatientClient.describe(answer)).isEqualTo(status);
		return PatientClient.json(answer);
	}

	private void completed(String id) {
		Await.until("the import " + id,
				() -> client.get("/api/imports/" + id).path("status").asString().equals("completed") ? true : null);
	}
}
