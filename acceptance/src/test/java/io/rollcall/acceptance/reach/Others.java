package io.rollcall.acceptance.reach;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.reach.Targets.Client;
import io.rollcall.acceptance.reach.Targets.Target;

/** What a holder reaches of others' accounts. */
final class Others {
	private static final AtomicInteger NEXT = new AtomicInteger();

	private final Holder holder;
	private final Hands hands;
	private final Target target;
	private final Who who;
	/** Where the usernames of accounts go that the holder was told are made. */
	private final Set<String> made;

	Others(Holder holder, Set<String> made) {
		this.holder = holder;
		this.hands = holder.hands();
		this.target = holder.target();
		this.who = holder.who();
		this.made = made;
	}

	void ask() {
		listed();
		seen();
		profiles();
		byFile();
		bulk("deactivate", "deactivations");
		bulk("reactivate", "reactivations");
		bulk("credentials", "credentials");
		moves();
		creations();
		uploads();
		judged();
		clients();
	}

	private void listed() {
		holder.cell("accounts", () -> {
			HttpResponse<String> list = hands.get("/api/users?search=" + target.inside().username());
			if (!Hands.succeeded(list)) return Hands.word(list);
			HttpResponse<String> others = hands.get("/api/users?search=" + target.outside().username());
			return Oneself.whose(list.body().contains(target.inside().id()),
					others.body().contains(target.outside().id()));
		});
		holder.cell("export", () -> exported(target.inside()));
		holder.cell("export outside", () -> exported(target.outside()));
	}

	private String exported(Person person) {
		HttpResponse<String> export = hands.ask("POST", "/api/users/exports", Map.of("userIds", List.of(person.id())));
		return Holder.honest(Hands.word(export), Hands.succeeded(export), export.body().contains(person.username()));
	}

	private void seen() {
		String users = "/api/users/";
		holder.call("see", () -> hands.get(users + target.inside().id()));
		holder.call("see outside", () -> hands.get(users + target.outside().id()));
		holder.call("see partly", () -> hands.get(users + target.partly().id()));
		holder.call("history", () -> hands.get(users + target.inside().id() + "/history"));
		holder.call("history outside", () -> hands.get(users + target.outside().id() + "/history"));
	}

	private void profiles() {
		for (String field : List.of("phone", "email")) {
			String reach = field.equals("email") ? "address" : field;
			String value = field.equals("email") ? holder.address("form") : holder.phone();
			change(reach, field, target.inside(), value);
			change(reach + " outside", field, target.outside(), value);
			change(reach + " partly", field, target.partly(), value);
		}
	}

	private void change(String reach, String field, Person whose, String value) {
		holder.change(reach, () -> holder.put(whose, field, value), whose, field, value);
	}

	private void byFile() {
		if (!holder.isAsked("address by file")) return;
		String address = holder.address("file");
		List<String> outcomes = new Uploads(holder).update(Column.EMAIL,
				List.of(target.inside(), target.outside(), target.partly()), address);
		holder.record("address by file", () -> outcomes.get(0), target.inside(), "email", address);
		holder.record("address outside by file", () -> outcomes.get(1), target.outside(), "email", address);
		holder.record("address partly by file", () -> outcomes.get(2), target.partly(), "email", address);
	}

	private void bulk(String reach, String what) {
		holder.cell(reach, () -> outcome(hands, what, target.inside()));
		holder.cell(reach + " outside", () -> outcome(hands, what, target.outside()));
		holder.cell(reach + " partly", () -> outcome(hands, what, target.partly()));
	}

	/** What became of a bulk action on one. */
	static String outcome(Hands hands, String what, Person person) {
		HttpResponse<String> answer = hands.ask("POST", "/api/users/" + what, Map.of("userIds", List.of(person.id())));
		if (!Hands.succeeded(answer)) return Hands.word(answer);
		JsonNode result = Hands.json(answer).path("results").path(0);
		return (result.path("outcome").asString() + " " + result.path("code").asString("")).strip();
	}

