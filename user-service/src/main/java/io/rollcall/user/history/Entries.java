package io.rollcall.user.history;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Where the entries are. */
public interface Entries {
	/** One page of an account's entries, and how many there are in all. */
	record Page(List<Entry> entries, int total) {}

	/** Entries that are there already stay as they are. */
	void add(Collection<Entry> entries);

	/** Newest first: by the account's version, which no clock can turn round; what was said of one version, by its time. */
	Page of(UUID account, int page, int size);

	/** Of the accounts that an import created or changed, and who did it. */
	Changed changedBy(UUID importId);

	/** @param by absent where nothing was changed */
	record Changed(@Nullable UUID by, Set<UUID> accounts) {}
}
