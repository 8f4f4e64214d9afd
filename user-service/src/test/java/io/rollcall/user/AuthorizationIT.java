package io.rollcall.user;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.rollcall.testing.AuthorizationMatrix;
import io.rollcall.testing.AuthorizationMatrix.Caller;
import io.rollcall.testing.AuthorizationMatrix.Target;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.UsersOverHttp;

import static org.awaitility.Awaitility.await;

/** Every call of this service by every caller about every kind of account, against {@code authorization.yaml}. */
class AuthorizationIT extends UsersOverHttp {
	@Autowired
	private ApplicationContext service;
	@Autowired
	private AccountRepository accounts;

	private final AuthorizationMatrix matrix = AuthorizationMatrix.of("users");
	private final String mark = "cells" + UUID.randomUUID().toString().substring(0, 8);
	private final Map<String, Person> people = new ConcurrentHashMap<>();
	private final Map<String, String> usernames = new ConcurrentHashMap<>();
	private final AtomicInteger numbers = new AtomicInteger();
	private String confirmation = "";

	/** A caller's account. */
	private record Person(String id, String token) {}

	@Test
	void everyCallIsAllowedToWhomTheTableSays() throws Exception {
		matrix.assertKnows(AuthorizationMatrix.endpoints(service));
		serviceCenterToken = tokenFor(serviceCenter(), Role.SC); // one that outlives a slow machine
		List<Caller> callers = matrix.callers();
		callers.stream().filter(caller -> !caller.isNobody()).forEach(this::prepare);
		List<Target> targets = new ArrayList<>();
		forEachRoleAndPlace((role, place) -> targets.add(account(role, place)));
		targets.add(Target.absent(UUID.randomUUID().toString()));

		confirmation = openConfirmation(targets);
		List<Runnable> work = new ArrayList<>();
		// One account's calls one after the other: some of them change it.
		for (Target target : targets)
			work.add(() -> callers.forEach(caller -> check(caller, target)));
		for (Caller caller : callers) {
			work.add(() -> {
				matrix.checkCalls(caller, this::ask);
				forEachRoleAndPlace((role, place) -> checkCreation(caller, role, place));
			});
		}
		AuthorizationMatrix.run(work);
		// Afterwards, for those who changed themselves meanwhile would be somebody else to the others.
		for (Caller caller : callers) {
			Person self = people.get(caller.name());
			if (self != null) check(caller, new Target(self.id(), caller.role(), caller.place(), caller.name()));
		}
		matrix.assertAllAsTheTableSays();
	}

	private void check(Caller caller, Target account) {
		for (String call : matrix.calls("accounts"))
			matrix.check("accounts", call, caller, account, ask(call, caller, account));
	}

	private void checkCreation(Caller caller, String role, String place) {
		String answered = ask("POST", "/api/users", caller, person(role, place));
		matrix.check("creations", "POST /api/users", caller, Target.of("", role, place), answered);
	}

	/** Of the state, in which something is said of each of these and of the callers, so that they are easily found. */
	private String openConfirmation(List<Target> targets) {
		Answer opened = call(HttpMethod.POST, "/api/confirmations", serviceCenterToken,
				Map.of("name", mark, "deadline", LocalDate.now().plusDays(9).toString()));
		List<String> ids = Stream
				.concat(targets.stream().map(Target::id), people.values().stream().map(Person::id)).toList();
		call(HttpMethod.POST, opened.location() + "/decisions", serviceCenterToken, Map.of("decisions",
				ids.stream().map(it -> Map.of("userId", it, "decision", "wrong")).toList()));
		return opened.location();
	}

	/** Another decision than the one that is there, by somebody who has seen it. */
	private String decided(Caller caller, Target account, boolean left) {
		JsonNode seen = call(HttpMethod.POST, confirmation + "/decisions", serviceCenterToken,
				decision(account, "stays", 0)).body().at("/results/0/decision");
		String present = seen.path("decision").asString("");
		String verdict = left ? "left" : present.equals("stays") ? "wrong" : "stays";
		if (verdict.equals(present)) { // as the caller before has left it
			call(HttpMethod.POST, confirmation + "/decisions", serviceCenterToken,
					decision(account, "stays", seen.path("version").asInt()));
			return decided(caller, account, true);
		}
		return outcome(confirmation + "/decisions", caller, decision(account, verdict, seen.path("version").asInt(0)));
	}

