package io.rollcall.user.row.comparison;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Credentials;
import io.rollcall.user.account.Lifetime;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.FieldRules;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.directory.OrganizationDirectory;
import io.rollcall.user.history.Entries;
import io.rollcall.user.history.LatestChanges;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Reach;
import io.rollcall.user.permission.Role;
import io.rollcall.user.roster.Roster;
import io.rollcall.user.row.Decisions;
import io.rollcall.user.row.RowService;
import io.rollcall.user.row.UndoRules;
import io.rollcall.user.row.UndoSettings;
import io.rollcall.user.row.Warnings;
import io.rollcall.user.row.comparison.Comparison.Compared;
import io.rollcall.user.testing.Repositories;

import static io.rollcall.user.testing.Fixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

/** Lists and accounts of which it is known what has become of each person, on the real repository. */
class ComparisonsTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

	private final Repositories repositories = Repositories.at(NOW);
	private final AccountRepository accounts = repositories.get(AccountRepository.class);
	private final OrganizationDirectory directory = codes -> {
		var found = new HashMap<>(DIRECTORY);
		found.keySet().retainAll(codes);
		return found;
	};
	@AfterEach
	void close() {
		repositories.close();
	}

	private RowService rowsOn(AccountRepository accounts) {
		return new RowService(accounts, repositories.get(Decisions.class), directory,
				new FieldRules(PROGRAMS),
				new UndoRules(new FieldRules(PROGRAMS), new LatestChanges(accounts, repositories.get(Entries.class)),
						new UndoSettings(ZoneOffset.UTC)),
				new CredentialIssuer(new CredentialIssuer.Settings(Duration.ofHours(72))),
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

	private Comparisons with(List<Account> people) {
		return with(accounts, people);
	}

	/** @param looked where the comparison looks for accounts */
	private Comparisons with(AccountRepository looked, List<Account> people) {
		assertThat(accounts.save(people)).isEmpty();
		var roster = new Roster(noDeliveries(), Clock.fixed(NOW, ZoneOffset.UTC));
		people.forEach(it -> roster.put(accounts.find(it.id()).orElseThrow()));
		return new Comparisons(rowsOn(looked), new Warnings(roster, accounts), looked, roster, directory,
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

	private static String said(Compared it) {
		Account account = it.account();
		return Stream.of(it.group().id(),
				account == null || !it.faults().isEmpty() ? "" : account.profile().username().value(),
				it.likeness() == null ? "" : it.likeness().id(),
				it.faults().stream().map(Fault::code).collect(Collectors.joining(" ")))
				.filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
	}

	private static String why(Reach reach) {
		return switch (reach) {
			case Reach.Oneself _ -> "oneself";
			case Reach.InPart _ -> "organizations-outside";
			case Reach.SeenOnly _ -> "role";
			case Reach.Whole _,Reach.Unseen _ -> throw new AssertionError(reach);
		};
	}

	@Test
	void eachPersonIsSaidToHaveBecomeWhatSheHas() {
		compare(80, EnumSet.noneOf(Staffroom.Fate.class));
	}

	@Test
	@Tag("long")
	void soItIsWhateverHasBecomeOfThem() {
		Set<Staffroom.Fate> fates = EnumSet.noneOf(Staffroom.Fate.class);
		int held = compare(300, fates);
		assertThat(fates).containsExactlyInAnyOrder(Staffroom.Fate.values());
		assertThat(held).isBetween(30, 299);
	}

	/** What is shown and what is decided are of one moment. */
	@Test
	void whoeverIsAddedWhileTheListIsComparedIsNew() {
		Account coordinator = newcomer("rafael.santos", Role.DTC, AGAWAM);
		Account added = newcomer("maria.okafor", Role.TA, DOERING);
		AccountRepository busy = afterEachLook(() -> accounts.save(List.of(added)));

		Comparison comparison = with(busy, List.of(coordinator)).compare(coordinator.asActor(), Set.of(DOERING.code()),
				List.of(new Listed(draft("Username", "maria.okafor"), null, Set.of())));

		assertThat(accounts.find(new Username("maria.okafor"))).isPresent();
		assertThat(comparison.records()).extracting(ComparisonsTests::said).containsExactly("new");
	}

	private static Account newcomer(String username, Role role, Organization at) {
		var profile = new Profile(new Username(username), new FirstName("New"), new LastName("Comer"),
				new EmailAddress(username + "@agawam.example"), role, List.of(at), List.of(), Map.of());
		return account(UUID.randomUUID(), profile, Lifetime.Status.ACTIVE, 0,
				new Credentials(Map.of(), List.of(), null));
	}

	/** The same accounts, to which somebody does something once a username has been looked up. */
	private AccountRepository afterEachLook(Runnable something) {
		return (AccountRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[]{AccountRepository.class}, (_, method, arguments) -> {
					Object found = method.invoke(accounts, arguments);
					if (method.getName().equals("findByUsername")) something.run();
					return found;
				});
	}

	/** Returns how many lists were held; adds the fates that there were. */
	private int compare(int staffrooms, Set<Staffroom.Fate> fates) {
		int held = 0;
		for (int seed = 1; seed <= staffrooms; seed++) {
			var staffroom = new Staffroom(seed);
			Comparison comparison = with(staffroom.accounts).compare(staffroom.actor.asActor(),
					staffroom.organizations, staffroom.list());
			String room = "staffroom " + seed;
			assertThat(comparison.records()).as(room).extracting(ComparisonsTests::said)
					.isEqualTo(staffroom.said());
			assertThat(comparison.left()).as(room).extracting(it -> it.profile().username().value())
					.containsExactlyInAnyOrderElementsOf(staffroom.left);
			Map<String, String> kept = new TreeMap<>();
			comparison.kept().forEach(it -> kept.put(it.account().profile().username().value(), why(it.reach())));
			assertThat(kept).as(room).isEqualTo(staffroom.kept);
			assertThat(comparison.people()).as(room).isEqualTo(staffroom.people);
			assertThat(comparison.affected()).as(room).isEqualTo(staffroom.affected);
			boolean many = staffroom.affected > 20 || staffroom.affected * 10 > staffroom.people;
			assertThat(comparison.isHeld()).as(room).isEqualTo(many);
			held += many ? 1 : 0;
			fates.addAll(staffroom.fates);
		}
		return held;
	}
}
