package io.rollcall.user.row;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.directory.OrganizationDirectory;

/** The codes that a batch of rows asks the directory for. */
record AskedOrganizations(List<OfRow> rows) {
	private static final int CODES_AT_ONCE = 20;
	private static final int UNKNOWN_AT_MOST = 20;

	/** The codes of one row, or of an earlier one for the same person, and those that its account holds. */
	record OfRow(List<String> codes, Set<String> held) {
		/** Whether one more would be asked for though the row is refused whatever it is. */
		boolean isOver(int asked, Map<String, Organization> known) {
			return codes.size() <= asked || codes.stream().limit(asked)
					.filter(code -> !known.containsKey(code) && !held.contains(code)).count() >= UNKNOWN_AT_MOST;
		}
	}

	/** @param accounts those of the rows that there are */
	static AskedOrganizations of(List<Row> rows, Map<Username, Account> accounts) {
		return new AskedOrganizations(rows.stream().flatMap(row -> asked(row, accounts)).distinct().toList());
	}

	private static Stream<OfRow> asked(Row row, Map<Username, Account> accounts) {
		Username username = row.draft().username();
		Account account = username == null ? null : accounts.get(username);
		Set<String> held = account == null
				? Set.of()
				: account.profile().organizations().stream().map(Organization::code)
						.collect(Collectors.toUnmodifiableSet());
		return Stream.concat(Stream.of(row.draft()), earlier(row))
				.map(draft -> new OfRow(List.copyOf(draft.codesToLookUp()), held));
	}

	/** The earlier rows of a dry run that are for the same person. */
	static Stream<Draft> earlier(Row row) {
		return row.earlier().stream().filter(it -> Objects.equals(it.username(), row.draft().username()));
	}

	/**
	 * What the directory knows of the rows' codes, asked in rounds. A row with that many that neither the directory knows nor its
	 * account holds, as it may hold what the directory has closed, is refused, and so is not asked for any further: of a file of
	 * nothing but invented codes few cost a question.
	 */
	Map<String, Organization> in(OrganizationDirectory directory) {
		Map<String, Organization> known = new HashMap<>();
		List<OfRow> open = rows;
		for (int from = 0; !open.isEmpty(); from += CODES_AT_ONCE) {
			int begin = from;
			known.putAll(
					directory.find(open.stream().flatMap(row -> row.codes().stream().skip(begin).limit(CODES_AT_ONCE))
							.collect(Collectors.toUnmodifiableSet())));
			open = open.stream().filter(row -> !row.isOver(begin + CODES_AT_ONCE, known)).toList();
		}
		return known;
	}
}
