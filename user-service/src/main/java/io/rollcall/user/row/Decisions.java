package io.rollcall.user.row;

import java.util.Collection;
import java.util.Map;

/**
 * Remembers the outcomes that leave no trace in an account, rejected and unchanged, so that a row given again is answered the
 * same even if what it was judged by has changed meanwhile. (Created and updated are remembered by the account itself.)
 */
public interface Decisions {
	Map<String, Outcome> find(Collection<String> commandIds);

	/** The first decision on a row stays. */
	void remember(Map<String, Outcome> outcomes);
}
