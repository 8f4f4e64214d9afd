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

import io.rollcall.imports.Import;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.OpenImport;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.UserFile;
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
		@Nullable List<Document> preview, @Nullable Integer changedSincePreview, @Nullable String sameContentAs,
		@Nullable Instant startedAt, @Nullable Instant completedAt, @Nullable String committedAs) {
	static final String PROCESSING = "processing";
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

	/** @param mails absent in what was written before they were counted */
	record CountsPart(int created, int updated, int unchanged, int rejected, @Nullable Integer mails) {
		static CountsPart of(Counts it) {
			return new CountsPart(it.created(), it.updated(), it.unchanged(), it.rejected(), it.mails());
		}

		Counts counts() {
			return new Counts(created, updated, unchanged, rejected, mails == null ? 0 : mails);
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

	/** Without the entries of its preview, which are not mapped. */
	static ImportDocument ofNew(UUID id, Submission it, int total, Instant keptUntil) {
		boolean commits = it.previewOf() != null;
		return new ImportDocument(id.toString(), 0, PROCESSING, it.action(), it.dryRun(), it.fileName(), it.sha256(),
				it.bytes(), it.submittedAt(), it.traceparent(), SubmitterPart.of(it.submitter()), it.turnOf(id), total,
				0, 0, it.submittedAt(), List.of(), CountsPart.of(Counts.NONE), keptUntil, it.idempotencyKey(),
				text(it.previewOf()), commits ? List.of() : null, commits ? 0 : null, text(it.sameContentAs()), null,
				null, null);
	}

	private static @Nullable String text(@Nullable UUID id) {
		return id == null ? null : id.toString();
	}

	private static @Nullable UUID uuid(@Nullable String id) {
		return id == null ? null : UUID.fromString(id);
	}

	private Submission submission() {
		return new Submission(action, dryRun, fileName, sha256, bytes, submitter.submitter(), submittedAt, traceparent,
				idempotencyKey, uuid(previewOf), uuid(sameContentAs));
	}

	ImportSummary summary() {
		return new ImportSummary(UUID.fromString(id), submission(), total, dispatched, counts.counts(), startedAt,
				completedAt, changedSincePreview == null ? 0 : changedSincePreview, uuid(committedAs), keptUntil);
	}

	Import forRecording() {
		var progress = new Progress(id, turn, submittedAt, total, bytes, dispatched, redispatches, progressAt, counts);
		return new Import(progress.open(), version, RowDocuments.outcomes(outcomes), RowDocuments.outcomes(preview),
				completedAt);
	}

	ImportedRows rows(UserFile file) {
		Map<Integer, Outcome> foretold = RowDocuments.outcomes(preview);
		return new ImportedRows(UUID.fromString(id), submission(), file, RowDocuments.outcomes(outcomes), foretold);
	}
}
