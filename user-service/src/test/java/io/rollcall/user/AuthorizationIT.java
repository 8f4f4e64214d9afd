package io.rollcall.user;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.rollcall.platform.testing.OpenApi;
import io.rollcall.user.permission.Role;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every call by every caller about every kind of account, against {@code authorization.yaml}. The calls come from the service's
 * own OpenAPI document: one that the table does not know fails.
 */
class AuthorizationIT extends UsersOverHttp {
	private static final List<String> ROLES = List.of("DTC", "STC", "TC", "TA", "RAO");
	private static final String ABSENT = "absent";
	/** What calls about no account take from it. */
	private static final Map<String, Object> BODY = Map.of("username", "no.such.person", "token", "none", "newPassword",
			"Correct-Horse-7!", "name", "cells");

	private final Map<String, Object> table = table();
	private final Set<String> calls = OpenApi.of("users").operations();
	private final String mark = "cells" + UUID.randomUUID().toString().substring(0, 8);
	private final AtomicInteger cells = new AtomicInteger();
	private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

	/** One who calls; {@code token} is absent for nobody. */
	private record Caller(String name, @Nullable String role, @Nullable String id, @Nullable String token,
			boolean isDeactivated) {}

	/** An account that calls are about; {@code place} is absent for one that does not exist. */
	private record Target(String id, String username, String role, @Nullable String place) {}

	@Test
	void everyCallIsAllowedToWhomTheTableSays() throws Exception {
		assertThat(known()).as("authorization.yaml knows every call").containsAll(calls);
		List<Caller> callers = map("callers").keySet().stream().map(this::caller).toList();
		List<Target> targets = new ArrayList<>();
		forEachRoleAndPlace((role, place) -> targets.add(target(role, place)));
		targets.add(new Target(UUID.randomUUID().toString(), mark + ".absent", "TA", null));

		List<Callable<@Nullable Void>> work = new ArrayList<>();
		// One account's calls one after the other: some of them change it.
		for (Target target : targets) {
			work.add(() -> {
				for (Caller caller : callers)
					map("accounts").keySet().forEach(call -> check(call, caller, target));
				return null;
			});
		}
		for (Caller caller : callers) {
			work.add(() -> {
				for (String section : List.of("everyone", "managers", "anyone"))
					map(section).keySet().stream().filter(calls::contains)
							.forEach(call -> check(section, call, caller));
				forEachRoleAndPlace((role, place) -> checkCreation(caller, role, place));
				return null;
			});
		}
		try (var threads = Executors.newFixedThreadPool(8)) {
			for (var done : threads.invokeAll(work))
				done.get();
		}
		for (Caller caller : callers) {
			if (caller.id() != null) {
				var self = new Target(caller.id(), mark, String.valueOf(caller.role()), "itself");
				map("accounts").keySet().forEach(call -> check(call, caller, self));
			}
		}
		System.out.println("Authorization: " + cells + " cells");
		assertThat(wrong).isEmpty();
	}

	// The table

