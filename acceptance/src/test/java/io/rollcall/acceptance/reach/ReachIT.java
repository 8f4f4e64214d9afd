package io.rollcall.acceptance.reach;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.reach.ChainTable.Start;
import io.rollcall.acceptance.reach.ReachTable.Holding;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.HttpVisitor;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/** P11: who can reach what by which credential is one table, tested pair by pair and in chains of two; nothing outside it works. */
class ReachIT {
	/** What a token that is out may live on for. */
	private static final Duration TOKEN = Duration.ofSeconds(61);
	private static final RunningSystem SYSTEM = RunningSystem.shared();

	private final Witness witness = new Witness();
	private final ReachTable table = ReachTable.read();
	/** The usernames of accounts that holders were told are made. */
	private final Set<String> made = ConcurrentHashMap.newKeySet();

	/** A credential that is not used yet. */
	private record Ready(Holding holding, Supplier<Hands> credential) {}

	/** An account with all credentials that are of it. */
	private record Owner(Person person, String dryRun, List<Ready> credentials) {
		Holding any() {
			return credentials.getFirst().holding();
		}
	}

	@AfterAll
	static void nothingStaysPaused() {
		SYSTEM.operations().send("POST", "/api/operations/mails/resume", null);
		SYSTEM.operations().send("POST", "/api/operations/imports/dispatch/resume", null);
	}

	@Test
	void everybodyReachesByEachCredentialWhatTheTableSays() throws Exception {
		List<Holding> holdings = table.holdings();
		Map<String, List<Holding>> accounts = holdings.stream()
				.collect(Collectors.groupingBy(Holding::account, LinkedHashMap::new, Collectors.toList()));
		var cast = new Cast(witness, "reach");
		var people = new ArrayDeque<>(cast.hire(accounts.values().stream().map(it -> it.getFirst().who()).toList()));
		var targets = new Targets(witness, cast, holdings);
		SYSTEM.awaitRest();

		List<Callable<Owner>> preparations = new ArrayList<>();
		accounts.values().forEach(those -> {
			Person person = people.remove();
			preparations.add(() -> prepared(person, those));
		});
		List<Owner> owners = atOnce(preparations);
		var events = new Events(witness);
		List<Callable<Object>> happenings = new ArrayList<>();
		owners.stream().collect(Collectors.groupingBy(it -> it.any().event())).forEach((event, those) -> happenings
				.add(Executors.callable(() -> events.happen(event, those.stream().map(Owner::person).toList(),
						those.getFirst().any().now()))));
		atOnce(happenings);
		Instant happened = Instant.now();
		SYSTEM.awaitRest();

		atOnce(owners.stream().filter(it -> !isOverInAMinute(it)).map(it -> asking(it, targets, events)).toList());
		Await.until("the end of the tokens that were out", TOKEN.plusSeconds(5),
				() -> Instant.now().isAfter(happened.plus(TOKEN)) ? true : null);
		atOnce(owners.stream().filter(ReachIT::isOverInAMinute).map(it -> asking(it, targets, events)).toList());

		System.out.printf("Reach: %,d cells of %d credentials%n", table.cells(), holdings.size());
		table.assertAllAsTheTableSays();
		assertThat(table.cells()).isEqualTo(holdings.stream().mapToInt(it -> it.asked().size()).sum());
		assertThat(targets.touched()).as("changed by those who may not").isEmpty();
		assertThat(witness.search("reachmade.")).extracting(it -> it.path("username").asString())
				.containsExactlyInAnyOrderElementsOf(made);
	}

	/** New credentials end a session with the token that it has, not before. */
	private static boolean isOverInAMinute(Owner owner) {
		return owner.any().event().equals("new credentials");
	}

	private Owner prepared(Person hired, List<Holding> holdings) {
		Person person = person(holdings.getFirst(), hired);
		String dryRun = person.who().mayManage() ? dryRun(person) : "00000000-0000-0000-0000-000000000000";
		List<Ready> credentials = new ArrayList<>();
		for (Holding holding : holdings)
			credentials.add(new Ready(holding, Credentials.of(holding.credential(), person)));
		if (holdings.getFirst().event().equals("signed out")) credentials.replaceAll(ReachIT::signedOut);
		return new Owner(person, dryRun, credentials);
	}