	private static Map<String, Object> decision(Target account, String verdict, int version) {
		return Map.of("decisions", List.of(Map.of("userId", account.id(), "decision", verdict, "version", version)));
	}

	private String onWorklist(Caller caller, Target account) {
		String answered = "left out";
		for (String state : List.of("stays", "left", "wrong")) {
			String listed = listed("GET", confirmation + "/accounts?size=200&state=" + state, caller, null,
					account.id());
			if (!listed.equals("left out")) answered = listed;
		}
		return answered.equals("left out") && isOfTheSystem(caller, account) ? "listed" : answered;
	}

	/** Nobody confirms who runs the system: to oneself alone it makes a difference here. */
	private static boolean isOfTheSystem(Caller caller, Target account) {
		return caller.role().equals("SC") && account.caller().equals(caller.name());
	}

	private String ask(String call, Caller caller, Target account) {
		String path = AuthorizationMatrix.path(call).replace("{id}", account.id());
		Map<String, Object> ids = Map.of("userIds", List.of(account.id()));
		String username = usernames.getOrDefault(account.id(), mark + ".absent");
		return switch (call) {
			case "PUT /api/users/{id}" -> change(caller, account);
			case "GET /api/users" -> listed("GET", path + "?size=200&search=" + username, caller, null, account.id());
			case "POST /api/users/exports" -> listed("POST", path, caller, ids, username);
			case "POST /api/users/deactivations" -> {
				String outcome = outcome(path, caller, ids);
				if (outcome.equals("done")) call(HttpMethod.POST, "/api/users/reactivations", serviceCenterToken, ids);
				yield outcome;
			}
			case "POST /api/confirmations/{id}/decisions" -> decided(caller, account, false);
			case "POST /api/confirmations/{id}/decisions?left" -> decided(caller, account, true);
			case "GET /api/confirmations/{id}/accounts" -> onWorklist(caller, account);
			case "POST /api/users/row-validations" -> judged(path, caller, username);
			case "POST /api/users/comparisons" -> compared(path, caller, account);
			case "POST /api/users/reactivations", "POST /api/users/credentials" -> outcome(path, caller, ids);
			default -> ask(AuthorizationMatrix.method(call), path, caller, null);
		};
	}

	private String ask(String method, String path, Caller caller, @Nullable Object body) {
		var answer = raw(HttpMethod.valueOf(method), path, token(caller), body);
		return AuthorizationMatrix.answered(answer.status(), answer.text());
	}

	private String listed(String method, String path, Caller caller, @Nullable Object body, String what) {
		var answer = raw(HttpMethod.valueOf(method), path, token(caller), body);
		if (answer.status() != 200) return String.valueOf(answer.status());
		return answer.text().contains(what) ? "listed" : "left out";
	}

	private String outcome(String path, Caller caller, Object ids) {
		Answer answer = call(HttpMethod.POST, path, token(caller), ids);
		if (answer.status() != 200) return String.valueOf(answer.status());
		JsonNode result = answer.body().path("results").path(0);
		return (result.path("outcome").asString() + " " + result.path("code").asString("")).strip();
	}

	/** What would become of a row that gives the account another telephone number. */
	private String judged(String path, Caller caller, String username) {
		Map<String, String> cells = Map.of("Username", username, "Phone",
				"413-556-%04d".formatted(numbers.incrementAndGet() % 10_000));
		Answer answer = call(HttpMethod.POST, path, token(caller),
				Map.of("action", "update", "rows", List.of(Map.of("cells", cells))));
		if (answer.status() != 200) return String.valueOf(answer.status());
		JsonNode result = answer.body().path("results").path(0);
		return (result.path("outcome").asString() + " " + result.path("notes").path(0).path("code").asString(""))
				.strip();
	}

