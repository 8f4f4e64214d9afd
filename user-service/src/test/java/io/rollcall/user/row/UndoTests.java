package io.rollcall.user.row;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.testing.ManualClock;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.AccountService;
import io.rollcall.user.account.BulkService;
import io.rollcall.user.account.EventRelay;
import io.rollcall.user.account.Kept;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.Outbox;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.FieldRules;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.directory.OrganizationDirectory;
import io.rollcall.user.history.Entries;
import io.rollcall.user.history.Entry;
import io.rollcall.user.history.LatestChanges;
import io.rollcall.user.permission.Role;
import io.rollcall.user.request.Attempt;
import io.rollcall.user.testing.Repositories;

import static io.rollcall.user.testing.Fixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Imports that are undone after whatever else has happened, on the real repositories. What is to come of it is told by a record of what
 * was done ({@link Person}), which knows nothing of the code.
 */
class UndoTests {
	/** In which it is another day than in UTC in the evening. */
	private static final ZoneId ZONE = ZoneId.of("America/New_York");
	private static final Organization CLOSING = Organization.school("00050000-00050999", "00050000");
	private static final List<String> PLACES = List.of(DOERING.code(), ROBINSON.code(),
			DOERING.code() + "|" + ROBINSON.code());
	private static final Map<Field, List<String>> TEXTS = new EnumMap<>(Map.of(Field.FIRST_NAME,
			List.of("Ana", "María", "Inés"), Field.LAST_NAME, List.of("Okafor", "Smith", "Jones"), Field.EMAIL,
			List.of("one@agawam.example", "two@agawam.example", "three@agawam.example"), Field.ROLE,
			List.of("TA", "RAO"), Field.ORGANIZATIONS, PLACES, Field.PROGRAMS, List.of("", "1030", "1030|1034"),
			Field.PHONE, List.of("", "413-555-0101", "413-555-0102")));
	private static final Map<Field, String> NAMES = Map.of(Field.FIRST_NAME, "First name was", Field.LAST_NAME,
			"Last name was", Field.EMAIL, "Email was", Field.ROLE, "Role was", Field.ORGANIZATIONS,
			"Organizations were", Field.PROGRAMS, "Programs were", Field.PHONE, "Phone was");
	private static final EventRelay NO_RELAY = new EventRelay() {
		@Override
		public void soon(Collection<Username> accounts) {}

		@Override
		public void relay(Collection<Username> accounts, Collection<CloudEvent> others) {}
	};

	private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T08:00:00Z"));
	private final Repositories repositories = Repositories.at(clock.instant());
	private final AccountRepository accounts = repositories.get(AccountRepository.class);
	private final Entries entries = repositories.get(Entries.class);
	private final Map<String, Organization> open = new HashMap<>(DIRECTORY);
	private final OrganizationDirectory directory = codes -> {
		var found = new HashMap<>(open);
		found.keySet().retainAll(codes);
		return found;
	};
	private final CredentialIssuer issuer = new CredentialIssuer(new CredentialIssuer.Settings(Duration.ofHours(72)));
	private final FieldRules rules = new FieldRules(PROGRAMS);
	private final RowService rows = new RowService(accounts, repositories.get(Decisions.class), directory, rules,
			new UndoRules(rules, new LatestChanges(accounts, entries), new UndoSettings(ZONE)), issuer, clock);
	private final AccountService forms = new AccountService(accounts, directory, rules, issuer, NO_RELAY, clock);
	private final BulkService bulk = new BulkService(accounts, issuer, noDeliveries(), NO_RELAY, clock);

	private final Map<String, Account> staff = new HashMap<>();
	private final Map<String, Integer> seen = new TreeMap<>();

	@AfterEach
	void close() {
		repositories.close();
	}

	private void hire(String username, Role role, Organization... organizations) {
		Account account = Account.create(
				new Profile(new Username(username), new FirstName("Staff"), new LastName("Person"),
						new EmailAddress("staff@agawam.example"), role, List.of(organizations), List.of(), Map.of()),
				issuer.issue(clock.instant()), new Origin.System("made/" + username), clock.instant());
		assertThat(accounts.save(List.of(account))).isEmpty();
		staff.put(username, accounts.find(account.id()).orElseThrow());
	}

	@Test
	void whatHasStayedAsTheRowLeftItIsTakenBackAndNothingElse() {
		play(250);
	}

