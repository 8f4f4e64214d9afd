package io.rollcall.imports.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import io.rollcall.imports.CompletionOutbox;
import io.rollcall.imports.Import;
import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.OpenImport;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.UploadQuota;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.UploadedFiles;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Counts;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.platform.persistence.PauseSwitch;
import io.rollcall.platform.persistence.Retention;
import io.rollcall.platform.testing.Backend;
import io.rollcall.platform.testing.PersistenceContext;
import io.rollcall.platform.testing.StoredDocuments;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands in the database is read, and written again to the byte ({@link StoredDocuments}). */
class StoredDocumentsTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
	private static final Instant UNTIL = NOW.plus(Duration.ofDays(30));
	private static final UUID ID = UUID.fromString("0190aaaa-0000-7000-8000-000000000001");
	private static final UUID DRY_RUN = UUID.fromString("0190aaaa-0000-7000-8000-000000000002");
	private static final UUID ACCOUNT = UUID.fromString("0190aaaa-0000-7000-8000-000000000003");
	private static final UserFile FILE = new UserFile(List.of("Username", "Fname"),
			List.of(List.of("maria", "María"), List.of("jo", ""), List.of("kim", "Kim"), List.of()));
	private static final Map<Integer, Outcome> OUTCOMES = new TreeMap<>(Map.of(1, new Outcome.Created(ACCOUNT), 2,
			new Outcome.Updated(ACCOUNT, List.of(new Outcome.Change("email", "a@b.example", "c@d.example")),
					List.of("PORTAL")),
			3, new Outcome.Unchanged(ACCOUNT), 4,
			new Outcome.Rejected(List.of(new Note("fax", "fax-format", "Fax number must be in xxx-xxx-xxxx format")))));

	private final PersistenceContext context = PersistenceContext.on(Backend.EMBEDDED, NOW)
			.with(UploadQuota.Limits.class,
					() -> new UploadQuota.Limits(DataSize.ofMegabytes(1), 10, DataSize.ofMegabytes(1)))
			.start("io.rollcall.imports.persistence");
	private final StoredDocuments stored = context.stored();
	private final ImportRepository imports = context.get(ImportRepository.class);

	@AfterEach
	void close() {
		context.close();
	}

	private static Submission full() {
		return new Submission(Action.ADD, false, "staff.csv", "aabbcc", 1234,
				new Submitter(ACCOUNT, "doe.jane", "DTC", Set.of("00050000"), Set.of("00050000"), Set.of("users")), NOW,
				"00-trace-span-01", "account/key", DRY_RUN, DRY_RUN);
	}

	private static Submission sparse() {
		return new Submission(Action.UPDATE, true, "staff.csv", "aabbcc", 1234,
				new Submitter(ACCOUNT, null, "SC", Set.of(), Set.of(), Set.of()), NOW, "00-trace-span-01", null, null,
				null);
	}

	@Test
	void importWithAllThatItCanHave() {
		Map<Integer, Outcome> preview = new TreeMap<>(OUTCOMES);
		preview.put(1, new Outcome.Created(null));
		assertThat(imports.add(ID, full(), FILE, preview, UNTIL)).isTrue();
		assertThat(imports.add(DRY_RUN, full(), FILE, preview, UNTIL)).as("the same key").isFalse();
		stored.assertHolds("imports", "full");
		stored.assertHolds("rows", "full");
		assertThat(imports.find(ID))
				.contains(new ImportSummary(ID, full(), 4, 0, Counts.NONE, null, null, 0, null, UNTIL));
		assertThat(imports.findByIdempotencyKey("account/key")).isPresent();
		assertThat(imports.rows(ID)).contains(new ImportedRows(ID, full(), FILE, Map.of(), preview));
		assertThat(imports.latestOf(ACCOUNT, Action.ADD, "aabbcc", NOW)).contains(ID);

		imports.dispatched(Map.of(ID, 4), NOW.plusSeconds(1));
		imports.redispatched(ID, NOW.plusSeconds(2));
		imports.committed(ID, DRY_RUN);
		stored.assertHolds("imports", "full-dispatched");
		assertThat(imports.open()).containsExactly(new OpenImport(ID, "00050000", NOW, 4, 1234, 4, 0,
				NOW.plusSeconds(2), 1));

		Import recorded = imports.forRecording(List.of(ID)).getFirst();
		OUTCOMES.forEach((record, outcome) -> recorded.record(record, outcome, NOW.plusSeconds(3)));
		assertThat(imports.replace(List.of(recorded))).isTrue();
		stored.assertHolds("imports", "full-completed");
		assertThat(imports.rows(ID)).contains(new ImportedRows(ID, full(), FILE, OUTCOMES, preview));
		assertThat(imports.find(ID)).contains(new ImportSummary(ID, full(), 4, 4, Counts.of(OUTCOMES.values()),
				NOW.plusSeconds(1), NOW.plusSeconds(3), 0, DRY_RUN, UNTIL));
		var owed = context.get(CompletionOutbox.class);
		assertThat(owed.unannounced(10)).hasSize(1);
		owed.announced(List.of(ID));
		assertThat(owed.unannounced(10)).isEmpty();
		context.get(Retention.class).sweep(UNTIL.plusSeconds(1));
		stored.assertHolds("imports", "full-in-the-end");
		assertThat(imports.find(ID)).get().extracting(ImportSummary::keptUntil).isNull();
	}

	@Test
	void importWithNothingThatItNeedNotHave() {
		assertThat(imports.add(ID, sparse(), FILE, Map.of(), UNTIL)).isTrue();
		stored.assertHolds("imports", "sparse");
		assertThat(imports.find(ID))
				.contains(new ImportSummary(ID, sparse(), 4, 0, Counts.NONE, null, null, 0, null, UNTIL));
		assertThat(imports.open()).containsExactly(new OpenImport(ID, ID.toString(), NOW, 4, 1234, 0, 0, NOW, 0));
	}

	/** From before mails were counted. */
	@Test
	void importOfBefore() {
		stored.put("imports", "older");
		assertThat(imports.find(ID)).get().satisfies(it -> {
			assertThat(it.counts()).isEqualTo(new Counts(1, 2, 3, 4, 0));
			assertThat(it.changedSincePreview()).isZero();
			assertThat(it.submission()).isEqualTo(sparse());
		});
		assertThat(imports.forRecording(List.of(ID))).singleElement()
				.satisfies(it -> assertThat(it.outcomes()).isEmpty());
	}

	@Test
	void file() {
		var files = context.get(UploadedFiles.class);
		files.keep(ID, new byte[]{0, 1}, UNTIL);
		files.keep(ID, new byte[]{0, 1, -1}, UNTIL);
		stored.assertHolds("files", "kept");
		assertThat(Arrays.toString(files.find(ID).orElseThrow())).isEqualTo("[0, 1, -1]");
		files.delete(ID);
		assertThat(files.find(ID)).isEmpty();
	}

	@Test
	void quotaOfADay() {
		var quota = context.get(UploadQuota.class);
		assertThat(quota.take(sparse())).isEmpty();
		stored.assertHolds("upload-quotas", "first");
		assertThat(quota.take(sparse())).isEmpty();
		assertThat(quota.take(sparse())).isEmpty();
		quota.giveBack(sparse());
		stored.assertHolds("upload-quotas", "next");
	}

	@Test
	void switchOfTheDispatch() {
		var pause = context.get(PauseSwitch.class);
		pause.turn(true, ACCOUNT.toString(), NOW);
		stored.assertHolds("switches", "paused");
		assertThat(pause.state()).isEqualTo(new PauseSwitch.State(true, ACCOUNT.toString(), NOW));
	}
}
