package io.rollcall.user.confirmation;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.confirmation.Rulebook.Person;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;
import io.rollcall.user.roster.Roster;

import static org.assertj.core.api.Assertions.assertThat;

/** The people of a drill, as accounts. */
final class Staff {
	private static final CredentialIssuer ISSUER = new CredentialIssuer(
			new CredentialIssuer.Settings(Duration.ofHours(72)));

	private final long seed;
	private final AccountRepository accounts;
	private final Roster roster;
	private final Clock clock;
	private int names;

	Staff(long seed, AccountRepository accounts, Roster roster, Clock clock) {
		this.seed = seed;
		this.accounts = accounts;
		this.roster = roster;
		this.clock = clock;
	}

	Person appear(String role, List<Organization> places) {
		String name = "drill" + seed + "." + ++names;
		var profile = new Profile(new Username(name), new FirstName("A"), new LastName("Name" + names),
				new EmailAddress(name + "@agawam.example"), Role.valueOf(role), places, List.of(), Map.of());
		Account account = Account.create(profile, ISSUER.issue(clock.instant()), new Origin.System("made/" + name),
				clock.instant());
		store(account);
		Person person = new Person(account.id(), role, places, clock.instant());
		return person;
	}

	private void store(Account account) {
		assertThat(accounts.save(List.of(account))).isEmpty();
		roster.put(accounts.find(account.id()).orElseThrow());
	}

	void toggle(Person person) {
		if (person.role.equals("SC")) return;
		Account account = accounts.find(person.id).orElseThrow();
		var because = new Origin.System("toggle/" + seed + "/" + ++names);
		if (person.active) {
			account.deactivate(because, clock.instant());
			person.deactivatedAt = clock.instant();
		} else {
			account.reactivate(_ -> true, ISSUER, because, clock.instant());
		}
		person.active = !person.active;
		store(account);
	}

	/** To other places, and maybe into another role. */
	void move(Person person, String role, List<Organization> places) {
		if (person.role.equals("SC") || !person.active) return;
		Account account = accounts.find(person.id).orElseThrow();
		Profile it = account.profile();
		person.role = role;
		person.places = places;
		account.change(
				new Profile(it.username(), it.firstName(), it.lastName(), it.email(), Role.valueOf(person.role),
						person.places, it.programs(), it.details()),
				ISSUER, new Origin.System("move/" + seed + "/" + ++names), clock.instant());
		if (account.isChanged()) store(account);
	}

	static Actor actor(Person person) {
		return new Actor(person.id, Role.valueOf(person.role),
				person.places.stream().map(Organization::code).collect(Collectors.toSet()));
	}
}
