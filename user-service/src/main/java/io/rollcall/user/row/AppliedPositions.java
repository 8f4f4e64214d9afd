package io.rollcall.user.row;

import java.util.Collection;
import java.util.Map;

/**
 * How far each partition of commands has been applied, results published and all. Whatever is at or before it is done: a replay
 * from the start, a consumer group set back or lost offsets change nothing. A partition is named by the topic's id, not its
 * name: on a topic that was made anew the positions start anew.
 */
public interface AppliedPositions {
	/** The last applied offset by partition; a partition of which nothing is applied is missing. */
	Map<String, Long> find(Collection<String> partitions);

	/** Never moves back. */
	void advance(Map<String, Long> offsets);
}
