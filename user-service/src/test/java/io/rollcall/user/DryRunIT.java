package io.rollcall.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Profile.Change;
import io.rollcall.user.row.Outcome;
import io.rollcall.user.row.Row;
import io.rollcall.user.row.Row.Kind;
import io.rollcall.user.row.RowService;
import io.rollcall.user.testing.RunningUserService;

import static io.rollcall.user.testing.Fixtures.draft;
import static org.assertj.core.api.Assertions.assertThat;

/** A dry run row by row, each decided in a batch of its own as if the others were long gone: only what it brings along counts. */
class DryRunIT extends RunningUserService {
	@Autowired
	private RowService rows;

	private final UUID importId = UUID.randomUUID();
	private final String username = "dry." + importId.toString().substring(0, 8);

	@Test
	void ofTwoNewUsersWithOneUsernameTheFirstSoundOneWins() {
		assertThat(run(Kind.ADD, row("Lname", ""), row("Username", username.toUpperCase()), row())).containsExactly(
				new Outcome.Rejected(List.of(Fault.LAST_NAME_LENGTH)), new Outcome.Created(null),
				new Outcome.Rejected(List.of(Fault.USERNAME_TAKEN)));
		assertThat(accounts().countDocuments(new org.bson.Document("_id", username))).isZero();
	}

	@Test
	void anotherUsersRowsDoNotCount() {
		assertThat(run(Kind.ADD, row("Username", username + ".other"), row())).containsOnly(new Outcome.Created(null));
	}

	@Test
	void laterRowOfOneUserSeesWhatTheEarlierWouldChange() {
		UUID account = created();

		List<Outcome> preview = run(Kind.UPDATE, row("Fname", "Mary"), row("Fname", "Mary"), row("Fname", "Marie"),
				row("Role", "King"), row());

		assertThat(preview).containsExactly(
				new Outcome.Updated(account, List.of(new Change(Field.FIRST_NAME, "María", "Mary")), Set.of()),
				new Outcome.Unchanged(account),
				new Outcome.Updated(account, List.of(new Change(Field.FIRST_NAME, "Mary", "Marie")), Set.of()),
				new Outcome.Rejected(List.of(Fault.ROLE_UNKNOWN)),
				new Outcome.Updated(account, List.of(new Change(Field.FIRST_NAME, "Marie", "María")), Set.of()));
		assertThat(accounts().find(new org.bson.Document("_id", username)).first())
				.containsEntry("firstName", "María").containsEntry("version", 1L);
	}

	private UUID created() {
		var row = new Row(Kind.ADD, importId + "/0", importId, 0, row(), serviceCenter(), false, List.of(), null,
				Instant.now());
		return ((Outcome.Created) rows.decide(List.of(row)).get(row.commandId())).accountId();
	}

	private Draft row(String... changes) {
		var all = new ArrayList<>(List.of("Username", username));
		all.addAll(List.of(changes));
		return draft(all.toArray(String[]::new));
	}

	private List<Outcome> run(Kind kind, Draft... drafts) {
		List<Outcome> outcomes = new ArrayList<>();
		for (int i = 0; i < drafts.length; i++) {
			var row = new Row(kind, importId + "/" + (i + 1), importId, i + 1, drafts[i], serviceCenter(), true,
					List.of(drafts).subList(0, i), null, Instant.now());
			outcomes.add(rows.decide(List.of(row)).get(row.commandId()));
		}
		return outcomes;
	}
}
