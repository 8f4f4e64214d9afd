package io.rollcall.acceptance.reach;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;

/** The first steps of chains, each with a look at what it has done. */
final class FirstSteps {
	private final Who now;
	private final Person own;
	private final Person inside;
	private final Person outside;
	private final Witness witness;
	private final List<String> made = new ArrayList<>();
	private final List<Hands> programs = new ArrayList<>();
	private Hands hands;

	/** @param now what the account is that the hands are of */
	FirstSteps(Who now, Person own, Person inside, Person outside, Hands hands, Witness witness) {
		this.now = now;
		this.own = own;
		this.inside = inside;
		this.outside = outside;
		this.hands = hands;
		this.witness = witness;
	}

	/** What there is in the hands, a new password as well. */
	Hands hands() {
		return hands;
	}

	/** The API clients that were made. */
	List<Hands> programs() {
		return programs;
	}

	/** The usernames of accounts that were to be made. */
	List<String> made() {
		return made;
	}

	/** Where the one who takes the steps reads what is for somebody. */
	String mailbox(String whose) {
		return whose + "." + own.username() + "@evil.example";
	}

	/** Takes a step. Returns {@code done} or {@code refused} as it was answered, with what is not true of that. */
	String take(String step) {
		return switch (step) {
			case "own address" -> effect(patch(), own, "email", mailbox("own"));
			case "own address by form" -> effect(put(own, "email", mailbox("own")), own, "email", mailbox("own"));
			case "own address by file" -> byFile(own, Column.EMAIL, "email", mailbox("own"));
			case "own role by form" -> effect(put(own, "role", above()), own, "role", above());
			case "own role by file" -> byFile(own, Column.ROLE, "role", above());
			case "own organizations by form" ->
				effect(put(own, "organizations", List.of(elsewhere())), own, "organizations", elsewhere());
			case "own organizations by file" -> byFile(own, Column.ORG, "organizations", elsewhere());
			case "own password" -> ownPassword();
			case "own credentials" -> bulk("credentials", own);
			case "API client" -> client();
			case "inside's address by form" ->
				effect(put(inside, "email", mailbox("inside")), inside, "email", mailbox("inside"));
			case "inside's address by file" -> byFile(inside, Column.EMAIL, "email", mailbox("inside"));
			case "inside's credentials" -> bulk("credentials", inside);
			case "inside deactivated" -> bulk("deactivations", inside);
			case "inside raised by form" -> raised();
			case "inside raised by file" -> byFile(inside, raisedRow(), "role", above());
			case "outside's address by form" ->
				effect(put(outside, "email", mailbox("outside")), outside, "email", mailbox("outside"));
			case "outside's address by file" -> byFile(outside, Column.EMAIL, "email", mailbox("outside"));
			case "outside's credentials" -> bulk("credentials", outside);
			case "outside deactivated" -> bulk("deactivations", outside);
			case "outside pulled in by form" -> effect(put(outside, "organizations", List.of(here())), outside,
					"organizations", here());
			case "outside pulled in by file" -> byFile(outside, Column.ORG, "organizations", here());
			case "new coordinator by form" -> create("DTC", here());
			case "new coordinator by file" -> upload("DTC", here());
			case "new coordinator outside by form" -> create("DTC", elsewhere());
			case "new coordinator outside by file" -> upload("DTC", elsewhere());
			case "new service center by form" -> create("SC");
			case "new service center by file" -> upload("SC", here());
			default -> throw new AssertionError("reach.yaml names no step: " + step);
		};
	}

	private String here() {
		return now.district();
	}

	private String elsewhere() {
		return here().equals(Who.AGAWAM) ? Who.BOSTON : Who.AGAWAM;
	}

	/** A role with more rights than the holder's. */
	private String above() {
		return switch (now.role()) {
			case "DTC" -> "SC";
			case "SC" -> "OPS";
			default -> "DTC";
		};
	}

	private static String word(boolean success, boolean isSo) {
		return Holder.honest(success ? "done" : "refused", success, isSo);
	}

