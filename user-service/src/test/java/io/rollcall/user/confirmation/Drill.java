package io.rollcall.user.confirmation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import io.rollcall.testing.ManualClock;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.confirmation.ConfirmationService.Change;
import io.rollcall.user.confirmation.ConfirmationService.Saved;
import io.rollcall.user.confirmation.Deciding.Asked;
import io.rollcall.user.confirmation.Rulebook.Person;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.request.Attempt;
import io.rollcall.user.roster.Roster;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.Repositories;

import static io.rollcall.user.confirmation.Staff.actor;
import static io.rollcall.user.testing.Fixtures.AGAWAM;
import static io.rollcall.user.testing.Fixtures.BOSTON;
import static io.rollcall.user.testing.Fixtures.BOSTON_LATIN;
import static io.rollcall.user.testing.Fixtures.CYBER_FALLS;
import static io.rollcall.user.testing.Fixtures.CYBER_FALLS_1;
import static io.rollcall.user.testing.Fixtures.DOERING;
import static io.rollcall.user.testing.Fixtures.ROBINSON;
import static org.assertj.core.api.Assertions.assertThat;

/** A confirmation as chance would have it: people are made, moved and deactivated, and decided of, right and wrong, early and late. */
final class Drill {
	static final Instant START = Instant.parse("2026-11-23T15:00:00Z");
	private static final List<Organization> DISTRICTS = List.of(AGAWAM, BOSTON, CYBER_FALLS);
	private static final List<Organization> SCHOOLS = List.of(DOERING, DOERING, ROBINSON, BOSTON_LATIN, CYBER_FALLS_1);

	/** A request as it was sent, to be sent again. */
	private record Sent(Person who, UUID whom, Verdict verdict, long seen, String cause) {}

	/** What was published: each fact once. */
	private static final class Published implements FactRelay {
		final List<Fact> facts = new ArrayList<>();

		@Override
		public void soon(Collection<? extends Fact> stored) {
			facts.addAll(stored);
		}

		@Override
		public void publish(Collection<? extends Fact> published) {
			facts.addAll(published);
		}
	}

	private final Random random;
	private final long seed;
	private final ManualClock clock = new ManualClock(START);
	private final Roster roster = new Roster(Fixtures.noDeliveries(), clock);
	private final Staff staff;
	private final ConfirmationService service;
	private final Deciding deciding;
	private final Worklists worklists;
	private final Published published = new Published();
	private final List<Person> everybody = new ArrayList<>();
	private final List<Sent> sent = new ArrayList<>();
	/** The last of each request in the middle of which the service died. */
	private final List<Sent> cutOff = new ArrayList<>();
	private final Rulebook rules;
	private final UUID id;
	private int names;
	/** How often each outcome came, so that a drill in which nothing happens is seen. */
	final Map<String, Integer> outcomes;

	Drill(long seed, Repositories repositories, Map<String, Integer> outcomes) {
		this.seed = seed;
		this.outcomes = outcomes;
		random = new Random(seed);
		AccountRepository accounts = repositories.get(AccountRepository.class);
		staff = new Staff(seed, accounts, roster, clock);
		var decisions = repositories.get(DecisionRepository.class);
		service = new ConfirmationService(repositories.get(ConfirmationRepository.class), accounts,
				codes -> Fixtures.DIRECTORY.entrySet().stream().filter(it -> codes.contains(it.getKey()))
						.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
				roster, published, Repositories.CONFIRMATIONS, clock);
		deciding = new Deciding(accounts, decisions, published, clock);
		worklists = new Worklists(roster, decisions, clock);
		List<Person> first = new ArrayList<>();
		rules = new Rulebook(
				List.of(Set.<String>of(), Set.of(AGAWAM.code()), Set.of(AGAWAM.code(), BOSTON.code()))
						.get(random.nextInt(3)),
				START.plusSeconds(60), Instant.parse("2026-12-01T05:00:00Z"));
		first.add(appear("SC", List.of()));
		for (int i = 0; i < 4 + random.nextInt(18); i++)
			first.add(anybody());
		first.stream().filter(_ -> random.nextInt(12) == 0).forEach(staff::toggle);
		clock.set(START.plusSeconds(60));
		Saved opened = service.open(
				new Plan("Drill " + seed, rules.scope, LocalDate.of(2026, 11, 30), List.of()),
				new Origin.Request("open/" + seed, first.getFirst().id, null, null));
		id = ((Saved.Done) opened).confirmation().id();
	}

	/** @param steps what happens, before all that can be asked is asked */
	void run(int steps) {
		for (int i = 0; i < steps; i++) {
			clock.advance(Duration.ofMinutes(random.nextInt(240)));
			switch (random.nextInt(18)) {
				case 0 -> staff.toggle(somebody());
				case 1 -> move(somebody());
				case 2 -> anybody();
				case 3 -> handOver();
				case 4, 5 -> sendAgain();
				case 6 -> check(somebody());
				case 7 -> {
					if (i > steps / 2 && random.nextInt(6) == 0) end();
				}
				default -> decide();
			}
		}
		everybody.forEach(this::check);
		everythingIsPublishedOnceAndInOrder();
		assertThat(worklists.openByCoordinator(confirmation())).as("reminded, " + seed).isEqualTo(rules.reminded());
	}

