package io.rollcall.user.roster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.Credentials;
import io.rollcall.user.account.Lifetime.Status;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;
import io.rollcall.user.roster.Roster.Column;
import io.rollcall.user.roster.Roster.Query;
import io.rollcall.user.roster.Roster.SignedIn;
import io.rollcall.user.testing.Fixtures;

import static org.assertj.core.api.Assertions.assertThat;

/** The list of a state large enough that not everything found is sorted, against a plain filter and sort. */
class RosterTests {
	private static final int ACCOUNTS = 12_000;
	private static final List<Organization> SCHOOLS = List.of(Fixtures.DOERING, Fixtures.ROBINSON,
			Fixtures.BOSTON_LATIN);
	private static final List<String> NAMES = List.of("Nguyễn", "O'Brien", "Zoë", "Ana", "Łukasz", "Müller");

	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

	private final Random random = new Random(7);
	private final Roster roster = new Roster(Fixtures.deliveriesWithout("undelivered"),
			Clock.fixed(NOW, ZoneOffset.UTC));
	private final List<RosterEntry> accounts = new ArrayList<>();
	private final Map<UUID, Instant> signIns = new HashMap<>();

	private Account account(UUID id, int number, Status status, long version) {
		String username = "person.%05d".formatted(number);
		var profile = new Profile(new Username(username), new FirstName(NAMES.get(random.nextInt(NAMES.size()))),
				new LastName(NAMES.get(random.nextInt(NAMES.size()))), new EmailAddress(username + "@agawam.example"),
				number % 3 == 0 ? Role.STC : Role.TA, List.of(SCHOOLS.get(random.nextInt(SCHOOLS.size()))), List.of(),
				Map.of());
		return Fixtures.account(id, profile, status, version, credentials());
	}

	private Credentials credentials() {
		Instant end = NOW.plus(Duration.ofHours(random.nextInt(-24, 72)));
		Credential portal = switch (random.nextInt(4)) {
			case 0 -> new Credential.Own("hash", NOW, null);
			case 1 -> new Credential.Generated("hash", NOW, end, NOW, null, null);
			default -> new Credential.Generated("hash", NOW, end, null, null, null);
		};
		var training = new Credential.Generated("hash", NOW, NOW, null, null, null);
		return new Credentials(Map.of(Site.PORTAL, portal, Site.TRAINING, training), List.of(),
				random.nextInt(5) == 0 ? "undelivered" : "issue");
	}

	private void fill() {
		for (int i = 0; i < ACCOUNTS; i++) {
			var id = new UUID(random.nextLong(), random.nextLong());
			roster.put(account(id, i, Status.ACTIVE, 1));
			Account latest = account(id, i, i % 10 == 0 ? Status.DEACTIVATED : Status.ACTIVE, 2);
			roster.put(latest);
			if (random.nextInt(3) == 0) {
				Instant at = NOW.minus(Duration.ofDays(random.nextInt(300)));
				roster.signedIn(id, at);
				roster.signedIn(id, at.minusSeconds(1)); // which comes later
				signIns.put(id, at);
			}
			accounts.add(RosterEntry.of(latest, RosterEntry.Places::of));
		}
	}

	private void assertAsFilteredAndSorted(Actor actor, Query query) {
		Comparator<RosterEntry> order = Comparator.<RosterEntry, String>comparing(it -> it.key(query.sort()))
				.thenComparing(RosterEntry::lastNameKey).thenComparing(RosterEntry::firstNameKey)
				.thenComparing(RosterEntry::usernameKey);
		List<UUID> expected = accounts.stream().filter(it -> it.status() == query.status())
				.filter(it -> query.role() == null || it.role() == query.role())
				.filter(it -> query.organization() == null || it.scope().contains(query.organization()))
				.filter(it -> actor.isStateWide() || it.scope().stream().anyMatch(actor.organizations()::contains))
				.filter(it -> query.password() == null || it.password(NOW.toEpochMilli()) == query.password())
				.filter(it -> query.signedIn() == null || isSo(query.signedIn(), it))
				.filter(it -> query.people().isEmpty() || query.people().contains(it.usernameKey())
						|| query.people().contains(it.emailKey()))
				.filter(it -> query.among() == null || query.among().contains(it.id()))
				.filter(it -> it.folded().contains(query.search()))
				.sorted(query.descending() ? order.reversed() : order).map(RosterEntry::id).toList();
		int last = Math.max(0, (expected.size() - 1) / 50);
		for (int page : List.of(0, 3, last, last + 1)) {
			Roster.Page found = roster.find(actor, query, page, 50);
			int from = Math.min(page * 50, expected.size());
			assertThat(found.total()).as(query.toString()).isEqualTo(expected.size());
			assertThat(found.ids()).as("%s, page %d", query, page)
					.isEqualTo(expected.subList(from, Math.min(from + 50, expected.size())));
		}
		assertThat(roster.find(actor, query, 0, Integer.MAX_VALUE).ids()).isEqualTo(expected);
	}

