package io.rollcall.imports.dispatch;

import java.util.List;

/** Where commands go. */
@FunctionalInterface
public interface RowPublisher {
	/**
	 * Returns when the broker has all of them.
	 *
	 * @throws io.rollcall.platform.TemporarilyUnavailable when it does not; some may have been taken
	 */
	void publish(List<RowCommand> commands);
}