	private Confirmation confirmation() {
		return service.find(Actor.SYSTEM, id).orElseThrow();
	}

	private Person somebody() {
		return everybody.get(random.nextInt(everybody.size()));
	}

	/** Mostly somebody whose word counts. */
	private Person somebodyOf(String roles) {
		List<Person> such = everybody.stream().filter(it -> roles.contains(it.role)).toList();
		return such.isEmpty() || random.nextInt(5) == 0 ? somebody() : such.get(random.nextInt(such.size()));
	}

	private Person anybody() {
		String role = List.of("DTC", "STC", "STC", "TC", "TA", "TA", "TA", "RAO").get(random.nextInt(8));
		return appear(role, placesFor(role));
	}

	private List<Organization> placesFor(String role) {
		boolean district = role.equals("DTC") || !role.equals("STC") && !role.equals("TA") && random.nextBoolean();
		List<Organization> from = district ? DISTRICTS : SCHOOLS;
		return random.ints(1 + random.nextInt(2), 0, from.size()).mapToObj(from::get).distinct().toList();
	}

	private Person appear(String role, List<Organization> places) {
		Person person = staff.appear(role, places);
		everybody.add(person);
		rules.people.put(person.id, person);
		return person;
	}

	private void move(Person person) {
		String role = random.nextInt(3) == 0
				? List.of("DTC", "STC", "TC", "TA").get(random.nextInt(4))
				: person.role;
		staff.move(person, role, placesFor(role));
	}

	private void handOver() {
		Person who = somebodyOf("DTC");
		if (!who.role.equals("DTC") || !who.active || service.find(actor(who), id).isEmpty()) return;
		Map<String, Optional<UUID>> wanted = new TreeMap<>();
		for (Organization school : Set.copyOf(SCHOOLS))
			if (random.nextInt(3) == 0) {
				if (random.nextInt(4) == 0 && (isIn(who, school.code()) || random.nextInt(12) == 0)) {
					wanted.put(school.code(), Optional.empty());
				} else {
					candidate(who, school).ifPresent(it -> wanted.put(school.code(), Optional.of(it.id)));
				}
			}
		Saved saved = service.handOver(actor(who), confirmation(), wanted,
				new Origin.Request("hand/" + seed + "/" + ++names, who.id, null, null));
		boolean allowed = wanted.entrySet().stream()
				.allMatch(it -> it.getValue().isEmpty()
						? isIn(who, it.getKey())
						: rules.mayHandOver(who, it.getKey(), it.getValue().get()));
		if (!rules.takes(who, clock.instant())) {
			assertThat(saved).isInstanceOf(Saved.NoMore.class);
		} else if (!allowed) {
			assertThat(saved).isInstanceOf(Saved.Invalid.class);
		} else {
			assertThat(saved).isInstanceOf(Saved.Done.class);
			wanted.forEach((school, to) -> {
				if (to.isPresent()) rules.handedOver.put(school, to.get());
				else
					rules.handedOver.remove(school);
			});
		}
		outcomes.merge("hand-over " + saved.getClass().getSimpleName(), 1, Integer::sum);
	}

	/** Of a school of hers mostly one who can have it, and of another now and then. */
	private Optional<Person> candidate(Person who, Organization school) {
		if (random.nextInt(12) == 0) return Optional.of(somebody());
		return everybody.stream().filter(it -> it.role.equals("STC") && isIn(who, school.code())
				&& it.places.contains(school)).skip(random.nextInt(2)).findFirst();
	}

	private static boolean isIn(Person who, String school) {
		return who.places.stream().map(Organization::code)
				.anyMatch(it -> it.equals(Objects.requireNonNull(Fixtures.DIRECTORY.get(school)).district()));
	}

	private void end() {
		cutOff.subList(0, cutOff.size() / 2).forEach(this::sendAgain);
		if (random.nextBoolean()) {
			clock.set(clock.instant().isAfter(rules.end) ? clock.instant() : rules.end);
		} else {
			Confirmation it = confirmation();
			Saved saved = service.change(it, new Change(null, null, true), Set.of(it.version()),
					new Origin.Request("close/" + seed, everybody.getFirst().id, null, null));
			assertThat(saved).isInstanceOf(Saved.Done.class);
			rules.closed = true;
		}
		cutOff.forEach(this::sendAgain);
	}

