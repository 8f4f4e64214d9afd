package io.rollcall.acceptance.reach;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.system.HttpVisitor;

/** What a holder reaches of the account that the credential is of. */
final class Oneself {
	private static final String ME = "/api/me";

	private final Holder holder;
	private final Hands hands;
	private final Person person;

	Oneself(Holder holder) {
		this.holder = holder;
		this.hands = holder.hands();
		this.person = holder.person();
	}

	void ask() {
		String me = me(hands.get(ME));
		holder.cell("me", () -> me);
		holder.cell("me at the other site", () -> {
			String there = me(hands.getAtTheOtherSite(ME));
			return there.equals(me) && there.contains(" at ") ? "same" : there;
		});
		holder.cell("sign-in at the other site",
				() -> hands.browser().open(hands.site().other().address() + "/login").title().equals("Sign In")
						? "asked"
						: "let in");
		holder.cell("organizations", this::organizations);
		String phone = holder.phone();
		holder.change("own phone", () -> patch("phone", phone), person, "phone", phone);
		holder.change("own name", () -> patch("firstName", "Renamed"), person, "firstName", "Renamed");
		whatOthersSayOfOneself();
		clients();
		String stolen = holder.address("stolen");
		holder.change("own address without the password", () -> patch("email", stolen), person, "email", stolen);
		String moved = holder.address("moved");
		holder.change("own address", () -> patch("email", moved, "currentPassword", holder.password()), person, "email",
				moved);
	}

	/** In which role and where the account is known, if it is this one. */
	private String me(HttpResponse<String> answer) {
		if (!Hands.succeeded(answer)) return Hands.word(answer);
		JsonNode me = Hands.json(answer);
		return (me.path("id").asString().equals(person.id()) ? "" : "somebody else, ") + me.path("role").asString()
				+ " at " + me.path("site").asString();
	}

	private String organizations() {
		String own = holder.who().school();
		String outside = holder.who().schoolOutside();
		HttpResponse<String> answer = hands.get("/api/organizations?search=" + own);
		if (!Hands.succeeded(answer)) return Hands.word(answer);
		return whose(lists(answer, own), lists(hands.get("/api/organizations?search=" + outside), outside));
	}

	private static boolean lists(HttpResponse<String> answer, String code) {
		return Hands.json(answer).path("items").valueStream().anyMatch(it -> it.path("code").asString().equals(code));
	}

	/** Of two, one of one's own. */
	static String whose(boolean own, boolean outside) {
		if (own && outside) return "both";
		return own ? "own" : outside ? "outside" : "none";
	}

	private HttpResponse<String> patch(String... fields) {
		var changes = new LinkedHashMap<String, Object>();
		for (int i = 0; i < fields.length; i += 2)
			changes.put(fields[i], fields[i + 1]);
		return hands.ask("PATCH", ME, changes, "If-Match", holder.see(person).tag());
	}

	/** The ways by which one changes others' accounts, tried on one's own. */
	private void whatOthersSayOfOneself() {
		String address = holder.address("form");
		holder.change("own address by form", () -> holder.put(person, "email", address), person, "email", address);
		byFile("own address by file", Column.EMAIL, "email", holder.address("file"));
		String programs = holder.see(person).has("programs", "") ? "1030" : "";
		holder.change("own programs by form",
				() -> holder.put(person, "programs", programs.isEmpty() ? List.of() : List.of(programs)), person,
				"programs", programs);
		byFile("own programs by file", Column.PROGRAM, "programs", programs);
		String role = switch (holder.who().role()) {
			case "SC" -> "OPS";
			case "RAO" -> "TC";
			default -> "RAO";
		};
		holder.change("own role", () -> holder.put(person, "role", role), person, "role", role);
		String outside = holder.who().schoolOutside();
		holder.change("own organizations", () -> holder.put(person, "organizations", List.of(outside)), person,
				"organizations", outside);
		holder.cell("own deactivation", () -> Others.outcome(hands, "deactivations", person));
		holder.cell("own credentials", () -> Others.outcome(hands, "credentials", person));
	}

	private void byFile(String reach, Column column, String field, String cell) {
		holder.record(reach, () -> new Uploads(holder).update(column, List.of(person), cell).getFirst(), person, field,
				cell);
	}

	private void clients() {
		holder.cell("API client without the password", () -> client(Map.of("name", "mine")));
		holder.cell("API client", () -> client(Map.of("name", "mine", "currentPassword", holder.password())));
		holder.call("own API clients", () -> hands.get("/api/api-clients"));
	}

	/** What is answered to who asks for one, with a look whether it acts for this account. */
	private String client(Map<String, String> request) {
		HttpResponse<String> answer = hands.ask("POST", "/api/api-clients", request);
		boolean acts = Hands.succeeded(answer)
				&& me(Credentials.Client.of(answer).hands().get(ME)).endsWith(" at PORTAL");
		return Holder.honest(Hands.word(answer), Hands.succeeded(answer), acts);
	}

	/** Last of all, for it ends what else there is at the site. */
	void passwords() {
		if (!holder.isAsked("own Portal password")) return;
		String password = Credentials.newPassword();
		String portalBefore = since(Site.PORTAL);
		String trainingBefore = since(Site.TRAINING);
		HttpResponse<String> answer = hands.ask("PUT", "/api/me/password",
				Map.of("currentPassword", holder.password(), "newPassword", password));
		holder.cell("own Portal password", () -> became(answer, Site.PORTAL, portalBefore, password));
		holder.cell("own Training password", () -> became(answer, Site.TRAINING, trainingBefore, password));
	}

	/** Since when there is the password of a site. */
	private String since(Site site) {
		return holder.witness().see(person).account().path("credentials").path(site.name().toLowerCase()).path("since")
				.asString();
	}

	private String became(HttpResponse<String> answer, Site site, String before, String password) {
		boolean same = since(site).equals(before);
		if (!Hands.succeeded(answer)) return Holder.honest(Hands.word(answer), false, !same);
		if (same) return "kept";
		HttpVisitor browser = Credentials.browser();
		browser.signIn(site.address(), person.username(), password);
		return browser.isSignedIn(site.address()) ? "changed" : "another than was asked for";
	}
}
