package io.rollcall.imports.suggestion;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.UserFile;
import io.rollcall.platform.Typed;

/**
 * What further records for a username were probably meant to be, since many lists have a line a school: the schools of all of them in
 * the first.
 */
final class JoinedOrganizations {
	private static final String FIELD = "organizations";

	private JoinedOrganizations() {}

	/**
	 * @param repeated records that are not the first for their username
	 * @param applied whether the first has been applied: then it is the other one that can still be corrected
	 * @return by record number; where all are in the first already there is none
	 */
	static Map<Integer, Suggestion> of(UserFile file, Collection<Integer> repeated, boolean applied) {
		Map<Integer, Suggestion> joined = new HashMap<>();
		if (repeated.isEmpty()) return joined;
		Set<Integer> wanted = new HashSet<>(repeated);
		for (List<Integer> records : file.byUsername().values()) {
			Set<String> codes = new LinkedHashSet<>();
			records.forEach(record -> codes(file, record).forEach(codes::add));
			int first = records.getFirst();
			if (codes.size() == codes(file, first).distinct().count()) continue;
			String reason = "The organizations of all %d records for this username".formatted(records.size());
			var suggestion = applied
					? new Suggestion(FIELD, String.join("|", codes), reason)
					: new Suggestion(FIELD, String.join("|", codes), reason + ", in record " + first, first);
			records.stream().skip(1).filter(wanted::contains).forEach(record -> joined.put(record, suggestion));
		}
		return joined;
	}

	/** Several are separated by a pipe (guide, Table 4). */
	private static Stream<String> codes(UserFile file, int record) {
		return Stream.of(file.cells(record).getOrDefault(Column.ORG, "").split("\\|")).map(Typed::identifier)
				.filter(code -> !code.isEmpty());
	}
}