	@SuppressWarnings("unchecked")
	private static Map<String, Object> table() {
		try (InputStream in = AuthorizationIT.class.getResourceAsStream("/authorization.yaml")) {
			return new Yaml().load(in);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> map(String name) {
		return (Map<String, Object>) table.get(name);
	}

	@SuppressWarnings("unchecked")
	private static <T> T of(Map<String, Object> map, String... path) {
		Object value = map;
		for (String key : path)
			value = value == null ? null : ((Map<String, Object>) value).get(key);
		return (T) value;
	}

	private Set<String> known() {
		Set<String> known = new TreeSet<>(map("accounts").keySet());
		known.addAll(map("creation").keySet());
		for (String section : List.of("everyone", "managers", "anyone"))
			known.addAll(map(section).keySet());
		return known;
	}

	/** What comes before the question of whom it is about; null when that is what counts. */
	private @Nullable String before(Caller caller) {
		if (caller.token() == null || caller.isDeactivated()) return "401";
		return map("sight").containsKey(caller.name()) ? null : "403";
	}

	private String expected(String call, Caller caller, Target target) {
		String before = before(caller);
		if (before != null) return before;
		return String.valueOf((Object) of(map("accounts"), call, reach(caller, target)));
	}

	private String reach(Caller caller, Target target) {
		if (target.id().equals(caller.id())) return "oneself";
		if (target.place() == null) return ABSENT;
		String sight = of(map("sight"), caller.name(), target.place());
		return !sight.equals("none") && !manages(caller, target.role()) ? "role" : sight;
	}

	private boolean manages(Caller caller, String role) {
		return this.<List<String>>of(map("manages"), String.valueOf(caller.role())).contains(role);
	}

	// The cells

	private void check(String call, Caller caller, Target target) {
		compare(call, caller, target.role() + " of " + target.place(), expected(call, caller, target),
				ask(call, caller, target));
	}

	private void check(String section, String call, Caller caller) {
		if (caller.isDeactivated()
				&& (section.equals("anyone") || ((List<?>) table.get("by token alone")).contains(call))) {
			return;
		}
		String before = before(caller);
		boolean refused = before != null
				&& (section.equals("managers") || section.equals("everyone") && before.equals("401"));
		String path = call.substring(call.indexOf(' ') + 1).replace("{name}", "users").replace("{clientId}", "none");
		String expected = String.valueOf(refused ? before : map(section).get(call));
		String answered = answer(call.substring(0, call.indexOf(' ')), path, caller,
				body(call));
		compare(call, caller, "nobody", expected, answered.replaceFirst(" .*", ""));
	}

	private static @Nullable Object body(String call) {
		if (call.startsWith("PATCH ")) return Map.of();
		return call.startsWith("P") ? BODY : null;
	}

	private void checkCreation(Caller caller, String role, String place) {
		String call = "POST /api/users";
		String before = before(caller);
		String expected = before;
		if (before == null) {
			String reach = manages(caller, role) ? of(map("sight"), caller.name(), place) : "role";
			expected = String.valueOf((Object) of(map("creation"), call, reach));
		}
		compare(call, caller, role + " of " + place, expected,
				answer("POST", "/api/users", caller, person(role, place)));
	}

	private void compare(String call, Caller caller, String about, @Nullable String expected, String answered) {
		cells.incrementAndGet();
		if (!answered.equals(expected)) {
			wrong.add(
					call + " by " + caller.name() + " about " + about + ": expected " + expected + ", got " + answered);
		}
	}

	private String ask(String call, Caller caller, Target target) {
		String path = call.substring(call.indexOf(' ') + 1).replace("{id}", target.id());
		Map<String, Object> ids = Map.of("userIds", List.of(target.id()));
		return switch (call) {
			case "GET /api/users/{id}", "GET /api/users/{id}/history" -> answer("GET", path, caller, null);
			case "PUT /api/users/{id}" -> change(caller, target);
			case "GET /api/users" -> listed(target.id(), HttpMethod.GET,
					path + "?size=200&search=" + target.username(), caller, null);
			case "POST /api/users/exports" -> listed(target.username(), HttpMethod.POST, path, caller, ids);
			case "POST /api/users/deactivations" -> {
				String outcome = outcome(call(HttpMethod.POST, path, caller.token(), ids));
				if (outcome.equals("done")) call(HttpMethod.POST, "/api/users/reactivations", serviceCenterToken, ids);
				yield outcome;
			}
			default -> outcome(call(HttpMethod.POST, path, caller.token(), ids));
		};
	}

	private String answer(String method, String path, Caller caller, @Nullable Object body) {
		var answer = raw(HttpMethod.valueOf(method), path, caller.token(), body);
		return answer.status() == 422 ? "422 " + code(answer.text()) : String.valueOf(answer.status());
	}

	private String listed(String what, HttpMethod method, String path, Caller caller, @Nullable Object body) {
		var answer = raw(method, path, caller.token(), body);
		return answer.status() != 200
				? String.valueOf(answer.status())
				: answer.text().contains(what) ? "listed" : "left out";
	}

	private String code(String problem) {
		return json.readTree(problem).path("errors").path(0).path("code").asString();
	}

	/** The account's own form with another telephone number. */
	private String change(Caller caller, Target target) {
		Object form = Map.of();
		String version = "\"1\"";
		if (target.place() != null) {
			Answer present = call(HttpMethod.GET, "/api/users/" + target.id(), serviceCenterToken, null);
			ObjectNode account = (ObjectNode) present.body();
			account.put("phone", "413-555-%04d".formatted(cells.get() % 10_000));
			form = account.remove(List.of("id", "status", "credentials", "createdAt", "updatedAt"));
			version = present.etag();
		}
		Answer answer = call(HttpMethod.PUT, "/api/users/" + target.id(), caller.token(), form, "If-Match", version);
		return answer.status() == 422 ? "422 " + code(answer.body().toString()) : String.valueOf(answer.status());
	}

	private static String outcome(Answer answer) {
		if (answer.status() != 200) return String.valueOf(answer.status());
		JsonNode result = answer.body().path("results").path(0);
		return (result.path("outcome").asString() + " " + result.path("code").asString("")).strip();
	}

	// The people

	private interface RoleAndPlace {
		void each(String role, String place);
	}

	/** Every role at every place of its level (RULES: one level an account). */
	private void forEachRoleAndPlace(RoleAndPlace action) {
		map("places").forEach((place, codes) -> {
			boolean school = ((List<?>) codes).getFirst().toString().contains("-");
			for (String role : ROLES) {
				boolean fits = switch (role) {
					case "DTC" -> !school;
					case "STC", "TA" -> school;
					default -> true;
				};
				if (fits) action.each(role, place);
			}
		});
	}

	private Map<String, Object> person(String role, @Nullable String place) {
		String username = username(mark);
		return new HashMap<>(form(username, "role", role, "lastName", "Cell", "organizations",
				place == null ? List.of() : map("places").get(place)));
	}

	private Target target(String role, String place) {
		JsonNode created = create(serviceCenterToken, person(role, place)).body();
		return new Target(created.path("id").asString(), created.path("username").asString(), role, place);
	}

	private Caller caller(String name) {
		String role = of(map("callers"), name, "role");
		if (role == null) return new Caller(name, null, null, null, false);
		String id = id(create(serviceCenterToken, person(role, of(map("callers"), name, "place"))));
		boolean deactivated = Boolean.TRUE.equals(of(map("callers"), name, "deactivated"));
		if (deactivated) {
			call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, Map.of("userIds", List.of(id)));
		}
		boolean training = "TRAINING".equals(of(map("callers"), name, "site"));
		UUID account = UUID.fromString(id);
		return new Caller(name, role, id,
				training ? trainingToken(account, Role.valueOf(role)) : tokenFor(account, Role.valueOf(role)),
				deactivated);
	}
}
