package io.rollcall.user.row;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Role;
import io.rollcall.user.roster.Roster;
import io.rollcall.user.testing.Repositories;

import static io.rollcall.user.testing.Fixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

/** Which rows are warned of, by what became of them and by who else there is. */
class WarningsTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
	private static final Outcome CREATED = new Outcome.Created(null);

	private final Repositories repositories = Repositories.at(NOW);
	private final AccountRepository accounts = repositories.get(AccountRepository.class);
	private final CredentialIssuer issuer = new CredentialIssuer(new CredentialIssuer.Settings(Duration.ofHours(72)));
	private final Roster roster = new Roster(noDeliveries(), Clock.systemUTC());
	private final Warnings warnings = new Warnings(roster, accounts);
	private UUID uploader = account("coordinator", "Ann", "Coor", "ann@agawam.example", NOW, Role.DTC, AGAWAM).id();

	@AfterEach
	void close() {
		repositories.close();
	}

	private Account account(String username, String first, String last, String email, Instant at, Role role,
			Organization organization) {
		Account account = Account.create(
				new Profile(new Username(username), new FirstName(first), new LastName(last), new EmailAddress(email),
						role, List.of(organization), List.of(), Map.of()),
				issuer.issue(at), new Origin.System("made/" + username), at);
		assertThat(accounts.save(List.of(account))).isEmpty();
		Account stored = accounts.find(new Username(username)).orElseThrow();
		roster.put(stored);
		return stored;
	}

	private List<Warning> warned(Outcome outcome, String... cells) {
		var row = new Row(Row.Kind.ADD, "row", UUID.randomUUID(), 1, draft(cells), uploader, true, List.of(), null,
				NOW);
		return warnings.of(List.of(row), Map.of("row", outcome)).getOrDefault("row", List.of());
	}

	private static Outcome changing(Field... fields) {
		return new Outcome.Updated(UUID.randomUUID(),
				List.of(fields).stream().map(it -> new Profile.Change(it, "before", "after")).toList(), Set.of());
	}

	@Test
	void newAccountIsWarnedOfForEachOfItsTexts() {
		assertThat(warned(CREATED, "Username", "4.51E+13", "Fname", "InÃ©s", "Lname", "#REF!")).containsExactly(
				Warning.USERNAME_OF_SPREADSHEET, Warning.FIRST_NAME_MISREAD, Warning.LAST_NAME_OF_SPREADSHEET);
		assertThat(warned(CREATED, "Lname", "DubŽ", "Address", "InÃ©s")).containsExactly(Warning.LAST_NAME_MISREAD);
		assertThat(warned(CREATED)).isEmpty();
	}

	@Test
	void changeIsWarnedOfForWhatItChangesAlone() {
		String[] cells = {"Username", "1-Mar", "Fname", "RenŽe", "Lname", "DubŽ"};
		assertThat(warned(changing(Field.FIRST_NAME, Field.PHONE), cells)).containsExactly(Warning.FIRST_NAME_MISREAD);
		assertThat(warned(changing(Field.PHONE), cells)).isEmpty();
	}

	@Test
	void whatHasNoEffectIsNotWarnedOf() {
		String[] cells = {"Username", "1-Mar", "Fname", "RenŽe"};
		assertThat(warned(new Outcome.Rejected(List.of(Fault.ROLE_UNKNOWN)), cells)).isEmpty();
		assertThat(warned(new Outcome.Unchanged(UUID.randomUUID()), cells)).isEmpty();
	}

	@Test
	void whoIsThereUnderAnotherUsernameIsWarnedOf() {
		account("reneedube", "Renée", "Dubé", "renee@agawam.example", NOW, Role.TA, DOERING);
		String[] same = {"Username", "renee.dube", "Fname", "RENEE", "Lname", "Dubé ", "Email", "Renee@Agawam.example"};
		assertThat(warned(CREATED, same)).containsExactly(Warning.USER_UNDER_OTHER_USERNAME);
		assertThat(warned(changing(Field.EMAIL), same)).as("an account that is there already").isEmpty();
		for (String[] other : List.of(new String[]{"Username", "ReneeDube"}, new String[]{"Fname", "René-Marie"},
				new String[]{"Lname", "Dubois"}, new String[]{"Email", "renee.dube@agawam.example"})) {
			String[] cells = Stream.of(same, other).flatMap(Stream::of)
					.toArray(String[]::new);
			assertThat(warned(CREATED, cells)).as(other[1]).isEmpty();
		}
	}

	@Test
	void whoIsOutOfSightIsNotToldOf() {
		account("reneedube", "Renée", "Dubé", "renee@agawam.example", NOW, Role.TA, BOSTON_LATIN);
		String[] same = {"Username", "renee.dube", "Fname", "Renée", "Lname", "Dubé", "Email", "renee@agawam.example"};
		assertThat(warned(CREATED, same)).isEmpty();
		uploader = account("center", "Ser", "Vice", "sc@agawam.example", NOW, Role.SC, AGAWAM).id();
		assertThat(warned(CREATED, same)).containsExactly(Warning.USER_UNDER_OTHER_USERNAME);
		uploader = UUID.randomUUID();
		assertThat(warned(CREATED, same)).as("whose account is gone").isEmpty();
	}

	@Test
	void whoCameAfterTheFileDoesNotCount() {
		account("reneedube", "Renée", "Dubé", "renee@agawam.example", NOW.plusMillis(1), Role.TA, DOERING);
		assertThat(warned(CREATED, "Username", "renee.dube", "Fname", "Renée", "Lname", "Dubé", "Email",
				"renee@agawam.example")).isEmpty();
	}
}