	/** The installation's own programs act for its own accounts. */
	private Person person(Holding holding, Person hired) {
		if (!holding.credential().equals("program of the installation")) return hired;
		String username = holding.who().role().equals("SC") ? "service.center" : "operations";
		var account = witness.search(username).getFirst();
		return new Person(holding.who(), username, account.path("email").asString(), account.path("id").asString());
	}

	/** What somebody has who copied the cookies before. */
	private static Ready signedOut(Ready ready) {
		Hands hands = ready.credential().get();
		HttpVisitor copied = hands.browser().copy();
		hands.browser().signOut(hands.site().address());
		return new Ready(ready.holding(), () -> Hands.of(hands.site(), copied, hands.password()));
	}

	/** Of before there is any credential, by a token that the issuer would have made. */
	private static String dryRun(Person person) {
		Who who = person.who();
		List<String> districts = who.organizations().stream().map(code -> code.substring(0, 8)).distinct().toList();
		String token = SYSTEM.tokens().of(new Tokens.Subject(person.id(), person.username(), who.role(),
				who.organizations(), districts, List.of("manage-users"), "PORTAL", Integer.MAX_VALUE));
		return Targets.dryRun(new Hands(Site.PORTAL, Credentials.browser(), () -> token, null), "own.csv",
				who.school());
	}

	/** One after the other, for they are of the same account. */
	private Callable<Object> asking(Owner owner, Targets targets, Events events) {
		return Executors.callable(() -> {
			String failure = events.failure(owner.person()).orElse(null);
			if (failure != null) {
				owner.credentials().forEach(it -> table.failed(it.holding(), failure));
				return;
			}
			List<Hands> hands = owner.credentials().stream().map(it -> it.credential().get()).toList();
			List<Oneself> selves = new ArrayList<>();
			for (int i = 0; i < hands.size(); i++) {
				var holder = new Holder(owner.credentials().get(i).holding(), owner.person(), hands.get(i), targets,
						owner.dryRun(), table, witness);
				var oneself = new Oneself(holder);
				oneself.ask();
				new Others(holder, made).ask();
				new Streams(holder).ask();
				holder.assertAsBefore();
				selves.add(oneself);
			}
			selves.reversed().forEach(Oneself::passwords); // a program, which goes on, before the session of its owner
		});
	}

	@Test
	void noTwoStepsLeadWhereTheTableSaysNo() throws Exception {
		var chains = new ChainTable(table);
		List<Start> starts = chains.starts();
		var people = new ArrayDeque<>(
				new Cast(witness, "chain").hire(starts.stream().flatMap(it -> it.people().stream()).toList()));
		SYSTEM.awaitRest();
		List<Callable<Chain>> preparations = new ArrayList<>();
		for (Start start : starts) {
			Person own = people.remove();
			Person inside = people.remove();
			Person outside = people.remove();
			preparations.add(() -> new Chain(start, own, inside, outside, witness));
		}
		List<Chain> prepared = atOnce(preparations);
		prepared.forEach(Chain::happen);
		SYSTEM.awaitRest();
		atOnce(prepared.stream().map(it -> Executors.callable(() -> chains.take(it))).toList());
		SYSTEM.awaitRest();
		atOnce(prepared.stream().map(it -> Executors.callable(() -> chains.compare(it))).toList());

		System.out.printf("Reach: %,d cells of chains of two, %d first steps%n", table.cells(),
				starts.stream().mapToInt(it -> it.steps().size()).sum());
		table.assertAllAsTheTableSays();
	}

	static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
		List<T> done = new ArrayList<>();
		try (var threads = Executors.newFixedThreadPool(10)) {
			for (Future<T> one : threads.invokeAll(work))
				done.add(one.get());
		}
		return done;
	}
}
