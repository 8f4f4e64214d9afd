package io.rollcall.acceptance.reach;

import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

import io.rollcall.acceptance.reach.ReachTable.Holding;
import io.rollcall.acceptance.reach.Witness.Seen;
import io.rollcall.acceptance.system.HttpVisitor;

/**
 * What holders reach out for. What one of them may change is theirs alone; what none of them may change is there for all, and must be
 * as it was in the end.
 */
final class Targets {
	/** What others have uploaded. */
	static final String SHARED_FILE = "another.csv";
	private static final int CLIENTS_EACH = 5;

	/** Three people, somebody's API clients and dry runs, each at the holder's place and outside. */
	record Target(Person inside, Person outside, Person partly, Client client, Client clientOutside, String dryRun,
			String dryRunOutside) {}

	/** An API client of somebody else. */
	record Client(Credentials.Client client, Person owner) {
		String id() {
			return client.id();
		}

		/** Whether it still gets tokens. */
		boolean isGood() {
			return client.token(Credentials.browser()) != null;
		}
	}

	/** What there is for all at a school. */
	private record Place(Person somebody, Person partly, Queue<Client> clients, Client untouched, String dryRun) {}

	private final Witness witness;
	private final Map<String, Place> places = new HashMap<>();
	private final Map<Holding, List<Person>> own = new HashMap<>();
	private final Map<Person, Seen> untouched = new HashMap<>();

	Targets(Witness witness, Cast cast, List<Holding> holdings) {
		this.witness = witness;
		var wanted = new ArrayList<Who>();
		for (Holding holding : holdings)
			wanted.addAll(wantedBy(holding));
		var hired = new ArrayDeque<>(cast.hire(wanted));
		for (Holding holding : holdings)
			own.put(holding, wantedBy(holding).stream().map(_ -> hired.remove()).toList());
		for (String school : List.of(Who.DOERING, Who.BOSTON_LATIN)) {
			long here = 1 + holdings.stream().filter(it -> takesClient(it, school)).count();
			places.put(school, place(cast, school, (int) here));
		}
		places.values().forEach(place -> List.of(place.somebody(), place.partly())
				.forEach(it -> untouched.put(it, witness.see(it))));
	}

	private static boolean takesClient(Holding holding, String school) {
		return revokes(holding, "revoke") && holding.now().school().equals(school)
				|| revokes(holding, "revoke outside") && holding.now().schoolOutside().equals(school);
	}

	private static boolean revokes(Holding holding, String reach) {
		return holding.asked().contains(reach) && holding.word(reach).equals("204");
	}

	/** Those of whom a holder may change something. */
	private static List<Who> wantedBy(Holding holding) {
		var wanted = new ArrayList<Who>();
		String here = holding.now().school();
		String outside = holding.now().schoolOutside();
		if (holding.word("phone").equals("200")) wanted.add(Who.of("TA", here));
		if (holding.word("phone outside").equals("200")) wanted.add(Who.of("TA", outside));
		if (holding.word("phone partly").equals("200")) wanted.add(Who.of("TA", here, outside));
		return wanted;
	}

	private Place place(Cast cast, String school, int clients) {
		var wanted = new ArrayList<>(List.of(Who.of("TA", school), Who.of("TA", Who.DOERING, Who.BOSTON_LATIN)));
		for (int i = 0; i < clients; i += CLIENTS_EACH)
			wanted.add(Who.of("TC", school));
		List<Person> hired = cast.hire(wanted);
		var made = new ArrayDeque<Client>();
		String dryRun = "";
		for (Person owner : hired.subList(2, hired.size())) {
			HttpVisitor browser = owner.signedIn(Site.PORTAL);
			Hands hands = Hands.of(Site.PORTAL, browser, owner.own(Site.PORTAL));
			for (int i = 0; i < CLIENTS_EACH; i++)
				made.add(new Client(Credentials.Client.madeBy(hands), owner));
			if (dryRun.isEmpty()) dryRun = dryRun(hands, SHARED_FILE, school);
		}
		return new Place(hired.get(0), hired.get(1), made, made.remove(), dryRun);
	}

	/** An upload that changes nothing yet. Returns its id. */
	static String dryRun(Hands hands, String fileName, String school) {
		String row = "Username,Fname,Lname,Email,Role,Org\r\nreach.foretold.%s,Pat,Person,pat@people.example,TA,%s\r\n"
				.formatted(Long.toHexString(System.nanoTime()), school);
		HttpResponse<String> answer = hands.upload(fileName, row.getBytes(), "add", true);
		if (answer.statusCode() != 202) throw new AssertionError("dry run: " + Hands.word(answer));
		return Hands.json(answer).path("id").asString();
	}

	Target of(Holding holding) {
		Place here = places.get(holding.now().school());
		Place there = places.get(holding.now().schoolOutside());
		var mine = new ArrayDeque<>(own.get(holding));
		return new Target(mine.isEmpty() ? here.somebody() : mine.remove(),
				mine.isEmpty() ? there.somebody() : mine.remove(), mine.isEmpty() ? here.partly() : mine.remove(),
				revokes(holding, "revoke") ? here.clients().remove() : here.untouched(),
				revokes(holding, "revoke outside") ? there.clients().remove() : there.untouched(),
				here.dryRun(), there.dryRun());
	}

	/** How one was who is there for all, or nothing for one who is a holder's alone. */
	Optional<Seen> untouched(Person person) {
		return Optional.ofNullable(untouched.get(person));
	}

	/** Which of those whom nobody may change are not as they were. */
	List<Person> touched() {
		return untouched.keySet().stream()
				.filter(it -> !witness.see(it).version().equals(untouched.get(it).version())).toList();
	}
}
