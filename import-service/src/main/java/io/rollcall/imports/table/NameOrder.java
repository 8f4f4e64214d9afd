package io.rollcall.imports.table;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.rollcall.imports.meaning.Words;

/** Which of two names is the first: addresses mostly begin with it, or with its first letter, and end with the last name. */
final class NameOrder {
	private NameOrder() {}

	/** How many addresses more say that {@code names} are the first names, and {@code others} the last, than the other way round. */
	static int votes(List<String> names, List<String> others, List<String> addresses) {
		return IntStream.range(0, addresses.size())
				.map(i -> vote(Words.joined(names.get(i)), Words.joined(others.get(i)), addresses.get(i))).sum();
	}

	/** Positive when {@code name} seems to be the first name. */
	private static int vote(String name, String other, String address) {
		int at = address.indexOf('@');
		if (at <= 0 || name.isEmpty() || other.isEmpty()) return 0;
		String local = Words.joined(address.substring(0, at).toLowerCase(Locale.ROOT));
		boolean ordered = local.startsWith(name) || local.endsWith(other);
		boolean reversed = local.startsWith(other) || local.endsWith(name);
		return Boolean.compare(ordered, reversed);
	}
}
