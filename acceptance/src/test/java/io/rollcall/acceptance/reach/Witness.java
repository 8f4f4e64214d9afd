package io.rollcall.acceptance.reach;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;

/** How things really are: what the service center sees at the services themselves. */
final class Witness {
	private static final List<String> TEXTS = List.of("username", "firstName", "lastName", "email", "role", "phone",
			"fax", "address");

	private final Imports users = RunningSystem.shared().imports().past(RunningSystem.shared().services().get(1));
	private final Imports imports = RunningSystem.shared().imports().past(RunningSystem.shared().services().get(2));

	/** @param tag what a change of the account is sent with */
	record Seen(JsonNode account, String tag) {
		/** The tag also says what became of mails. */
		String version() {
			return tag.replaceAll("\\..*", "");
		}

		/** A filled-in form of the account as it was seen, with something else in one field. */
		Map<String, Object> form(String field, Object value) {
			var form = new LinkedHashMap<String, Object>();
			TEXTS.forEach(name -> form.put(name, account.path(name).asString("")));
			for (String name : List.of("organizations", "programs"))
				form.put(name, account.path(name).valueStream().map(JsonNode::asString).toList());
			form.put(field, value);
			return form;
		}

		/** Whether the account has this in this field, which is a text or a list of one. */
		boolean has(String field, String value) {
			JsonNode now = account.path(field);
			return (now.isArray() ? now.path(0) : now).asString("").equals(value);
		}
	}

	Seen see(Person person) {
		HttpResponse<byte[]> answer = users.get("/api/users/" + person.id());
		return new Seen(Imports.json(answer), answer.headers().firstValue("ETag").orElseThrow());
	}

	/** Changes an account as the service center does. */
	void change(Person person, String field, Object value) {
		Seen seen = see(person);
		HttpResponse<byte[]> answer = users.put("/api/users/" + person.id(), seen.form(field, value), seen.tag());
		if (answer.statusCode() != 200) throw new AssertionError(answer.statusCode() + " " + Imports.text(answer));
	}

	JsonNode post(String path, Object body) {
		return Imports.json(users.post(path, body));
	}

	/** Accounts that a search finds. */
	List<JsonNode> search(String text) {
		var found = new ArrayList<JsonNode>();
		for (int page = 0, pages = 1; page < pages; page++) {
			JsonNode list = Imports.json(users.get("/api/users?size=200&page=" + page + "&search=" + text));
			pages = list.path("totalPages").asInt();
			list.path("items").forEach(found::add);
		}
		return found;
	}

	/** What became of the rows of an import, in the table's words, when it is done. */
	List<String> rows(String importId) {
		imports.awaitCompleted(importId);
		return Imports.json(imports.get("/api/imports/" + importId + "/rows?size=200")).path("items").valueStream()
				.map(row -> {
					String outcome = row.path("outcome").asString();
					String field = row.path("notes").path(0).path("field").asString("");
					return field.isEmpty() ? outcome : outcome + " on " + field;
				}).toList();
	}

	/** Uploads a file, awaits its end and says which accounts its records are about. */
	List<String> accounts(String fileName, byte[] content, String action) {
		String id = imports.run(fileName, content, action).id();
		return Imports.json(imports.get("/api/imports/" + id + "/rows?size=200")).path("items").valueStream()
				.map(row -> {
					String account = row.path("userId").asString("");
					if (account.isEmpty()) throw new AssertionError("a record of " + fileName + " was refused: " + row);
					return account;
				}).toList();
	}
}