	/** What a list of somebody else alone says of the account; the service center compares it with the account's own place. */
	private String compared(String path, Caller caller, Target account) {
		boolean oneself = account.caller().equals(caller.name());
		String place = caller.role().equals("SC") ? account.place() : caller.place();
		List<String> organizations = matrix.organizations(place.isEmpty() ? "Doering" : place);
		if (organizations.isEmpty()) organizations = matrix.organizations("Doering"); // of whoever is at no place
		Map<String, String> somebody = Map.of("Username", mark + ".nobody");
		Answer answer = call(HttpMethod.POST, path, token(caller), Map.of("organizations", organizations, "rows",
				List.of(Map.of("cells", somebody))));
		if (answer.status() != 200) return String.valueOf(answer.status());
		for (JsonNode left : answer.body().path("left"))
			if (left.path("userId").asString().equals(account.id())) return "left";
		for (JsonNode kept : answer.body().path("kept"))
			if (kept.at("/account/userId").asString().equals(account.id()))
				return oneself ? "not left" : "kept " + kept.path("why").asString();
		return oneself ? "not left" : "left out";
	}

	/** The account's own form with another telephone number. */
	private String change(Caller caller, Target target) {
		Object form = Map.of();
		String version = "\"1\"";
		if (!target.place().isEmpty()) {
			Answer present = call(HttpMethod.GET, "/api/users/" + target.id(), serviceCenterToken, null);
			ObjectNode account = (ObjectNode) present.body();
			account.put("phone", "413-555-%04d".formatted(numbers.incrementAndGet() % 10_000));
			form = account.remove(List.of("id", "status", "credentials", "createdAt", "updatedAt"));
			version = present.etag();
		}
		Answer answer = call(HttpMethod.PUT, "/api/users/" + target.id(), token(caller), form, "If-Match", version);
		return AuthorizationMatrix.answered(answer.status(), answer.body().toString());
	}

	// The people

	/** Every role of the guide at every place of its level (one level an account). */
	private void forEachRoleAndPlace(BiConsumer<String, String> action) {
		for (String role : List.of("DTC", "TC", "RAO"))
			matrix.places("district").forEach(place -> action.accept(role, place));
		for (String role : List.of("STC", "TA", "TC", "RAO"))
			matrix.places("school").forEach(place -> action.accept(role, place));
	}

	private Map<String, Object> person(String role, String place) {
		return new HashMap<>(form(username(mark), "role", role, "lastName", "Cell", "organizations",
				matrix.organizations(place)));
	}

	private Target account(String role, String place) {
		return Target.of(created(role, place), role, place);
	}

	private String created(String role, String place) {
		Map<String, Object> person = person(role, place);
		Role appointed = Role.valueOf(role);
		if (appointed.runsTheSystem())
			person.putAll(Map.of("role", "TA", "organizations", matrix.organizations("Doering")));
		String id = id(create(serviceCenterToken, person));
		// Whoever appoints has signed in, which this service center has not.
		if (appointed.runsTheSystem()) {
			accounts().updateOne(new Document("accountId", UUID.fromString(id)), new Document("$set",
					new Document("role", role).append("organizations", List.of()).append("scope", List.of())));
		}
		usernames.put(id, (String) person.get("username"));
		addApiClient(UUID.fromString(id));
		return id;
	}

	/** Whoever made it had signed in, which these callers have not. */
	private void addApiClient(UUID id) {
		Account account = accounts.find(id).orElseThrow();
		account.addApiClient(new ApiClient(id + ".00000001", "Staff sync", "hash", Set.of(), Instant.now(), null, null),
				new Origin.System("api-client/" + id), Instant.now());
		if (!accounts.save(List.of(account)).isEmpty()) throw new IllegalStateException("somebody else was there");
	}

	private void prepare(Caller caller) {
		String id = created(caller.role(), caller.place());
		UUID account = UUID.fromString(id);
		Role role = Role.valueOf(caller.role());
		people.put(caller.name(),
				new Person(id, caller.isAtTrainingSite() ? trainingToken(account, role) : tokenFor(account, role)));
		if (caller.isDeactivated()) {
			call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, Map.of("userIds", List.of(id)));
			// Where an account is asked for, at once; where a token is enough, when the event has come round.
			await().until(() -> ask("GET", "/api/reference", caller, null).startsWith("401"));
		}
	}

	private @Nullable String token(Caller caller) {
		Person person = people.get(caller.name());
		return person == null ? null : person.token();
	}
}