	private boolean isSo(SignedIn wanted, RosterEntry entry) {
		Instant last = signIns.get(entry.id());
		return switch (wanted) {
			case SignedIn.Never _ -> last == null && !entry.used();
			case SignedIn.Before(Instant at) -> last == null ? entry.used() : last.isBefore(at);
		};
	}

	@Test
	void whatNarrowsTheListDoesSoTogetherAndWithinSight() {
		fill();
		Set<String> people = Set.of("person.00001", "person.00003@agawam.example", "person.00010", "nobody");
		Set<UUID> among = new HashSet<>();
		for (int i = 0; i < ACCOUNTS; i += 7)
			among.add(accounts.get(i).id());
		among.add(UUID.randomUUID());
		for (Actor actor : List.of(Fixtures.serviceCenter(), Fixtures.aCoordinatorOf(Role.DTC, Fixtures.AGAWAM),
				Fixtures.aCoordinatorOf(Role.STC, Fixtures.DOERING),
				Fixtures.aCoordinatorOf(Role.STC, Fixtures.DOERING, Fixtures.BOSTON_LATIN))) {
			for (SignedIn signedIn : List.of(new SignedIn.Never(),
					new SignedIn.Before(NOW.minus(Duration.ofDays(30))))) {
				assertAsFilteredAndSorted(actor, query("", null, null, signedIn, Set.of(), null));
				assertAsFilteredAndSorted(actor,
						query("nguyen", Fixtures.DOERING.code(), PortalPassword.EXPIRED, signedIn, Set.of(), among));
			}
			assertAsFilteredAndSorted(actor, query("", null, null, null, people, null));
			assertAsFilteredAndSorted(actor, query("", Fixtures.BOSTON_LATIN.code(), null, null, people, null));
			assertAsFilteredAndSorted(actor, query("", null, null, null, Set.of(), among));
			assertAsFilteredAndSorted(actor, query("", Fixtures.BOSTON_LATIN.code(), null, null, Set.of(), among));
		}
	}

	private static Query query(String search, @Nullable String organization, @Nullable PortalPassword password,
			@Nullable SignedIn signedIn, Set<String> people, @Nullable Set<UUID> among) {
		return new Query(search, organization, null, Status.ACTIVE, password, false, signedIn, people, among,
				Column.LAST_NAME, false);
	}

	@Test
	void searchTakesATextAsItIsHeard() {
		var profile = new Profile(new Username("d'angelo.ana"), new FirstName("Ana"), new LastName("D’Angelo"),
				new EmailAddress("ana@agawam.example"), Role.TA, List.of(Fixtures.DOERING), List.of(), Map.of());
		var id = UUID.randomUUID();
		roster.put(Fixtures.account(id, profile, Status.ACTIVE, 1, new Credentials(Map.of(), List.of(), null)));
		for (String search : List.of("d'angelo", "D’Angelo", "d\u200B’an\u00ADgelo", "D'Angelo, Ana", "angelo,ana",
				" ana d'angelo ", "d’angelo.ana")) {
			assertThat(roster.find(Fixtures.serviceCenter(),
					new Query(search, null, null, Status.ACTIVE, null, false, Column.LAST_NAME, false), 0, 5).ids())
					.as(search).containsExactly(id);
		}
	}

	@Test
	void namesakesAreThoseOfTheSameAddressWithinSight() {
		fill();
		RosterEntry any = accounts.get(4711);
		for (RosterEntry other : List.of(any, accounts.get(0), accounts.get(ACCOUNTS - 1))) {
			var person = new Roster.Person("somebody.else", other.firstNameKey(), other.lastNameKey(),
					other.emailKey());
			assertThat(roster.hasUnderOtherUsername(person, Instant.EPOCH, Fixtures.serviceCenter())).isTrue();
			for (Organization school : SCHOOLS) {
				assertThat(roster.hasUnderOtherUsername(person, Instant.EPOCH,
						Fixtures.aCoordinatorOf(Role.STC, school)))
						.isEqualTo(other.scope().contains(school.code()));
			}
		}
		var same = new Roster.Person(any.usernameKey(), any.firstNameKey(), any.lastNameKey(), any.emailKey());
		var nobody = new Roster.Person("somebody.else", "No", "Body", any.emailKey());
		for (Roster.Person person : List.of(same, nobody)) {
			assertThat(roster.hasUnderOtherUsername(person, Instant.EPOCH, Fixtures.serviceCenter())).isFalse();
		}
	}

