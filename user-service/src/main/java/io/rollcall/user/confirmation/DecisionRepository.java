package io.rollcall.user.confirmation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Where the decisions are. */
public interface DecisionRepository {
	/** Those of these accounts that there are, by account. */
	Map<UUID, Decision> find(UUID confirmation, Collection<UUID> accounts);

	/** What is said of these accounts, and maybe of others. */
	Map<UUID, Verdict> verdicts(UUID confirmation, Collection<UUID> accounts);

	/**
	 * Stores decisions, each with its event or not at all. One that somebody else has made or changed since it was read stays as that
	 * one wrote it.
	 *
	 * @return the accounts of which that is so: read and judge anew
	 */
	Set<UUID> store(List<Fact.Decided> decided);
}