	private String effect(HttpResponse<String> answer, Person whose, String field, String value) {
		return word(Hands.succeeded(answer), witness.see(whose).has(field, value));
	}

	private HttpResponse<String> put(Person whose, String field, Object value) {
		Witness.Seen seen = witness.see(whose);
		return put(whose, seen.form(field, value), seen);
	}

	private HttpResponse<String> put(Person whose, Map<String, Object> form, Witness.Seen seen) {
		form.put("currentPassword", password());
		return hands.ask("PUT", "/api/users/" + whose.id(), form, "If-Match", seen.tag());
	}

	private HttpResponse<String> patch() {
		return hands.ask("PATCH", "/api/me", Map.of("email", mailbox("own"), "currentPassword", password()), "If-Match",
				witness.see(own).tag());
	}

	private String password() {
		return hands.password() == null ? "Nobody-knows-1!" : hands.password();
	}

	private String byFile(Person whose, Column column, String field, String cell) {
		return byFile(whose, Uploads.row(witness.see(whose).account()).with(column, cell), field, cell);
	}

	private String byFile(Person whose, Row row, String field, String value) {
		String outcome = uploaded("update", row);
		return word(outcome.equals("updated"), witness.see(whose).has(field, value));
	}

	private String uploaded(String action, Row row) {
		HttpResponse<String> answer = hands.upload("chain.csv", People.file(List.of(row)), action, false);
		return answer.statusCode() == 202
				? witness.rows(Hands.json(answer).path("id").asString()).getFirst()
				: Hands.word(answer);
	}

	private String bulk(String what, Person whose) {
		String before = standing(whose);
		String outcome = Others.outcome(hands, what, whose);
		return word(outcome.equals("done"), !standing(whose).equals(before));
	}

	/** What such a request changes. */
	private String standing(Person whose) {
		var account = witness.see(whose).account();
		return account.path("status") + " " + account.path("credentials");
	}

	/** By a role that has no organizations, or one of the district. */
	private String raised() {
		Witness.Seen seen = witness.see(inside);
		Map<String, Object> form = seen.form("role", above());
		form.put("organizations", raisedTo());
		return effect(put(inside, form, seen), inside, "role", above());
	}

	private List<String> raisedTo() {
		return above().equals("DTC") ? List.of(here()) : List.of();
	}

	private Row raisedRow() {
		return Uploads.row(witness.see(inside).account()).with(Column.ROLE, above()).with(Column.ORG,
				String.join("|", raisedTo()));
	}

	private String ownPassword() {
		String before = witness.see(own).account().path("credentials").toString();
		String password = Credentials.newPassword();
		HttpResponse<String> answer = hands.ask("PUT", "/api/me/password",
				Map.of("currentPassword", password(), "newPassword", password));
		if (Hands.succeeded(answer)) hands = hands.withPassword(password);
		return word(Hands.succeeded(answer), !witness.see(own).account().path("credentials").toString().equals(before));
	}

	private String client() {
		HttpResponse<String> answer = hands.ask("POST", "/api/api-clients",
				Map.of("name", "chain", "currentPassword", password()));
		if (!Hands.succeeded(answer)) return "refused";
		programs.add(Credentials.Client.of(answer).hands());
		return "done";
	}

	private String newcomer() {
		String username = "reachnew." + made.size() + "." + own.username();
		made.add(username);
		return username;
	}

	private String create(String role, String... organizations) {
		String username = newcomer();
		HttpResponse<String> answer = hands.ask("POST", "/api/users",
				Map.of("username", username, "firstName", "Made", "lastName", "Person", "email", mailbox(username),
						"role", role, "organizations", List.of(organizations), "programs", List.of(), "currentPassword",
						password()));
		return word(Hands.succeeded(answer), !witness.search(username).isEmpty());
	}

	private String upload(String role, String organization) {
		String username = newcomer();
		String outcome = uploaded("add",
				Row.of(username, "Made", "Person", mailbox(username), role, organization));
		return word(outcome.equals("created"), !witness.search(username).isEmpty());
	}
}
