package io.rollcall.imports.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import io.rollcall.imports.CompletionOutbox;
import io.rollcall.imports.FollowUp;
import io.rollcall.imports.Import;
import io.rollcall.imports.Import.Recording;
import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.NewImport;
import io.rollcall.imports.OpenImport;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.UploadQuota;
import io.rollcall.imports.comparison.Comparison;
import io.rollcall.imports.comparison.Comparison.Decision;
import io.rollcall.imports.comparison.ComparisonRepository;
import io.rollcall.imports.draft.Draft;
import io.rollcall.imports.draft.DraftRepository;
import io.rollcall.imports.draft.Sending;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.Correction;
import io.rollcall.imports.file.DecidedByFile;
import io.rollcall.imports.file.UploadedFiles;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Counts;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.Undone;
import io.rollcall.imports.table.RememberedColumns;
import io.rollcall.imports.table.TableChoice;
import io.rollcall.imports.table.Target;
import io.rollcall.platform.persistence.PauseSwitch;
import io.rollcall.platform.persistence.Retention;
import io.rollcall.platform.testing.PersistenceContext;
import io.rollcall.testing.Backend;
import io.rollcall.testing.StoredDocuments;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands in the database is read, and written again to the byte ({@link StoredDocuments}). */
class StoredDocumentsTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
	private static final Instant UNTIL = NOW.plus(Duration.ofDays(30));
	private static final UUID ID = UUID.fromString("0190aaaa-0000-7000-8000-000000000001");
	private static final UUID DRY_RUN = UUID.fromString("0190aaaa-0000-7000-8000-000000000002");
	private static final UUID ACCOUNT = UUID.fromString("0190aaaa-0000-7000-8000-000000000003");
	private static final UserFile FILE = new UserFile(List.of("Username", "Fname"),
			List.of(List.of("maria", "María"), List.of("jo", ""), List.of("kim", "Kim"), List.of("", "Sam")));
	private static final Map<Integer, Outcome> OUTCOMES = new TreeMap<>(Map.of(1, new Outcome.Created(ACCOUNT), 2,
			new Outcome.Updated(ACCOUNT, List.of(new Outcome.Change("email", "a@b.example", "c@d.example")),
					List.of("PORTAL")),
			3, new Outcome.Unchanged(ACCOUNT), 4,
			new Outcome.Rejected(List.of(new Note("fax", "fax-format", "Fax number must be in xxx-xxx-xxxx format")))));

	private static final SortedMap<Integer, Correction> CORRECTIONS = new TreeMap<>(Map.of(
			2, new Correction(Map.of(Column.FNAME, "Jo"), "doe.jane", NOW.plusSeconds(5)),
			4, new Correction(new EnumMap<>(Map.of(Column.USERNAME, "lee", Column.PHONE, "")), "doe.jane", NOW)));

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
		return committing(null);
	}

	private static Submission committing(@Nullable Instant previewedAt) {
		return new Submission(Action.ADD, false, "staff.csv", "aabbcc", 1234,
				new Submitter(ACCOUNT, "doe.jane", "DTC", Set.of("00050000"), Set.of("00050000"), Set.of("users")), NOW,
				"00-trace-span-01", "account/key", DRY_RUN, previewedAt, DRY_RUN, null);
	}

	private static Submission sparse() {
		return new Submission(Action.UPDATE, true, "staff.csv", "aabbcc", 1234,
				new Submitter(ACCOUNT, null, "SC", Set.of(), Set.of(), Set.of()), NOW, "00-trace-span-01", null, null,
				null, null, null);
	}

	@Test
	void importWithAllThatItCanHave() {
		Map<Integer, Outcome> preview = new TreeMap<>(OUTCOMES);
		preview.put(1, new Outcome.Created(null));
		assertThat(imports.add(NewImport.of(ID, full(), FILE, preview, UNTIL))).isTrue();
		assertThat(imports.add(NewImport.of(DRY_RUN, full(), FILE, preview, UNTIL))).as("the same key").isFalse();
		stored.assertHolds("imports", "full");
		stored.assertHolds("rows", "complete");
		assertThat(imports.find(ID))
				.contains(new ImportSummary(ID, full(), 4, 0, Counts.NONE, null, null, 0, null, List.of(), UNTIL));
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
				NOW.plusSeconds(1), NOW.plusSeconds(3), 0, DRY_RUN, List.of(), UNTIL));
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
		assertThat(imports.add(NewImport.of(ID, sparse(), FILE, Map.of(), UNTIL))).isTrue();
		stored.assertHolds("imports", "sparse");
		assertThat(imports.find(ID))
				.contains(new ImportSummary(ID, sparse(), 4, 0, Counts.NONE, null, null, 0, null, List.of(), UNTIL));
		assertThat(imports.open()).containsExactly(new OpenImport(ID, ID.toString(), NOW, 4, 1234, 0, 0, NOW, 0));
	}

	@Test
	void warnings() {
		List<Note> username = List.of(new Note("username", "username-of-spreadsheet", "Username looks like a number"));
		List<Note> name = List.of(new Note("firstName", "first-name-misread", "First name has signs"));
		Map<Integer, Outcome> warned = new TreeMap<>(Map.of(1, new Outcome.Created(ACCOUNT, username), 2,
				new Outcome.Updated(ACCOUNT, List.of(new Outcome.Change("firstName", "Ren", "RenŽe")), List.of(),
						name)));
		assertThat(imports.add(NewImport.of(ID, full(), FILE, Map.of(1, new Outcome.Created(null, username)), UNTIL)))
				.isTrue();
		Import recorded = imports.forRecording(List.of(ID)).getFirst();
		warned.forEach((record, outcome) -> recorded.record(record, outcome, NOW.plusSeconds(3)));
		assertThat(imports.replace(List.of(recorded))).isTrue();
		stored.assertHolds("imports", "warned");
		assertThat(imports.rows(ID)).contains(new ImportedRows(ID, full(), FILE, warned,
				Map.of(1, new Outcome.Created(null, username))));
		assertThat(imports.find(ID)).get().extracting(ImportSummary::counts)
				.isEqualTo(new Counts(1, 1, 0, 0, 4, 2));
	}

	@Test
	void importThatCommitsADryRun() {
		Submission submission = committing(NOW.minusSeconds(60));
		assertThat(imports.add(NewImport.of(ID, submission, FILE, Map.of(), UNTIL))).isTrue();
		stored.assertHolds("imports", "committing");
		assertThat(imports.find(ID)).get().extracting(ImportSummary::submission).isEqualTo(submission);
	}

	@Test
	void importOfWhichTheFileDecidesSome() {
		var file = new UserFile(List.of("Username", "Fname"),
				List.of(List.of("maria", "María"), List.of("jo", "Jo,Lee"), List.of("maria")), Set.of(2));
		assertThat(imports.add(NewImport.of(ID, sparse(), file, Map.of(), UNTIL))).isTrue();
		stored.assertHolds("imports", "decided-in-part");
		stored.assertHolds("rows", "decided-in-part");
		ImportedRows rows = imports.rows(ID).orElseThrow();
		assertThat(rows.file()).isEqualTo(file);
		assertThat(rows.outcomes()).isEqualTo(DecidedByFile.of(file, Action.UPDATE)).containsOnlyKeys(2, 3);
		assertThat(imports.open()).containsExactly(new OpenImport(ID, ID.toString(), NOW, 3, 1234, 0, 2, NOW, 0));

		Import recorded = imports.forRecording(List.of(ID)).getFirst();
		assertThat(recorded.record(2, OUTCOMES.get(1), NOW)).as("what is decided stays").isEqualTo(Recording.DUPLICATE);
		recorded.record(1, OUTCOMES.get(1), NOW.plusSeconds(3));
		assertThat(imports.replace(List.of(recorded))).isTrue();
		assertThat(imports.open()).isEmpty();
		assertThat(imports.find(ID)).get().extracting(ImportSummary::counts).isEqualTo(new Counts(1, 0, 0, 2, 4, 0));
	}

	@Test
	void importOfWhichTheFileDecidesAllIsCompletedAndOwedToTheWorldAtOnce() {
		var file = new UserFile(List.of("Username", "Fname"), List.of(List.of("jo", "Jo,Lee")), Set.of(1));
		assertThat(imports.add(NewImport.of(ID, sparse(), file, Map.of(), UNTIL))).isTrue();
		stored.assertHolds("imports", "decided-as-a-whole");
		assertThat(imports.open()).isEmpty();
		assertThat(context.get(CompletionOutbox.class).unannounced(10)).singleElement().satisfies(it -> {
			assertThat(it.completedAt()).isEqualTo(NOW);
			assertThat(it.counts().rejected()).isEqualTo(1);
		});
	}

	/** From before records could be short: the one that has no cells is still read. */
	@Test
	void rowsOfBefore() {
		stored.put("imports", "full");
		stored.put("rows", "full");
		assertThat(imports.rows(ID)).get().satisfies(it -> {
			assertThat(it.file().surplus()).isEmpty();
			assertThat(it.file().cells(4)).isEmpty();
		});
	}

	@Test
	void importThatTakesOverCorrectedRecords() {
		UserFile file = FILE.only(CORRECTIONS);
		Submission of = sparse();
		Submission submission = new Submission(of.action(), false, of.fileName(), of.sha256(), of.bytes(),
				of.submitter(), NOW, of.traceparent(), null, null, null, null, DRY_RUN);
		assertThat(imports.add(NewImport.of(ID, submission, file, Map.of(), UNTIL))).isTrue();
		stored.assertHolds("imports", "follow-up");
		stored.assertHolds("rows", "corrected");
		assertThat(imports.find(ID)).get().extracting(ImportSummary::submission).isEqualTo(submission);
		ImportedRows rows = imports.rows(ID).orElseThrow();
		assertThat(rows).isEqualTo(new ImportedRows(ID, submission, file, Map.of(), Map.of()));
		assertThat(rows.handedInAt(1)).isEqualTo(NOW.plusSeconds(5));

		for (int i = 0; i < 2; i++)
			imports.followedUp(ID, new FollowUp(DRY_RUN, 7));
		stored.assertHolds("imports", "followed-up");
		assertThat(imports.find(ID)).get().extracting(ImportSummary::followUps)
				.isEqualTo(List.of(new FollowUp(DRY_RUN, 7)));
	}

	@Test
	void importThatTakesAnotherOneBack() {
		Submission of = sparse();
		var submission = new Submission(of.action(), false, of.fileName(), of.sha256(), of.bytes(), of.submitter(), NOW,
				of.traceparent(), null, null, null, null, null, DRY_RUN);
		UserFile file = FILE.part(List.of(1, 2));
		Map<Integer, Undone> undone = new TreeMap<>(
				Map.of(1, new Undone(1, NOW.minusSeconds(60), OUTCOMES.get(1), true), 2,
						new Undone(2, NOW.minusSeconds(30), OUTCOMES.get(2), false)));
		assertThat(imports.add(NewImport.undoing(ID, submission, file, undone, UNTIL))).isTrue();
		stored.assertHolds("imports", "undo");
		stored.assertHolds("rows", "undo");
		assertThat(imports.rows(ID))
				.contains(new ImportedRows(ID, submission, file, Map.of(), Map.of(), undone));
		assertThat(imports.open()).hasSize(1);

		List<Note> kept = List.of(new Note("phone", "changed-since", "Kept: Phone was changed since"));
		Map<Integer, Outcome> outcomes = new TreeMap<>(Map.of(1,
				new Outcome.Updated(ACCOUNT, List.of(new Outcome.Change("status", "active", "deactivated")), List.of()),
				2, new Outcome.Unchanged(ACCOUNT, kept)));
		Import recorded = imports.forRecording(List.of(ID)).getFirst();
		outcomes.forEach((record, outcome) -> recorded.record(record, outcome, NOW.plusSeconds(3)));
		assertThat(imports.replace(List.of(recorded))).isTrue();
		stored.assertHolds("imports", "undo-completed");
		assertThat(imports.rows(ID)).get().extracting(ImportedRows::outcomes).isEqualTo(outcomes);
		assertThat(imports.find(ID)).get().extracting(ImportSummary::counts)
				.isEqualTo(new Counts(0, 1, 1, 0, 1, 0, 1));
	}

	@Test
	void draft() {
		var drafts = context.get(DraftRepository.class);
		var draft = new Draft(ID, 1, CORRECTIONS, List.of(), null);
		assertThat(drafts.save(draft, UNTIL)).isTrue();
		assertThat(drafts.save(draft, UNTIL)).as("another writer was first").isFalse();
		stored.assertHolds("drafts", "corrected");
		assertThat(drafts.find(ID)).contains(draft);
		assertThat(drafts.corrected(List.of(ID, DRY_RUN))).isEqualTo(Map.of(ID, 2));

		var sent = new Draft(ID, 2, new TreeMap<>(),
				List.of(new Sending(DRY_RUN, 1, CORRECTIONS, full().submitter(), NOW, "00-trace-span-01")), NOW);
		assertThat(drafts.save(sent, UNTIL)).isTrue();
		assertThat(drafts.save(sent, UNTIL)).isFalse();
		stored.assertHolds("drafts", "sent");
		assertThat(drafts.owedBefore(NOW)).isEmpty();
		assertThat(drafts.owedBefore(NOW.plusMillis(1))).containsExactly(sent);
		drafts.settled(draft);
		assertThat(drafts.owedBefore(NOW.plusMillis(1))).as("another version's").hasSize(1);
		drafts.settled(sent);
		stored.assertHolds("drafts", "settled");
		assertThat(drafts.owedBefore(NOW.plusMillis(1))).isEmpty();
		context.get(Retention.class).sweep(UNTIL.plusSeconds(1));
		assertThat(drafts.find(ID)).isEmpty();
	}

	/** From before mails were counted. */
	@Test
	void importOfBefore() {
		stored.put("imports", "older");
		assertThat(imports.find(ID)).get().satisfies(it -> {
			assertThat(it.counts()).isEqualTo(new Counts(1, 2, 3, 4, 0, 0));
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
	void comparisonWithAllThatItCanHave() {
		var comparisons = context.get(ComparisonRepository.class);
		var table = new TableChoice("Staff", 3, Map.of(0, Target.EMAIL_AS_USERNAME, 2, Target.FULL_NAME));
		var list = new Comparison(ID, ACCOUNT, "staff.xlsx", List.of("00050000-00050303"), table, 4,
				Map.of(1, Map.of(DRY_RUN, true)), NOW, UNTIL);
		comparisons.add(list);
		stored.assertHolds("comparisons", "table");
		assertThat(comparisons.find(ID)).contains(list);
		comparisons.decide(ID, List.of(new Decision(1, DRY_RUN, Optional.empty()),
				new Decision(3, ACCOUNT, Optional.of(false)), new Decision(3, ID, Optional.of(true))));
		stored.assertHolds("comparisons", "decided");
		assertThat(comparisons.find(ID)).get().extracting(Comparison::decisions)
				.isEqualTo(Map.of(3, Map.of(ACCOUNT, false, ID, true)));
		context.get(Retention.class).sweep(UNTIL.plusSeconds(1));
		assertThat(comparisons.find(ID)).isEmpty();
	}

	@Test
	void comparisonWithNothingThatItNeedNotHave() {
		var comparisons = context.get(ComparisonRepository.class);
		var list = new Comparison(ID, ACCOUNT, "staff.csv", List.of("00050000", "00350000"), null, 4, Map.of(), NOW,
				UNTIL);
		comparisons.add(list);
		stored.assertHolds("comparisons", "file");
		assertThat(comparisons.find(ID)).contains(list);
	}

	@Test
	void columnsOfATable() {
		var columns = context.get(RememberedColumns.class);
		columns.remember("an account", Map.of("where", Optional.of(Target.ORG)), List.of());
		stored.assertHolds("table-columns", "chosen");
		assertThat(columns.of("an account", List.of("where", "when")))
				.isEqualTo(Map.of("where", Optional.of(Target.ORG)));
		assertThat(columns.of("another", List.of("where"))).isEmpty();
		columns.remember("an account", Map.of("where", Optional.empty()), List.of());
		stored.assertHolds("table-columns", "left-out");
		assertThat(columns.of("an account", List.of("where"))).isEqualTo(Map.of("where", Optional.empty()));
		columns.remember("an account", Map.of(), List.of("where"));
		assertThat(columns.of("an account", List.of("where"))).isEmpty();
	}

	@Test
	void switchOfTheDispatch() {
		var pause = context.get(PauseSwitch.class);
		pause.turn(true, ACCOUNT.toString(), NOW);
		stored.assertHolds("switches", "paused");
		assertThat(pause.state()).isEqualTo(new PauseSwitch.State(true, ACCOUNT.toString(), NOW));
	}
}
