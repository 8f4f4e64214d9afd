package io.rollcall.imports.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.mapping.MongoId;

import io.rollcall.imports.FollowUp;
import io.rollcall.imports.Import;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.NewImport;
import io.rollcall.imports.OpenImport;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.outcome.Counts;
import io.rollcall.imports.outcome.Outcome;

import static org.springframework.data.mongodb.core.mapping.Field.Write.ALWAYS;

/**
 * An import as it is stored. Absent, not null, is what there is not: indexes over such fields are sparse. What is completed and not
 * announced has {@code unannounced: true} besides.
 *
 * @param outcomes as {@link RowDocuments} has them; absent where they are not read
 * @param preview likewise
 */
@org.springframework.data.mongodb.core.mapping.Document("imports")
record ImportDocument(@MongoId String id, long version, String status, Action action, boolean dryRun, String fileName,
		String sha256, int bytes, Instant submittedAt, String traceparent, SubmitterPart submitter, String turn,
		int total, int dispatched, int redispatches, Instant progressAt, @Nullable List<Document> outcomes,
		CountsPart counts, @Nullable Instant keptUntil, @Nullable String idempotencyKey, @Nullable String previewOf,
		@Nullable Instant previewedAt,
		@Nullable List<Document> preview, @Nullable Integer changedSincePreview, @Nullable String sameContentAs,
		@Nullable Instant startedAt, @Nullable Instant completedAt, @Nullable String committedAs,
		@Nullable String correctionOf, @Nullable List<FollowUpPart> followUps, @Nullable String undoOf) {
	static final String PROCESSING = "processing";
	/**
	 * The same, of an import with more to it than instances of before know of: records that lack cells, that are corrected, or that
	 * the file itself has decided. They do not see it among the open ones, and so do not send what must not be sent.
	 */
	static final String PROCESSING_WITHOUT_OLDER = "processing-2";
	/** The same, of an undo: an instance that does not know of any would send its records as those of a file. */
	static final String PROCESSING_UNDO = "processing-3";
	static final List<String> OPEN = List.of(PROCESSING, PROCESSING_WITHOUT_OLDER, PROCESSING_UNDO);
	static final String COMPLETED = "completed";

	record SubmitterPart(String accountId, @Field(write = ALWAYS) @Nullable String username, String role,
			List<String> organizations, List<String> districts, List<String> permissions) {
		static SubmitterPart of(Submitter it) {
			return new SubmitterPart(it.accountId().toString(), it.username(), it.role(),
					List.copyOf(it.organizations()), List.copyOf(it.districts()), List.copyOf(it.permissions()));
		}

		Submitter submitter() {
			return new Submitter(UUID.fromString(accountId), username, role, Set.copyOf(organizations),
					Set.copyOf(districts), Set.copyOf(permissions));
		}
	}

	record FollowUpPart(String importId, int records) {
		static FollowUpPart of(FollowUp it) {
			return new FollowUpPart(it.importId().toString(), it.records());
		}

		FollowUp followUp() {
			return new FollowUp(UUID.fromString(importId), records);
		}
	}

	/**
	 * @param mails absent in what was written before they were counted
	 * @param warned absent when there are none
	 * @param deactivated likewise
	 */
	record CountsPart(int created, int updated, int unchanged, int rejected, @Nullable Integer mails,
			@Nullable Integer warned, @Nullable Integer deactivated) {
		static CountsPart of(Counts it) {
			return new CountsPart(it.created(), it.updated(), it.unchanged(), it.rejected(), it.mails(),
					it.warned() == 0 ? null : it.warned(), it.deactivated() == 0 ? null : it.deactivated());
		}

		Counts counts() {
			return new Counts(created, updated, unchanged, rejected, mails == null ? 0 : mails,
					warned == null ? 0 : warned, deactivated == null ? 0 : deactivated);
		}
	}

	/** Which one it is, and no more of it. */
	record Key(@MongoId String id) {
		UUID uuid() {
			return UUID.fromString(id);
		}
	}

	/** The little of it that dispatching asks for again and again. */
	record Progress(@MongoId String id, String turn, Instant submittedAt, int total, int bytes, int dispatched,
			int redispatches, Instant progressAt, CountsPart counts) {
		OpenImport open() {
			return new OpenImport(UUID.fromString(id), turn, submittedAt, total, bytes, dispatched,
					counts.counts().done(), progressAt, redispatches);
		}
	}

	/** Without the entries of its outcomes and its preview, which are not mapped. */
	static ImportDocument of(NewImport added) {
		UUID id = added.id();
		Submission it = added.submission();
		boolean commits = it.previewOf() != null;
		return new ImportDocument(id.toString(), 0, status(added), it.action(), it.dryRun(), it.fileName(),
				it.sha256(), it.bytes(), it.submittedAt(), it.traceparent(), SubmitterPart.of(it.submitter()),
				it.turnOf(id), added.total(), 0, 0, it.submittedAt(), List.of(), CountsPart.of(added.counts()),
				added.keptUntil(), it.idempotencyKey(), text(it.previewOf()), it.previewedAt(),
				commits ? List.of() : null, commits ? added.changedSincePreview() : null, text(it.sameContentAs()),
				null, added.completedAt(), null, text(it.correctionOf()), null, text(it.undoOf()));
	}

	private static String status(NewImport added) {
		if (added.completedAt() != null) return COMPLETED;
		if (!added.undone().isEmpty()) return PROCESSING_UNDO;
		return added.decided().isEmpty() && !added.file().lacksCells() && added.file().corrections().isEmpty()
				? PROCESSING
				: PROCESSING_WITHOUT_OLDER;
	}

	private static @Nullable String text(@Nullable UUID id) {
		return id == null ? null : id.toString();
	}

	private static @Nullable UUID uuid(@Nullable String id) {
		return id == null ? null : UUID.fromString(id);
	}

	private Submission submission() {
		return new Submission(action, dryRun, fileName, sha256, bytes, submitter.submitter(), submittedAt, traceparent,
				idempotencyKey, uuid(previewOf), previewedAt, uuid(sameContentAs), uuid(correctionOf), uuid(undoOf));
	}

	ImportSummary summary() {
		return new ImportSummary(UUID.fromString(id), submission(), total, dispatched, counts.counts(), startedAt,
				completedAt, changedSincePreview == null ? 0 : changedSincePreview, uuid(committedAs),
				followUps == null ? List.of() : followUps.stream().map(FollowUpPart::followUp).toList(), keptUntil);
	}

	Import forRecording() {
		var progress = new Progress(id, turn, submittedAt, total, bytes, dispatched, redispatches, progressAt, counts);
		return new Import(progress.open(), version, RowDocuments.outcomes(outcomes), RowDocuments.outcomes(preview),
				completedAt);
	}

	ImportedRows rows(KeptFiles.Kept kept) {
		Map<Integer, Outcome> foretold = RowDocuments.outcomes(preview);
		return new ImportedRows(UUID.fromString(id), submission(), kept.file(), RowDocuments.outcomes(outcomes),
				foretold, kept.undone());
	}
}