	private void moves() {
		move("move away", target.inside(), who.schoolOutside());
		move("pull in", target.outside(), who.school());
	}

	private void move(String reach, Person whose, String organization) {
		holder.change(reach, () -> holder.put(whose, "organizations", List.of(organization)), whose, "organizations",
				organization);
	}

	private void creations() {
		holder.call("create", () -> create("TA", who.school()));
		holder.call("create outside", () -> create("TA", who.schoolOutside()));
		holder.call("create a coordinator", () -> create("DTC", who.district()));
		holder.call("create a service center without the password", () -> create("SC"));
		holder.call("create a service center", () -> create("SC", Map.of("currentPassword", holder.password())));
	}

	private HttpResponse<String> create(String role, String... organizations) {
		return create(role, Map.of(), organizations);
	}

	private HttpResponse<String> create(String role, Map<String, Object> proof, String... organizations) {
		String username = newName();
		var form = new HashMap<String, Object>(proof);
		form.putAll(Map.of("username", username, "firstName", "Made", "lastName", "Person", "email",
				username + "@people.example", "role", role, "organizations", List.of(organizations), "programs",
				List.of()));
		HttpResponse<String> answer = hands.ask("POST", "/api/users", form);
		if (Hands.succeeded(answer)) made.add(username);
		return answer;
	}

	/** Of accounts that holders make; all of them are looked for in the end. */
	private static String newName() {
		return "reachmade." + NEXT.getAndIncrement();
	}

	private void uploads() {
		List<Row> rows = List.of(newcomer("TA", who.school()), newcomer("TA", who.schoolOutside()),
				newcomer("SC", who.school()));
		List<String> outcomes = new Uploads(holder).upload("add", rows);
		for (int i = 0; i < rows.size(); i++)
			if (outcomes.get(i).equals("created")) made.add(rows.get(i).cell(Column.USERNAME));
		holder.cell("upload", () -> outcomes.get(0));
		holder.cell("upload outside", () -> outcomes.get(1));
		holder.cell("upload a service center", () -> outcomes.get(2));
	}

	private static Row newcomer(String role, String organization) {
		String username = newName();
		return Row.of(username, "Made", "Person", username + "@people.example", role, organization);
	}

	/** What would become of a record that gives somebody another telephone number. Nobody has it afterwards. */
	private void judged() {
		holder.cell("judge", () -> judged(target.inside()));
		holder.cell("judge outside", () -> judged(target.outside()));
		holder.cell("judge partly", () -> judged(target.partly()));
	}

	private String judged(Person person) {
		String phone = "617-555-0199";
		Map<String, String> cells = Map.of("Username", person.username(), "Phone", phone);
		HttpResponse<String> answer = hands.ask("POST", "/api/users/row-validations",
				Map.of("action", "update", "rows", List.of(Map.of("cells", cells))));
		if (!Hands.succeeded(answer)) return Hands.word(answer);
		JsonNode result = Hands.json(answer).path("results").path(0);
		String field = result.path("notes").path(0).path("field").asString("");
		String word = result.path("outcome").asString() + (field.isEmpty() ? "" : " on " + field);
		return holder.see(person).has("phone", phone) ? word + " and done" : word;
	}

	private void clients() {
		holder.cell("API clients", () -> clients(target.client()));
		holder.cell("API clients outside", () -> clients(target.clientOutside()));
		holder.cell("revoke", () -> revoked(target.client()));
		holder.cell("revoke outside", () -> revoked(target.clientOutside()));
	}

	private String clients(Client client) {
		HttpResponse<String> answer = hands.get("/api/api-clients?account=" + client.owner().id());
		if (!Hands.succeeded(answer)) return Hands.word(answer);
		return answer.body().contains(client.id()) ? "listed" : "not listed";
	}

	private String revoked(Client client) {
		HttpResponse<String> answer = hands.ask("DELETE", "/api/api-clients/" + client.id(), null);
		return Holder.honest(Hands.word(answer), Hands.succeeded(answer), !client.isGood());
	}
}
