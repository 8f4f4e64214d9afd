package io.rollcall.user.row;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.springframework.stereotype.Service;

import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Field;

/**
 * Judges rows while somebody corrects them: as a dry run of a file of these rows would, by the same rules and with the same earlier rows.
 * Nothing is stored, and nothing sent.
 */
@Service
public class RowValidations {
	/** Behind so many rows of one username, of which none would create the account, the others are not told from them. */
	private static final int MOST_EARLIER = 20;

	private final RowService rows;
	private final Warnings warnings;
	private final Clock clock;

	public RowValidations(RowService rows, Warnings warnings, Clock clock) {
		this.rows = rows;
		this.warnings = warnings;
		this.clock = clock;
	}

	/** What would become of a row. */
	public record Validation(Outcome outcome, List<Warning> warnings) {}

	/**
	 * @param account whose rights decide
	 * @param drafts the rows of a file, in its order
	 * @return one for each, in the same order
	 * @throws io.rollcall.platform.TemporarilyUnavailable when the directory is away
	 */
	public List<Validation> judge(UUID account, Row.Kind kind, List<Draft> drafts) {
		UUID file = UUID.randomUUID();
		Instant now = clock.instant();
		Map<String, List<Draft>> sameUsername = new HashMap<>();
		List<Row> open = new ArrayList<>(drafts.size());
		Map<String, Outcome> outcomes = new HashMap<>();
		for (int record = 1; record <= drafts.size(); record++) {
			Draft draft = drafts.get(record - 1);
			List<Draft> same = sameUsername.computeIfAbsent(username(draft), _ -> new ArrayList<>());
			String id = id(file, record);
			if (kind == Row.Kind.UPDATE && !same.isEmpty() && !username(draft).isEmpty()) {
				// As the file itself decides in import-service: such a record goes no further.
				outcomes.put(id, new Outcome.Rejected(List.of(Fault.USERNAME_REPEATED)));
			} else {
				open.add(new Row(kind, id, file, record, draft, account, true, List.copyOf(same), null, now));
			}
			// What is no username is nobody's, and each row is judged with all that are before it.
			if (kind == Row.Kind.UPDATE ? same.isEmpty() : draft.username() != null && same.size() < MOST_EARLIER)
				same.add(draft);
		}
		outcomes.putAll(rows.decide(open));
		Map<String, List<Warning>> warned = warnings.of(open, outcomes);
		List<Validation> validations = new ArrayList<>(drafts.size());
		for (int record = 1; record <= drafts.size(); record++) {
			String id = id(file, record);
			Outcome outcome = outcomes.get(id);
			if (outcome == null) throw new IllegalStateException("a row without an outcome");
			validations.add(new Validation(outcome, warned.getOrDefault(id, List.of())));
		}
		return validations;
	}

	private static String id(UUID file, int record) {
		return file + "/" + record;
	}

	/** In a spelling in which rows of one username do not differ; empty where there is none. */
	private static String username(Draft draft) {
		var username = draft.username();
		return username == null ? draft.text(Field.USERNAME).toLowerCase(Locale.ROOT) : username.key();
	}
}