	private void decide() {
		Person who = somebodyOf("SC DTC STC");
		if (!who.active || service.find(actor(who), id).isEmpty()) return;
		String cause = "request/" + seed + "/" + ++names;
		Map<UUID, Sent> asked = new LinkedHashMap<>();
		for (int i = 0; i < 1 + random.nextInt(5); i++) {
			UUID whom = random.nextInt(20) == 0 ? UUID.randomUUID() : somebody().id;
			Rulebook.Said last = rules.said.get(whom);
			long seen = last == null || random.nextInt(4) == 0 ? 0 : last.version();
			asked.put(whom, new Sent(who, whom, Verdict.values()[random.nextInt(3)], seen, cause));
		}
		// Now and then the service dies in the middle of a request, and the rest waits for it to be sent again.
		long done = random.nextInt(4) == 0 ? random.nextInt(asked.size()) : asked.size();
		send(who, cause, asked.values().stream().limit(done).toList(), new Attempt.First());
		sent.addAll(asked.values());
		if (done < asked.size()) cutOff.add(sent.getLast());
	}

	private void sendAgain() {
		if (!sent.isEmpty()) sendAgain(sent.get(random.nextInt(sent.size())));
	}

	private void sendAgain(Sent one) {
		if (!one.who().active || service.find(actor(one.who()), id).isEmpty()) return;
		send(one.who(), one.cause(), sent.stream().filter(it -> it.cause().equals(one.cause())).toList(),
				random.nextBoolean() ? new Attempt.Answered() : new Attempt.Unanswered(START));
	}

	private void send(Person who, String cause, List<Sent> asked, Attempt attempt) {
		Optional<Map<UUID, Deciding.Outcome>> answer = deciding.decide(actor(who), confirmation(),
				asked.stream().map(it -> new Asked(it.whom(), it.verdict(), it.seen())).toList(),
				new Origin.Request(cause, who.id, null, null), attempt);
		boolean takes = rules.takes(who, clock.instant());
		boolean done = asked.stream().anyMatch(it -> rules.isDecidedBy(it.whom(), cause + "/" + it.whom()));
		assertThat(answer.isPresent()).as("taken, " + seed).isEqualTo(takes || done);
		if (answer.isEmpty()) return;
		for (Sent it : asked) {
			String expected = rules.decide(who, it.whom(), it.verdict().id(), it.seen(), cause + "/" + it.whom(),
					attempt instanceof Attempt.Answered, !takes);
			String is = Objects.requireNonNull(answer.get().get(it.whom())).getClass().getSimpleName()
					.replaceAll("(?<=[a-z])([A-Z])", " $1").toLowerCase();
			assertThat(is).as("%s by %s of %s, %d", it.verdict(), who.role, it.whom(), seed).isEqualTo(expected);
			outcomes.merge(expected, 1, Integer::sum);
		}
	}

	/** All that this one can ask. */
	private void check(Person who) {
		if (!who.active || !List.of("SC", "DTC", "STC", "TC").contains(who.role)) return;
		Actor actor = actor(who);
		Confirmation it = confirmation();
		for (String state : List.of("", "open", "stays", "left", "wrong", "settled")) {
			boolean mine = random.nextBoolean();
			boolean proposed = random.nextInt(4) == 0;
			List<Worklists.Entry> found = worklists.find(actor, it,
					new Worklists.Query(null, State.of(state).orElse(null), proposed, mine));
			assertThat(found).extracting(Worklists.Entry::account)
					.as("%s, proposed %s, mine %s, %s, %d", state, proposed, mine, who.role, seed)
					.containsExactlyInAnyOrderElementsOf(rules.listed(who, state, proposed, mine, clock.instant()));
			outcomes.merge("listed " + state + (mine ? " mine" : "") + (proposed ? " proposed" : ""), found.size(),
					Integer::sum);
		}
		Progress progress = worklists.progress(actor, it, null);
		assertThat(states(progress.people())).as("people, " + seed).isEqualTo(rules.tally(who));
		Map<String, Map<String, Integer>> places = new TreeMap<>();
		progress.places().forEach((code, tally) -> places.put(code, states(tally)));
		assertThat(places).as("places, " + seed).isEqualTo(rules.places(who));
		assertThat(worklists.all(actor, it)).as("the report adds up, " + seed)
				.hasSize(progress.people().accounts()).doesNotHaveDuplicates();
	}

	private static Map<String, Integer> states(Progress.Tally tally) {
		Map<String, Integer> states = new TreeMap<>();
		tally.states().forEach((state, count) -> states.put(state.id(), count));
		return states;
	}

	private void everythingIsPublishedOnceAndInOrder() {
		assertThat(published.facts).extracting(Fact::id).doesNotHaveDuplicates();
		Map<UUID, Long> versions = new HashMap<>();
		for (Fact fact : published.facts) {
			if (!(fact instanceof Fact.Decided(Confirmation of, Decision decision, _))) continue;
			assertThat(of.id()).isEqualTo(id);
			assertThat(decision.version()).isEqualTo(versions.getOrDefault(decision.account(), 0L) + 1);
			versions.put(decision.account(), decision.version());
		}
		assertThat(versions).isEqualTo(rules.said.entrySet().stream()
				.collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().version())));
	}
}
