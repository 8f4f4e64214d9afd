package io.rollcall.imports;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.rollcall.platform.security.Caller;

/**
 * Where imports are kept: one document each, with its rows, their outcomes and the counts, so that these cannot part. What a
 * method has returned from outlives any process.
 */
public interface ImportRepository {
	/** @return false, and nothing is kept, when an import with this idempotency key is there */
	boolean add(UUID id, Submission submission, UserFile file);

	Optional<ImportSummary> find(UUID id);

	Optional<ImportSummary> findByIdempotencyKey(String key);

	Optional<ImportedRows> rows(UUID id);

	/** Newest first, those that {@code caller} may see. */
	Page<ImportSummary> history(Caller caller, int page, int size);

	/** Those of {@code ids} that exist, to record outcomes in. */
	List<Import> forRecording(Collection<UUID> ids);

	/**
	 * Keeps recorded outcomes.
	 *
	 * @return false when another writer was faster with one of them: that one is as the other left it, and all are to be
	 *         read and recorded again
	 */
	boolean replace(Collection<Import> imports);

	/** All imports that are not completed. */
	List<OpenImport> open();

	/** Those of {@code ids} that exist, completed or not. */
	List<OpenImport> progress(Collection<UUID> ids);

	/** Those of {@code ids} that exist. */
	List<ImportedRows> rows(Collection<UUID> ids);

	/** Notes how many records of each import, from the first, are on the topic; never fewer than noted before. */
	void dispatched(Map<UUID, Integer> records, Instant at);

	/** Notes that rows without an outcome were sent again. */
	void redispatched(UUID id, Instant at);
}
