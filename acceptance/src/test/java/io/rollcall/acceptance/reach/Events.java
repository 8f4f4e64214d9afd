package io.rollcall.acceptance.reach;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.HttpVisitor;

/** What happens to accounts, by the service center or by those whose they are. */
final class Events {
	private final Witness witness;
	private final Map<Person, String> failures = new ConcurrentHashMap<>();

	Events(Witness witness) {
		this.witness = witness;
	}

	/** Why it did not happen to somebody, if it did not. */
	Optional<String> failure(Person person) {
		return Optional.ofNullable(failures.get(person));
	}

	/** Lets this happen to all of them. */
	void happen(String event, List<Person> people, Who now) {
		List<String> organizations = now.organizations();
		switch (event) {
			case "nothing", "signed out" -> {
			}
			case "address corrected by form" -> byForm(people, "email", person -> "right." + person.email());
			case "address corrected by file" -> byFile(people,
					Map.of(Column.EMAIL, person -> "right." + person.email()));
			case "address changed by the owner" -> each(people, this::moveHouse);
			case "deactivated" -> all("deactivations", people);
			case "deactivated and reactivated" -> {
				all("deactivations", people);
				all("reactivations", people);
			}
			case "new credentials" -> all("credentials", people);
			case "another Portal password" -> each(people, person -> another(Site.PORTAL, person));
			case "another Portal password by a link" -> each(people, person -> anotherByLink(Site.PORTAL, person));
			case "another Training password" -> each(people, person -> another(Site.TRAINING, person));
			case "another Training password by a link" -> each(people, person -> anotherByLink(Site.TRAINING, person));
			case "moved by form" -> byForm(people, "organizations", _ -> organizations);
			case "moved by file" -> byFile(people, Map.of(Column.ORG, _ -> String.join("|", organizations)));
			case "demoted" -> byForm(people, "role", _ -> now.role());
			default -> throw new AssertionError("reach.yaml names no event: " + event);
		}
	}

	private void byForm(List<Person> people, String field, Function<Person, Object> value) {
		each(people, it -> witness.change(it, field, value.apply(it)));
	}

	private void each(List<Person> people, Consumer<Person> event) {
		for (Person person : people) {
			try {
				event.accept(person);
			} catch (AssertionError e) {
				failures.put(person, String.valueOf(e.getMessage()));
			}
		}
	}

	private void byFile(List<Person> people, Map<Column, Function<Person, String>> columns) {
		List<Row> rows = people.stream().map(person -> {
			var row = new Row(Map.of(Column.USERNAME, person.username(), Column.FNAME, "Pat", Column.LNAME, "Person",
					Column.EMAIL, person.email(), Column.ROLE, person.who().role(), Column.ORG,
					String.join("|", person.who().organizations()), Column.PROGRAM, "1030", Column.PHONE,
					"413-555-0100"));
			for (var column : columns.entrySet())
				row = row.with(column.getKey(), column.getValue().apply(person));
			return row;
		}).toList();
		witness.accounts("event.csv", People.file(rows), "update");
	}

	private void all(String what, List<Person> people) {
		witness.post("/api/users/" + what, Map.of("userIds", people.stream().map(Person::id).toList())).path("results")
				.forEach(result -> {
					if (!result.path("outcome").asString().equals("done"))
						throw new AssertionError(what + " " + result);
				});
	}

	/** Changes one's own address, at the Portal and with one's password. */
	private void moveHouse(Person person) {
		HttpVisitor browser = person.signedIn(Site.PORTAL);
		var answer = Hands.of(Site.PORTAL, browser, person.own(Site.PORTAL)).ask("PATCH", "/api/me",
				Map.of("email", "right." + person.email(), "currentPassword", person.own(Site.PORTAL)), "If-Match",
				witness.see(person).tag());
		if (!Hands.succeeded(answer)) throw new AssertionError("own address: " + Hands.word(answer));
	}

	/** In a session of its own. */
	private static void another(Site site, Person person) {
		String own = person.own(site);
		HttpVisitor browser = Credentials.browser();
		browser.signIn(site.address(), person.username(), own);
		var answer = Hands.of(site, browser, own).ask("PUT", "/api/me/password",
				Map.of("currentPassword", own, "newPassword", Credentials.newPassword()));
		if (!Hands.succeeded(answer)) throw new AssertionError("own password: " + Hands.word(answer));
	}

	private static void anotherByLink(Site site, Person person) {
		Hands hands = Credentials.usedLink(site, person.username(), Credentials.mailedLink(site, person));
		if (!hands.browser().isSignedIn(site.address())) throw new AssertionError(person + " has no other password");
	}
}