	@Test
	@Tag("long")
	void soItIsInAThousandHistories() {
		play(1000);
		assertThat(seen).as("what came of it").hasSize(13)
				.allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThan(5));
	}

	private void play(int histories) {
		hire("service.center", Role.SC);
		hire("district", Role.DTC, AGAWAM);
		hire("school", Role.STC, DOERING);
		hire("neighbour", Role.DTC, BOSTON);
		for (int seed = 0; seed < histories; seed++)
			new History(seed).play();
	}

	/** Which of the two was first, their times do not tell. */
	@Test
	void whatAnotherFileOfTheSameMomentChangedStays() {
		hire("service.center", Role.SC);
		new History(1).playAtTheSameMoment();
	}

	/** A thing that was done to fields of somebody, and whether the history has heard of it. */
	private record Did(String causeId, String by, Instant at, Map<Field, String> after, boolean heard) {}

	/** Somebody, as what was done says that they are. */
	private static final class Person {
		final Map<Field, String> texts = new EnumMap<>(Field.class);
		final Map<Field, Instant> askedAt = new EnumMap<>(Field.class);
		final List<Did> done = new ArrayList<>();
		final Set<Site> generated = EnumSet.allOf(Site.class);
		boolean active = true;
		/** Where the mailed password was signed in with, and no other has come since. */
		final Set<Site> tried = EnumSet.noneOf(Site.class);
		@Nullable
		Did reactivated;
		int statuses;

		void takes(Did did) {
			texts.putAll(did.after);
			did.after.keySet().forEach(field -> askedAt.put(field, did.at));
			done.add(did);
			if (did.after.containsKey(Field.EMAIL)) tried.clear();
		}

		/** As far as it can be told: a mailed password that was signed in with and replaced leaves no trace. */
		boolean isUsed() {
			return !tried.isEmpty() || generated.size() < Site.values().length;
		}
	}

	/** One person's, from the seed on. */
	private final class History {
		private final SplittableRandom random;
		private final String username;
		private final Person person = new Person();
		private int causes;

		History(int seed) {
			random = new SplittableRandom(seed);
			username = "person.%04d".formatted(seed);
			open.put(CLOSING.code(), CLOSING);
		}

		void play() {
			boolean created = random.nextBoolean();
			String uploader = one("service.center", "district");
			Did row = add(created ? uploader : "service.center");
			Map<Field, String> before = new EnumMap<>(person.texts);
			if (!created) row = update(uploader, all());
			later();
			List<Profile.Change> changes = new ArrayList<>();
			if (!created)
				row.after.forEach(
						(field, after) -> changes.add(new Profile.Change(field, before.get(field), after)));
			if (!created && changes.isEmpty()) return;
			somethingHappens(random.nextInt(4));
			if (random.nextInt(3) == 0) open.remove(CLOSING.code());

			String by = one("service.center", "district", "district", "school", "school", "school", "neighbour");
			boolean evenIfUsed = random.nextInt(3) == 0;
			var undo = new Undo(row.causeId, row.at, account().id(), created, changes, evenIfUsed);
			Row preview = undoing(undo, by, true);
			Outcome foretold = expected(undo, by);
			assertThat(decide(preview)).as(username).isEqualTo(foretold);
			isAsTold();

			Row first = undoing(undo, by, false);
			long credentials = told("credentials");
			Outcome outcome = decide(first);
			assertThat(outcome).as(username).isEqualTo(foretold);
			boolean sent = outcome instanceof Outcome.Updated it && !it.credentialsSent().isEmpty();
			assertThat(told("credentials")).as(username).isEqualTo(credentials + (sent ? 1 : 0));
			takesBack(first, foretold, by);
			isAsTold();
			again(first, outcome);

			later();
			somethingHappens(random.nextInt(3));
			again(first, outcome);

			Row second = undoing(undo, by, false);
			Outcome then = expected(undo, by);
			assertThat(decide(second)).as(username).isEqualTo(then);
			takesBack(second, then, by);
			isAsTold();
			again(second, then);
			again(first, outcome);
		}

		void playAtTheSameMoment() {
			add("service.center");
			later();
			String before = person.texts.get(Field.PHONE);
			Row first = row(Row.Kind.UPDATE, "service.center", Map.of(Field.PHONE, "413-555-0198"));
			decide(first);
			decide(row(Row.Kind.UPDATE, "service.center", Map.of(Field.PHONE, "413-555-0199")));
			var undo = new Undo(first.commandId(), clock.instant(), account().id(), false,
					List.of(new Profile.Change(Field.PHONE, before, "413-555-0198")), false);
			assertThat(decide(undoing(undo, "service.center", false))).isEqualTo(new Outcome.Unchanged(account().id(),
					List.of(new Kept(Field.PHONE, "changed-since", "Phone was changed since"))));
			assertThat(account().profile().text(Field.PHONE)).isEqualTo("413-555-0199");
		}

		private String one(String... of) {
			return of[random.nextInt(of.length)];
		}

		private void later() {
			clock.advance(Duration.ofHours(30 + random.nextInt(40)));
		}

		private Account account() {
			return accounts.find(new Username(username)).orElseThrow();
		}

		private Map<Field, String> all() {
			Map<Field, String> some = new EnumMap<>(Field.class);
			TEXTS.forEach((field, texts) -> {
				if (random.nextInt(2) == 0) some.put(field, texts.get(random.nextInt(texts.size())));
			});
			return some;
		}

		private Row row(Row.Kind kind, String by, Map<Field, String> cells) {
			Map<Field, String> draft = new EnumMap<>(cells);
			draft.put(Field.USERNAME, username);
			return row(kind, by, Draft.row(draft), false, null);
		}

		private Row row(Row.Kind kind, String by, Draft draft, boolean dryRun, @Nullable Undo undo) {
			UUID importId = UUID.randomUUID();
			return new Row(kind, importId + "/1", importId, 1, draft, staff.get(by).id(), dryRun, List.of(), null,
					clock.instant(),
					undo);
		}

		private Row undoing(Undo undo, String by, boolean dryRun) {
			Map<Field, String> before = new EnumMap<>(Field.class);
			undo.changes().forEach(change -> before.put(change.field(), change.before()));
			before.put(Field.USERNAME, username);
			return row(undo.created() ? Row.Kind.ADD : Row.Kind.UPDATE, by, Draft.row(before), dryRun, undo);
		}

		private Outcome decide(Row row) {
			Map<String, Outcome> outcomes = rows.decide(List.of(row));
			return outcomes.get(row.commandId());
		}

		private Did add(String by) {
			Map<Field, String> cells = new EnumMap<>(Field.class);
			TEXTS.forEach((field, texts) -> cells.put(field, texts.get(random.nextInt(texts.size()))));
			if (random.nextInt(4) == 0) cells.put(Field.ORGANIZATIONS, CLOSING.code());
			Row row = row(Row.Kind.ADD, by, cells);
			assertThat(decide(row)).isInstanceOf(Outcome.Created.class);
			Did did = did(row.commandId(), by, cells, Entry.What.CREATED);
			person.takes(did);
			isAsTold();
			return did;
		}

		private Did update(String by, Map<Field, String> cells) {
			later();
			Row row = row(Row.Kind.UPDATE, by, cells);
			Map<Field, String> changed = changed(cells);
			Outcome outcome = decide(row);
			if (changed.isEmpty()) {
				assertThat(outcome).isInstanceOf(Outcome.Unchanged.class);
				return new Did(row.commandId(), by, clock.instant(), changed, true);
			}
			assertThat(outcome).as(username).isInstanceOf(Outcome.Updated.class);
			Did did = did(row.commandId(), by, changed, Entry.What.UPDATED);
			person.takes(did);
			isAsTold();
			return did;
		}

		private Map<Field, String> changed(Map<Field, String> cells) {
			Map<Field, String> changed = new EnumMap<>(cells);
			changed.entrySet().removeIf(it -> it.getValue().equals(person.texts.get(it.getKey())));
			return changed;
		}

		/** The history hears of nine in ten before anybody asks it. */
		private Did did(String cause, String by, Map<Field, String> after, Entry.What what) {
			boolean heard = random.nextInt(10) > 0;
			if (heard) {
				Account account = account();
				entries.add(List.of(new Entry(cause + "/" + what.name().toLowerCase(), account.id(),
						account.lifetime().version(), what, clock.instant(),
						new Entry.By("form", staff.get(by).id(), null, null, null), after.entrySet().stream()
								.map(it -> new Entry.Change(it.getKey(), "", it.getValue())).toList(),
						List.of(), List.of())));
			}
			return new Did(cause, by, clock.instant(), after, heard);
		}

		private void somethingHappens(int times) {
			for (int i = 0; i < times; i++) {
				switch (random.nextInt(6)) {
					case 0, 1 -> form();
					case 2 -> {
						if (person.active) update(one("service.center", "district"), one());
					}
					case 3 -> signIn();
					case 4 -> status(false);
					default -> status(true);
				}
				later();
			}
		}

		private Map<Field, String> one() {
			Field field = List.copyOf(TEXTS.keySet()).get(random.nextInt(TEXTS.size()));
			List<String> texts = TEXTS.get(field);
			return Map.of(field, texts.get(random.nextInt(texts.size())));
		}

		private Origin.Request request(String by) {
			return new Origin.Request("request/" + username + "/" + ++causes, staff.get(by).id(), null, null);
		}

		private void form() {
			if (!person.active) return;
			String by = one("service.center", "district");
			Map<Field, String> changed = changed(one());
			if (changed.isEmpty()) return;
			Map<Field, String> texts = new EnumMap<>(Field.class);
			Map<Field, List<String>> lists = new EnumMap<>(Field.class);
			changed.forEach((field, text) -> {
				if (field.isList()) {
					lists.put(field, text.isEmpty() ? List.of() : List.of(text.split("\\|")));
				} else {
					texts.put(field, text);
				}
			});
			Account account = account();
			Origin origin = request(by);
			assertThat(forms.change(staff.get(by).asActor(), account.id(), Draft.form(texts, lists), account.edition(),
					origin, new Attempt.First())).isInstanceOf(AccountService.Saved.Done.class);
			person.takes(did(origin.causeId(), by, changed, Entry.What.UPDATED));
			isAsTold();
		}

		private void signIn() {
			if (!person.active) return;
			Account account = account();
			Site site = Site.values()[random.nextInt(2)];
			if (random.nextBoolean() && account.useGenerated(site, null, clock.instant())) {
				person.tried.add(site);
			} else {
				account.setPassword(site, "a hash", request("district"), clock.instant());
				person.tried.remove(site);
				person.generated.remove(site);
			}
			assertThat(accounts.save(List.of(account))).isEmpty();
		}

		private void status(boolean active) {
			if (person.active == active) return;
			UUID id = account().id();
			Origin.Request origin = request("district");
			if (active) {
				bulk.reactivate(staff.get("district").asActor(), Set.of(id), Map.of(), true, origin,
						new Attempt.First());
				person.reactivated = did(origin.causeId(), "district", Map.of(), Entry.What.REACTIVATED);
			} else {
				bulk.deactivate(staff.get("district").asActor(), Set.of(id), Map.of(), origin, new Attempt.First());
			}
			person.active = active;
			person.statuses++;
			isAsTold();
		}

		private void again(Row row, Outcome outcome) {
			assertThat(decide(row)).as(username).isEqualTo(outcome);
			isAsTold();
		}

		private void isAsTold() {
			Account account = account();
			Map<Field, String> texts = new EnumMap<>(Field.class);
			TEXTS.keySet().forEach(field -> texts.put(field, account.profile().text(field)));
			assertThat(texts).as(username).isEqualTo(person.texts);
			assertThat(account.isActive()).as(username).isEqualTo(person.active);
			assertThat(told("created", "updated", "deactivated", "reactivated")).as(username)
					.isEqualTo(person.done.size() + person.statuses);
		}

		/** How often it was told that something happened to the account: each time is an entry of its history. */
		private long told(String... what) {
			return repositories.get(Outbox.class).of(List.of(new Username(username))).stream()
					.filter(it -> List.of(what).contains(it.event().type())).count();
		}

		private void takesBack(Row row, Outcome outcome, String by) {
			switch (outcome) {
				case Outcome.Updated it -> {
					Map<Field, String> back = new EnumMap<>(Field.class);
					it.changes().forEach(change -> back.put(change.field(), change.after()));
					person.takes(did(row.commandId(), by, back, Entry.What.UPDATED));
				}
				case Outcome.Deactivated _ -> {
					person.active = false;
					person.statuses++;
				}
				default -> {
				}
			}
		}

		private Outcome expected(Undo undo, String by) {
			Set<String> at = Set.of(person.texts.get(Field.ORGANIZATIONS).split("\\|"));
			Set<String> own = switch (by) {
				case "school" -> Set.of(DOERING.code());
				case "neighbour" -> Set.of();
				default -> Set.of(DOERING.code(), ROBINSON.code(), CLOSING.code());
			};
			if (at.stream().noneMatch(own::contains)) return counted("unseen", rejected(Fault.USER_UNKNOWN));
			boolean whole = own.containsAll(at);
			UUID id = account().id();
			List<Kept> kept = new ArrayList<>();
			if (undo.created()) {
				if (!whole) return counted("in part", rejected(Fault.CHANGE_NOT_ALLOWED));
				if (!person.active) return counted("deactivated before", new Outcome.Unchanged(id));
				for (Field field : Field.values()) {
					if (person.askedAt.containsKey(field) && person.askedAt.get(field).isAfter(undo.askedAt())) {
						kept.add(changed(field, by, undo));
					}
				}
				if (person.reactivated != null) {
					kept.add(new Kept(Field.USERNAME, "reactivated-since", "The account was reactivated"
							+ (person.reactivated.heard ? byAndOn(person.reactivated, by) : " since")));
				}
				if (person.isUsed() && !undo.evenIfUsed()) {
					kept.add(new Kept(Field.USERNAME, "used-since", "Somebody has signed in to the account"));
				}
				if (!kept.isEmpty())
					return counted(person.isUsed() ? "kept, used" : "kept", new Outcome.Unchanged(id, kept));
				return counted(person.isUsed() ? "deactivated, used" : "deactivated", new Outcome.Deactivated(id));
			}
			if (!person.active) return counted("update of one deactivated", rejected(Fault.USER_DEACTIVATED));
			List<Profile.Change> back = new ArrayList<>();
			List<Field> notInPart = new ArrayList<>();
			for (Profile.Change change : undo.changes()) {
				Field field = change.field();
				String has = person.texts.get(field);
				if (has.equals(change.before())) continue;
				Set<String> then = Set.of(change.before().split("\\|"));
				if (person.askedAt.get(field).isAfter(undo.askedAt())) {
					kept.add(changed(field, by, undo));
				} else if (field == Field.ORGANIZATIONS && change.before().equals(CLOSING.code())
						&& !open.containsKey(CLOSING.code())) {
					kept.add(refused(field, Fault.ORGANIZATION_UNKNOWN));
				} else if (field == Field.ORGANIZATIONS && !own.containsAll(without(then, at))) {
					kept.add(refused(field, Fault.ORGANIZATION_NOT_ALLOWED));
				} else if (field == Field.ORGANIZATIONS && !own.containsAll(without(at, then))) {
					kept.add(refused(field, Fault.ORGANIZATION_REMOVAL_NOT_ALLOWED));
				} else if (field != Field.ORGANIZATIONS && !whole) {
					notInPart.add(field);
				} else {
					back.add(new Profile.Change(field, has, change.before()));
				}
			}
			if (!notInPart.isEmpty() && back.isEmpty())
				return counted("fields in part", rejected(Fault.CHANGE_NOT_ALLOWED));
			notInPart.forEach(field -> kept.add(refused(field, Fault.CHANGE_NOT_ALLOWED)));
			kept.sort(Comparator.comparing(Kept::field));
			if (!whole && !back.isEmpty())
				return counted("organizations in part", new Outcome.Updated(id, back, Set.of(), kept));
			if (back.isEmpty()) return counted("nothing left", new Outcome.Unchanged(id, kept));
			Set<Site> sites = back.stream().anyMatch(it -> it.field() == Field.EMAIL)
					? EnumSet.copyOf(person.generated.isEmpty() ? EnumSet.noneOf(Site.class) : person.generated)
					: Set.of();
			return counted(kept.isEmpty() ? "all back" : "some back", new Outcome.Updated(id, back, sites, kept));
		}

		private static Kept refused(Field field, Fault why) {
			return new Kept(field, why.code(),
					NAMES.get(field).replaceAll(" (was|were)$", "") + " cannot go back: " + why.message());
		}

		private static Set<String> without(Set<String> codes, Set<String> others) {
			Set<String> rest = new HashSet<>(codes);
			rest.removeAll(others);
			return rest;
		}

		private Outcome counted(String what, Outcome outcome) {
			seen.merge(what, 1, Integer::sum);
			return outcome;
		}

		private static Outcome rejected(Fault fault) {
			return new Outcome.Rejected(List.of(fault));
		}

		/** The last that the history has heard of the field, if by that it is what it is. */
		private Kept changed(Field field, String by, Undo undo) {
			Did last = person.done.stream().filter(it -> it.heard && it.after.containsKey(field)).reduce((_, it) -> it)
					.orElse(null);
			boolean known = last != null && !last.causeId.equals(undo.commandId())
					&& same(last.after.get(field), person.texts.get(field));
			return new Kept(field, "changed-since",
					NAMES.get(field) + " changed" + (known ? byAndOn(last, by) : " since"));
		}

		private static boolean same(String one, String other) {
			return new HashSet<>(Arrays.asList(one.split("\\|")))
					.equals(new HashSet<>(Arrays.asList(other.split("\\|"))));
		}

		/** Whoever is at a school sees nobody of the district, and nobody sees the service center, whose name is its role's. */
		private static String byAndOn(Did did, String reader) {
			boolean sees = reader.equals("service.center") || reader.equals(did.by)
					|| reader.equals("district") && did.by.equals("school");
			String who = sees ? " by " + did.by : did.by.equals("service.center") ? " by Service Center" : "";
			return who + " on "
					+ DateTimeFormatter.ofPattern("MMM d, yyyy", Locale.ENGLISH).format(did.at.atZone(ZONE));
		}
	}
}
