package io.rollcall.acceptance.reach;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.HttpVisitor;
import io.rollcall.acceptance.system.RunningSystem;

/** Makes accounts, many at once: by files of the service center, and one by one those that no file can make. */
final class Cast {
	private static final int MOST = 200;

	private final Witness witness;
	private final String name;
	private int made;

	/** @param name what their usernames begin with */
	Cast(Witness witness, String name) {
		this.witness = witness;
		this.name = name;
	}

	/** Somebody for each, in the same order. Returns when they exist; their mails are still on the way. */
	List<Person> hire(List<Who> wanted) {
		var hired = new Person[wanted.size()];
		Map<Integer, Row> rows = new LinkedHashMap<>();
		for (int i = 0; i < hired.length; i++) {
			Who who = wanted.get(i);
			String username = "%s.%d.%s".formatted(name, made++, who.role().toLowerCase());
			String email = username + "@people.example";
			if (who.organizations().isEmpty()) {
				hired[i] = new Person(who, username, email, appointed(who, username, email));
			} else {
				rows.put(i, Row.of(username, "Pat", "Person", email, who.role(), String.join("|", who.organizations()),
						"1030", "413-555-0100"));
			}
		}
		List<Integer> places = List.copyOf(rows.keySet());
		for (int from = 0; from < places.size(); from += MOST) {
			List<Integer> part = places.subList(from, Math.min(from + MOST, places.size()));
			List<String> ids = witness.accounts(name + ".csv", People.file(part.stream().map(rows::get).toList()),
					"add");
			for (int i = 0; i < part.size(); i++) {
				String username = rows.get(part.get(i)).cell(Column.USERNAME);
				hired[part.get(i)] = new Person(wanted.get(part.get(i)), username, username + "@people.example",
						ids.get(i));
			}
		}
		return List.of(hired);
	}

	/** One who runs the system, whom the service center itself appoints, with its password. */
	private static String appointed(Who who, String username, String email) {
		RunningSystem system = RunningSystem.shared();
		String password = system.serviceCenterPassword();
		HttpVisitor browser = Credentials.browser();
		browser.signIn(system.portal(), "service.center", password);
		HttpResponse<String> answer = Hands.of(Site.PORTAL, browser, password).ask("POST", "/api/users",
				Map.of("username", username, "firstName", "Pat", "lastName", "Person", "email", email, "role",
						who.role(), "organizations", List.of(), "programs", List.of("1030"), "currentPassword",
						password));
		if (!Hands.succeeded(answer)) throw new AssertionError(who + " is not appointed: " + Hands.word(answer));
		return Hands.json(answer).path("id").asString();
	}
}
