package io.rollcall.acceptance.malformed;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.HttpVisitor;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.Tokens;

/** Who asks: nobody, two programs of those who may most, and somebody at a browser. */
final class Callers {
	private static final String OWN = "Chalkboard1842!";

	/** @param headers by which a caller is known */
	record Caller(String name, Map<String, String> headers) {
		boolean isNobody() {
			return headers.isEmpty();
		}
	}

	final Caller nobody = new Caller("nobody", Map.of());
	final Caller serviceCenter;
	final Caller operations;
	final Caller person;
	/** Of things that there are, by variable. */
	final Map<String, String> ids = new LinkedHashMap<>();

	Callers(RunningSystem system) {
		Row row = People.of("malformed", 1).getFirst();
		Imports imports = system.imports();
		String completed = imports.run("malformed.csv", People.file(List.of(row)), "add").id();
		ids.put("imports/id", completed);
		ids.put("timeline/id", completed);
		ids.put("users/id", Imports.json(imports.get("/api/imports/" + completed + "/rows")).path("items").path(0)
				.path("userId").asString());
		ids.put("organizations/code", "00050000");
		ids.put("docs/name", "users");
		ids.put("rows/record", "1");
		serviceCenter = program("service center", system, imports.get("/api/me"));
		operations = program("operations", system, system.operations().send("GET", "/api/me", null));
		HttpVisitor browser = system.visitor();
		system.secrets().add(OWN);
		browser.signInFirst(system.portal(), row.cell(Column.USERNAME),
				system.inbox().awaitPassword(row.cell(Column.EMAIL), "MCAS Portal"), OWN);
		person = new Caller("somebody at a browser", Map.of("Cookie", browser.cookies("/api/"), "X-Rollcall-CSRF", "1",
				"Sec-Fetch-Site", "same-origin"));
	}

	List<Caller> all() {
		return List.of(nobody, serviceCenter, operations, person);
	}

	/** Whose rights lead furthest with a route. */
	Caller best(Route route) {
		return route.path().startsWith("/api/operations/") ? operations : serviceCenter;
	}

	private static Caller program(String name, RunningSystem system, HttpResponse<byte[]> answer) {
		JsonNode me = Imports.json(answer);
		var subject = new Tokens.Subject(me.path("id").asString(), me.path("username").asString(),
				me.path("role").asString(),
				List.of(), List.of(), me.path("permissions").valueStream().map(JsonNode::asString).toList(), "PORTAL",
				Integer.MAX_VALUE);
		return new Caller(name, Map.of("Authorization", "Bearer " + system.tokens().of(subject)));
	}
}
