package io.rollcall.imports;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.rollcall.imports.file.Action;
import io.rollcall.platform.security.Caller;

/**
 * Where imports are kept: the outcomes of its rows and the counts cannot part, and its rows never
 * change. What a method has returned from outlives any process.
 *
 * <p>A caller sees the imports whose submitter's organizations then are all within the caller's own now: those that the caller
 * submitted, and those of accounts whose permissions then are among the caller's now, as for who may manage them. So who
 * was moved elsewhere leaves the people of the old place behind. Who has state-wide sight sees all.
 */
public interface ImportRepository {
	/** @return false, and nothing is kept, when an import with this id or this idempotency key is there */
	boolean add(NewImport added);

	Optional<ImportSummary> find(UUID id);

	/** Empty also when {@code caller} does not see it. */
	Optional<ImportSummary> find(UUID id, Caller caller);

	/** Those of {@code ids} that {@code caller} sees. */
	Set<UUID> seen(Collection<UUID> ids, Caller caller);

	Optional<ImportSummary> findByIdempotencyKey(String key);

	/** Those of {@code ids} that exist. */
	List<ImportSummary> summaries(Collection<UUID> ids);

	/** The imports that take back one of {@code ids}, newest first; no dry runs. */
	List<ImportSummary> undosOf(Collection<UUID> ids);

	/** Empty also when the rows are deleted by now. */
	Optional<ImportedRows> rows(UUID id);

	/** Newest first, those that {@code caller} sees, without dry runs of undos. */
	Page<ImportSummary> history(Caller caller, HistoryFilter filter, int page, int size);

	/** The latest import, not a dry run, that this person made of these bytes for this action. */
	Optional<UUID> latestOf(UUID accountId, Action action, String sha256, Instant since);

	/** Notes which import committed a dry run. */
	void committed(UUID dryRun, UUID as);

	/** Notes which import took over rejected records of another one; noted again, it stays as it is. */
	void followedUp(UUID id, FollowUp by);

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

	/** Those of {@code ids} whose rows exist. */
	List<ImportedRows> rows(Collection<UUID> ids);

	/** Notes how many records of each import, from the first, are on the topic; never fewer than noted before. */
	void dispatched(Map<UUID, Integer> records, Instant at);

	/** Notes that rows without an outcome were sent again. */
	void redispatched(UUID id, Instant at);
}