	@Test
	void everyPageIsAsOfAPlainFilterAndSort() {
		fill();
		for (Actor actor : List.of(Fixtures.serviceCenter(), Fixtures.aCoordinatorOf(Role.DTC, Fixtures.AGAWAM),
				Fixtures.aCoordinatorOf(Role.STC, Fixtures.DOERING))) {
			for (Column column : Column.values()) {
				assertAsFilteredAndSorted(actor, new Query("", null, null, Status.ACTIVE, null, false, column, true));
			}
			for (String search : List.of("a", "nguyen", "nguyen o'brien", "nobody")) {
				assertAsFilteredAndSorted(actor,
						new Query(search, null, null, Status.ACTIVE, null, false, Column.LAST_NAME, false));
			}
			assertAsFilteredAndSorted(actor,
					new Query("", Fixtures.AGAWAM.code(), Role.STC, Status.DEACTIVATED, null, false,
							Column.USERNAME, false));
			assertAsFilteredAndSorted(actor,
					new Query("", null, null, Status.DEACTIVATED, null, false, Column.EMAIL, false));
			for (PortalPassword password : PortalPassword.values())
				assertAsFilteredAndSorted(actor,
						new Query("", null, null, Status.ACTIVE, password, false, Column.EMAIL, false));
		}
	}

	@Test
	void readinessIsWhatTheListCounts() {
		fill();
		for (Actor actor : List.of(Fixtures.serviceCenter(), Fixtures.aCoordinatorOf(Role.DTC, Fixtures.AGAWAM),
				Fixtures.aCoordinatorOf(Role.STC, Fixtures.DOERING))) {
			for (Organization asked : List.of(Fixtures.AGAWAM, Fixtures.DOERING, Fixtures.BOSTON_LATIN)) {
				Readiness found = roster.readiness(actor, asked.code());
				List<String> own = SCHOOLS.stream()
						.filter(it -> it.code().equals(asked.code()) || it.district().equals(asked.code()))
						.filter(actor::owns).map(Organization::code).sorted().toList();
				assertThat(found.places().keySet()).containsExactlyElementsOf(own);
				assertAsListed(actor, asked.code(), found.people());
				found.places().forEach((place, figures) -> assertAsListed(actor, place, figures));
			}
		}
	}

	private void assertAsListed(Actor actor, String organization, Readiness.Figures figures) {
		int accounts = total(actor, organization, null, null, false);
		assertThat(figures.accounts()).isEqualTo(accounts);
		for (Role role : Role.values())
			assertThat(figures.roles().getOrDefault(role, 0)).isEqualTo(total(actor, organization, role, null, false));
		for (PortalPassword password : PortalPassword.values())
			assertThat(figures.passwords().getOrDefault(password, 0)).as("%s of %d", password, accounts)
					.isEqualTo(total(actor, organization, null, password, false))
					.matches(it -> accounts == 0 || it > 0);
		assertThat(figures.undelivered()).isEqualTo(total(actor, organization, null, null, true));
	}

	@Test
	void whoeverIsAtSeveralSchoolsCountsAtEachAndOnce() {
		var profile = new Profile(new Username("at.two.schools"), new FirstName("Ana"), new LastName("Okafor"),
				new EmailAddress("ana@agawam.example"), Role.TA,
				List.of(Fixtures.DOERING, Fixtures.ROBINSON, Fixtures.BOSTON_LATIN), List.of(), Map.of());
		roster.put(Fixtures.account(UUID.randomUUID(), profile, Status.ACTIVE, 1, credentials()));
		Readiness district = roster.readiness(Fixtures.aCoordinatorOf(Role.DTC, Fixtures.AGAWAM),
				Fixtures.AGAWAM.code());
		assertThat(district.people().accounts()).isEqualTo(1);
		assertThat(district.places().keySet()).containsExactly(Fixtures.ROBINSON.code(), Fixtures.DOERING.code());
		Readiness school = roster.readiness(Fixtures.aCoordinatorOf(Role.STC, Fixtures.DOERING),
				Fixtures.AGAWAM.code());
		assertThat(school.places().keySet()).as("places of one's own").containsExactly(Fixtures.DOERING.code());
		assertThat(roster.readiness(Fixtures.aCoordinatorOf(Role.DTC, Fixtures.AGAWAM), Fixtures.BOSTON.code())
				.places()).isEmpty();
	}

	private int total(Actor actor, String organization, @Nullable Role role, @Nullable PortalPassword password,
			boolean undelivered) {
		return roster.find(actor, new Query("", organization, role, Status.ACTIVE, password, undelivered,
				Column.LAST_NAME, false), 0, 1).total();
	}

	@ParameterizedTest
	@CsvSource({"-1,EXPIRED", "0,EXPIRED", "1,EXPIRING", "86400000,EXPIRING", "86400001,ISSUED"})
	void passwordIsGoodUntilItsEnd(long left, PortalPassword password) {
		assertThat(PortalPassword.of(NOW.toEpochMilli() + left, NOW.toEpochMilli())).isEqualTo(password);
	}
}
