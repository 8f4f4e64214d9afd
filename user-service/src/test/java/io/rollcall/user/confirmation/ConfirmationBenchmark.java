package io.rollcall.user.confirmation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.AccountService;
import io.rollcall.user.account.EventRelay;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.FieldRules;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.confirmation.ConfirmationService.Saved;
import io.rollcall.user.confirmation.Deciding.Asked;
import io.rollcall.user.confirmation.Worklists.Query;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;
import io.rollcall.user.request.Attempt;
import io.rollcall.user.roster.Roster;
import io.rollcall.user.signin.SignIns;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.Repositories;

/**
 * How long a confirmation of 100,000 accounts in 400 districts takes: without HTTP, on the embedded database. Half of the accounts are
 * decided. Prints a line for each. As a main class, on the class path of the tests.
 */
final class ConfirmationBenchmark {
	private static final int DISTRICTS = 400;
	private static final int SCHOOLS_EACH = 5;
	private static final int ROUNDS = 9;
	private static final CredentialIssuer ISSUER = new CredentialIssuer(
			new CredentialIssuer.Settings(Duration.ofHours(72)));

	private static final EventRelay NOWHERE = new EventRelay() {
		@Override
		public void soon(Collection<Username> owing) {}

		@Override
		public void relay(Collection<Username> owing, Collection<CloudEvent> others) {}
	};

	private final Repositories repositories = Repositories.at(Instant.now());
	private final AccountRepository accounts = repositories.get(AccountRepository.class);
	private final DecisionRepository decisions = repositories.get(DecisionRepository.class);
	private final Clock clock = Clock.tickMillis(ZoneOffset.UTC);
	private final Roster roster = new Roster(Fixtures.noDeliveries(), clock);
	private final FactRelay relay = new FactRelay() {
		@Override
		public void soon(Collection<? extends Fact> stored) {}

		@Override
		public void publish(Collection<? extends Fact> facts) {}
	};
	private final Worklists worklists = new Worklists(roster, decisions, clock);
	private final Deciding deciding = new Deciding(accounts, decisions, relay, clock);
	private final List<Account> all = new ArrayList<>();
	private final Random random = new Random(7);

	private ConfirmationBenchmark() {}

	/** @param arguments how many accounts; 100,000 without */
	public static void main(String[] arguments) {
		new ConfirmationBenchmark().run(arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]));
		System.exit(0);
	}

	private void run(int count) {
		print("loading, seconds", once(() -> load(count)) / 1000);
		ConfirmationService service = new ConfirmationService(repositories.get(ConfirmationRepository.class), accounts,
				_ -> Map.of(), roster, relay, Repositories.CONFIRMATIONS, clock);
		Actor center = Actor.SYSTEM;
		Confirmation spring = ((Saved.Done) service.open(
				new Plan("Spring", Set.of(), LocalDate.now().plusDays(20), List.of()),
				new Origin.Request("open", new UUID(1, 1), null, null))).confirmation();
		double decided = once(() -> {
			for (int from = 0; from < all.size() / 2; from += 200)
				deciding.decide(center, spring, all.subList(from, Math.min(from + 200, all.size() / 2)).stream()
						.map(it -> new Asked(it.id(), Verdict.values()[random.nextInt(3)], 0)).toList(),
						new Origin.Request("r" + from, new UUID(1, 1), null, null), new Attempt.First());
		});
		print("a call with 200 decisions, ms", decided * 200.0 / (all.size() / 2));
		Account dtc = all.stream().filter(it -> it.profile().role() == Role.DTC).findFirst().orElseThrow();
		measure("progress of the state, ms", () -> worklists.progress(center, spring, null));
		measure("progress of a district, ms", () -> worklists.progress(dtc.asActor(), spring, null));
		var details = new Details(
				new AccountService(accounts, _ -> Map.of(), new FieldRules(Fixtures.PROGRAMS), ISSUER, NOWHERE, clock),
				accounts,
				decisions, repositories.get(SignIns.class), roster, _ -> Map.of(), clock);
		measure("open, the first 50 of the state, ms", () -> page(details, center, spring, State.OPEN, false));
		measure("open, the first 50 of a district, ms", () -> page(details, dtc.asActor(), spring, State.OPEN, false));
		measure("a district's duty, the first 50, ms", () -> page(details, dtc.asActor(), spring, null, true));
		measure("the state's of whom nobody else decides, ms", () -> page(details, center, spring, null, true));
		measure("whom to remind, ms", () -> worklists.openByCoordinator(spring));
		print("report of the state, seconds", once(() -> {
			List<Worklists.Entry> entries = worklists.all(center, spring);
			for (int from = 0; from < entries.size(); from += 500)
				details.of(center, spring, entries.subList(from, Math.min(from + 500, entries.size())));
		}) / 1000);
	}

	private List<Details.Detail> page(Details details, Actor actor, Confirmation confirmation, @Nullable State state,
			boolean mine) {
		List<Worklists.Entry> found = worklists.find(actor, confirmation, new Query(null, state, false, mine));
		return details.of(actor, confirmation, found.subList(0, Math.min(50, found.size())));
	}

	private void load(int count) {
		List<Account> batch = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int district = random.nextInt(DISTRICTS);
			String code = "d%04d".formatted(district);
			boolean coordinates = i < 2 * DISTRICTS;
			Organization place = coordinates
					? Organization.district("d%04d".formatted(i % DISTRICTS))
					: Organization.school(code + "-" + random.nextInt(SCHOOLS_EACH), code);
			Role role = coordinates ? Role.DTC : i % 40 == 0 ? Role.STC : Role.TA;
			String name = "person.%06d".formatted(i);
			batch.add(Account.create(
					new Profile(new Username(name), new FirstName("A"), new LastName("Name" + random.nextInt(50_000)),
							new EmailAddress(name + "@people.example"), role, List.of(place), List.of(), Map.of()),
					ISSUER.issue(clock.instant()), new Origin.System(name), clock.instant()));
			if (batch.size() == 500 || i == count - 1) {
				accounts.save(batch);
				batch.forEach(roster::put);
				all.addAll(batch);
				batch.clear();
			}
		}
	}

	private static void measure(String what, Supplier<?> work) {
		double[] millis = new double[ROUNDS];
		for (int i = -2; i < ROUNDS; i++) {
			long begin = System.nanoTime();
			work.get();
			if (i >= 0) millis[i] = (System.nanoTime() - begin) / 1e6;
		}
		Arrays.sort(millis);
		print(what + " (slowest %.0f)".formatted(millis[ROUNDS - 1]), millis[ROUNDS / 2]);
	}

	private static double once(Runnable work) {
		long begin = System.nanoTime();
		work.run();
		return (System.nanoTime() - begin) / 1e6;
	}

	private static void print(String what, double value) {
		System.out.printf("%s: %.1f%n", what, value);
	}
}
