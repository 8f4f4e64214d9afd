package io.rollcall.acceptance.reach;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.reach.ChainTable.Start;
import io.rollcall.acceptance.system.Inbox.Mail;
import io.rollcall.acceptance.system.RunningSystem;

/** Somebody who takes first steps with a credential, then takes whatever these led to, and is looked at. */
final class Chain {
	private static final RunningSystem SYSTEM = RunningSystem.shared();

	/** Whoever's session it is. */
	private record Gained(String whose, Hands hands) {}

	private final Start start;
	private final Person own;
	private final Person inside;
	private final Person outside;
	private final Witness witness;
	private final Supplier<Hands> credential;
	private final List<Gained> gained = new ArrayList<>();
	private FirstSteps steps;

	/** Somebody who has come by the credential. */
	Chain(Start start, Person own, Person inside, Person outside, Witness witness) {
		this.start = start;
		this.own = own;
		this.inside = inside;
		this.outside = outside;
		this.witness = witness;
		this.credential = Credentials.of(start.credential(), own);
	}

	Start start() {
		return start;
	}

	/** What happens to the account before the first step. */
	void happen() {
		var events = new Events(witness);
		events.happen(start.event(), List.of(own), start.now());
		events.failure(own).ifPresent(why -> {
			throw new AssertionError(start.name() + ": " + why);
		});
	}

	void use() {
		Hands used = credential.get();
		steps = new FirstSteps(start.now(), own, inside, outside, start.isKnown() ? used : used.withPassword(null),
				witness);
	}

	/** Takes a step. Returns {@code done} or {@code refused} as it was answered, with what is not true of that. */
	String take(String step) {
		return steps.take(step);
	}

	/** Forgot Password?, of everybody whose name is known. */
	void askForLinks() {
		for (Person whose : List.of(own, inside, outside))
			for (Site site : Site.values())
				Credentials.askForLink(site, whose.username());
	}

	/** Uses all that was mailed to addresses that the holder reads. */
	void gather() {
		if (start.mailbox()) use("own", own.username(), own.email());
		use("own", own.username(), steps.mailbox("own"));
		use("inside", inside.username(), steps.mailbox("inside"));
		use("outside", outside.username(), steps.mailbox("outside"));
		for (String username : steps.made())
			use("new account", username, steps.mailbox(username));
	}

	private void use(String whose, String username, String mailbox) {
		for (Mail mail : SYSTEM.inbox().to(mailbox)) {
			String generated = mail.password();
			String link = Person.link(mail);
			for (Site site : Site.values()) {
				if (generated != null && mail.subject().endsWith(site.title()))
					gained.add(new Gained(whose, Credentials.usedFirst(site, username, generated)));
				if (link != null && link.startsWith(site.address()))
					gained.add(new Gained(whose, Credentials.usedLink(site, username, link)));
			}
		}
	}

	/** Whether it has come to this. */
	boolean reaches(String goal) {
		return switch (goal) {
			case "own at the Portal" -> isAt(Site.PORTAL, "own", own);
			case "own at the Training Site" -> isAt(Site.TRAINING, "own", own);
			case "own Portal password" -> knowsPassword();
			case "own program" -> any(it -> it.token() != null && me(it).equals(own.id() + " PORTAL"));
			case "inside at the Portal" -> isAt(Site.PORTAL, "inside", inside);
			case "inside at the Training Site" -> isAt(Site.TRAINING, "inside", inside);
			case "inside's address" -> witness.see(inside).has("email", steps.mailbox("inside"));
			case "outside at the Portal" -> isAt(Site.PORTAL, "outside", outside);
			case "outside at the Training Site" -> isAt(Site.TRAINING, "outside", outside);
			case "outside's address" -> witness.see(outside).has("email", steps.mailbox("outside"));
			case "new account at the Portal" -> gained.stream().filter(it -> it.whose().equals("new account"))
					.anyMatch(it -> me(it.hands()).endsWith(" PORTAL"));
			case "sees inside" -> any(it -> gets(it, "/api/users/" + inside.id()));
			case "sees outside" -> any(it -> gets(it, "/api/users/" + outside.id()));
			case "uploads" -> any(it -> gets(it, "/api/imports/template"));
			case "operates" -> any(it -> gets(it, "/api/operations/imports/pipeline"));
			default -> throw new AssertionError("reach.yaml names no goal: " + goal);
		};
	}

	private boolean any(Predicate<Hands> reaches) {
		return reaches.test(steps.hands()) || steps.programs().stream().anyMatch(reaches)
				|| gained.stream().map(Gained::hands).anyMatch(reaches);
	}

	private static boolean gets(Hands hands, String path) {
		return Hands.succeeded(hands.get(path));
	}

	/** In a session, that is. */
	private boolean isAt(Site site, String whose, Person person) {
		return any(it -> it.token() == null && it.site() == site && me(it).equals(person.id() + " " + site));
	}

	private static String me(Hands hands) {
		HttpResponse<String> answer = hands.get("/api/me");
		JsonNode me = Hands.json(answer);
		return Hands.succeeded(answer) ? me.path("id").asString() + " " + me.path("site").asString() : "nobody";
	}

	/** Signs in once more, with what the holder knows. */
	private boolean knowsPassword() {
		return any(it -> it.site() == Site.PORTAL && it.token() == null && signsIn(it.password()));
	}

	private boolean signsIn(@Nullable String password) {
		if (password == null) return false;
		var browser = Credentials.browser();
		browser.signIn(Site.PORTAL.address(), own.username(), password);
		return me(Hands.of(Site.PORTAL, browser, password)).equals(own.id() + " PORTAL");
	}
}
