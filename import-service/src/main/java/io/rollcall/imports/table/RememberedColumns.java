package io.rollcall.imports.table;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What a person decided about columns of a title, where it was not what is proposed to everybody. */
public interface RememberedColumns {
	/**
	 * @param titles in the spelling of {@link Synonyms#spelling}
	 * @return by title; an empty target where it was left out; absent where nothing is known
	 */
	Map<String, Optional<Target>> of(String account, Collection<String> titles);

	/** @param usual the titles for which it is as proposed to everybody: what was remembered of them is forgotten */
	void remember(String account, Map<String, Optional<Target>> decided, Collection<String> usual);
}
