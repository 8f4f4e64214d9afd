package io.rollcall.imports.draft;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where drafts are kept, each for as long as its import's rows. What a method has returned from outlives any process. */
public interface DraftRepository {
	Optional<Draft> find(UUID importId);

	/** How many records have a correction that is not sent, by import; without any, it is absent. */
	Map<UUID, Integer> corrected(Collection<UUID> importIds);

	/**
	 * @param draft the next version of what was read
	 * @return false, and nothing is kept, when another writer was faster
	 */
	boolean save(Draft draft, Instant keptUntil);

	/** Those with a sending decided before that may not be carried out. */
	List<Draft> owedBefore(Instant moment);

	/** Notes that all sendings of this version are carried out. */
	void settled(Draft draft);
}
