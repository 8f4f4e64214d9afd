package io.rollcall.imports;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What imports owe to the world: that they are completed. Owed from the very write that completes them. */
public interface CompletionOutbox {
	/** Completed imports of which nobody has been told yet. */
	List<ImportSummary> unannounced(int limit);

	/** Notes that the world knows that these are completed. */
	void announced(Collection<UUID> ids);
}
