package io.rollcall.imports;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.file.Action;
import io.rollcall.platform.Sha256;

/**
 * What was handed in.
 *
 * @param sha256 of the file's bytes, in hexadecimal
 * @param bytes the file's size
 * @param traceparent the W3C trace that all commands of the import belong to
 * @param idempotencyKey the client's key made unique among all clients; absent when it sent none
 * @param previewOf the dry run that it commits
 * @param previewedAt when that was handed in; absent also in what older releases stored
 * @param sameContentAs an import of the same bytes by the same person not long before
 * @param correctionOf the import whose rejected records it takes over, corrected
 * @param undoOf the import that it takes back
 */
public record Submission(Action action, boolean dryRun, String fileName, String sha256, int bytes, Submitter submitter,
		Instant submittedAt, String traceparent, @Nullable String idempotencyKey, @Nullable UUID previewOf,
		@Nullable Instant previewedAt, @Nullable UUID sameContentAs, @Nullable UUID correctionOf,
		@Nullable UUID undoOf) {
	/** One that takes nothing back. */
	public Submission(Action action, boolean dryRun, String fileName, String sha256, int bytes, Submitter submitter,
			Instant submittedAt, String traceparent, @Nullable String idempotencyKey, @Nullable UUID previewOf,
			@Nullable Instant previewedAt, @Nullable UUID sameContentAs, @Nullable UUID correctionOf) {
		this(action, dryRun, fileName, sha256, bytes, submitter, submittedAt, traceparent, idempotencyKey, previewOf,
				previewedAt, sameContentAs, correctionOf, null);
	}

	/** A client's key made unique among all clients; null when it sent none. */
	public static @Nullable String key(Submitter submitter, @Nullable String sent) {
		return sent == null ? null : Sha256.hex(submitter.accountId() + "/" + sent);
	}

	/** When its file was handed in: one that is committed, with its dry run, as nobody has looked at the accounts since. */
	public Instant handedInAt() {
		return previewedAt == null ? submittedAt : previewedAt;
	}

	/**
	 * In whose turn the rows are dispatched: see {@link Submitter#district}. Who has none (the whole
	 * state) gets a turn of their own for each import, so that one of them is not held up by another.
	 */
	public String turnOf(UUID importId) {
		return submitter.district().orElseGet(importId::toString);
	}

	boolean isSameRequestAs(Submission other) {
		return action == other.action && dryRun == other.dryRun && sha256.equals(other.sha256);
	}
}
