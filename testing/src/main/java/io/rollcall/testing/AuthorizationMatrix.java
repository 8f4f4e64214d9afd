package io.rollcall.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Holds every call of a service by every caller about everything it can be about against the service's table,
 * {@code /authorization.yaml}. A table has a section for each kind of thing that calls are about, {@code calls} being the one of
 * those about nothing in particular; a row has
 * <ul>
 * <li>{@code for}: the permission, or the role at the Portal, that it takes; {@code the Portal} for all who are signed in there;
 * {@code anyone} for those without a token too; absent for all who are signed in. The others get 401 or 403.
 * <li>what is answered, by how the thing stands to the caller: {@code all} or {@code some} of its organizations are the caller's
 * own, or {@code none}; {@code role} when at least some are, but whose it is has a role that the caller does not manage, and
 * {@code role outside} when none are and that makes a difference; {@code absent}; {@code oneself}. About nothing in particular:
 * {@code answer}. A caller's name goes before all of them.
 * <li>{@code path} and {@code body}: what calls about nothing in particular are made with.
 * </ul>
 * Who calls, and what is whose, is the same for all services: {@code authorization.yaml} beside this class.
 */
public final class AuthorizationMatrix {
	private static final JsonMapper JSON = JsonMapper.shared();
	private static final String ABOUT_NOTHING = "calls";
	private static final String AT_THE_PORTAL = "the Portal";
	private static final String ROLE_OUTSIDE = "role outside";

	/** One who calls; role and place are blank for nobody. */
	public record Caller(String name, String role, String place, boolean isDeactivated, boolean isAtTrainingSite) {
		public boolean isNobody() {
			return role.isEmpty();
		}
	}

	/**
	 * What calls are about.
	 *
	 * @param role of the one whose it is; blank when that does not matter
	 * @param place whose it is; blank when there is no such thing
	 * @param caller the name of the caller who it is or whose it is; blank for anybody else's
	 */
	public record Target(String id, String role, String place, String caller) {
		public static Target of(String id, String role, String place) {
			return new Target(id, role, place, "");
		}

		public static Target absent(String id) {
			return new Target(id, "", "", "");
		}
	}

	/** Makes a call and says what came of it, as {@link #answered} does or in the table's words. */
	public interface Asking {
		String ask(String method, String path, Caller caller, @Nullable Object body);
	}

	private final JsonNode rules;
	private final ObjectNode table;
	private final AtomicInteger cells = new AtomicInteger();
	private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

	private AuthorizationMatrix(JsonNode rules, ObjectNode table) {
		this.rules = rules;
		this.table = table;
	}

	/** @param part of {@code /api/operations} that is the service's own */
	public static AuthorizationMatrix of(String part) {
		JsonNode rules = read("authorization.yaml", part);
		ObjectNode table = (ObjectNode) read("/authorization.yaml", part);
		ObjectNode calls = (ObjectNode) rules.get(ABOUT_NOTHING);
		if (table.get(ABOUT_NOTHING) instanceof ObjectNode own) calls.setAll(own);
		table.set(ABOUT_NOTHING, calls);
		return new AuthorizationMatrix(rules, table);
	}

	/** For who stands outside: a table with {@code callers} of its own, and none of the calls that every service has. */
	public static AuthorizationMatrix ofTheEdge() {
		ObjectNode table = (ObjectNode) read("/authorization.yaml", "");
		return new AuthorizationMatrix(JSON.createObjectNode().set("callers", table.remove("callers")), table);
	}

	private static JsonNode read(String resource, String part) {
		try (InputStream in = AuthorizationMatrix.class.getResourceAsStream(resource)) {
			if (in == null) throw new AssertionError("there is no " + resource);
			return JSON.valueToTree(new Yaml().load(new String(in.readAllBytes(), UTF_8).replace("{part}", part)));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Every handler of ours in this service, as {@code GET /api/users/{id}}. */
	public static Set<String> endpoints(ApplicationContext service) {
		Set<String> endpoints = new TreeSet<>();
		service.getBeansOfType(RequestMappingHandlerMapping.class).values()
				.forEach(mapping -> mapping.getHandlerMethods().forEach((mapped, handler) -> {
					if (!handler.getBeanType().getName().startsWith("io.rollcall.")) return;
					for (String pattern : mapped.getPatternValues())
						for (RequestMethod method : mapped.getMethodsCondition().getMethods())
							endpoints.add(method + " " + pattern.replaceAll("\\{(\\w+):[^}]*}", "{$1}"));
				}));
		return endpoints;
	}

	/** Fails when there is an endpoint that the table does not know. */
	public void assertKnows(Set<String> endpoints) {
		Set<String> unknown = new TreeSet<>(endpoints);
		table.forEach(section -> section.propertyNames().forEach(unknown::remove));
		if (!unknown.isEmpty()) throw new AssertionError("authorization.yaml does not know " + unknown);
	}

	public List<Caller> callers() {
		return rules.get("callers").propertyStream().map(entry -> {
			JsonNode caller = entry.getValue();
			return new Caller(entry.getKey(), caller.path("role").asString(""), caller.path("place").asString(""),
					caller.path("deactivated").asBoolean(false), caller.path("site").asString("").equals("TRAINING"));
		}).toList();
	}

	/** The names of all places at this level, {@code school}, {@code district} or {@code state}. */
	public List<String> places(String level) {
		return rules.get("places").propertyStream()
				.filter(place -> place.getValue().get("level").asString().equals(level)).map(it -> it.getKey())
				.toList();
	}

	public List<String> organizations(String place) {
		return texts(rules.path("places").path(place).path("organizations"));
	}

	public List<String> districts(String place) {
		return texts(rules.path("places").path(place).path("districts"));
	}

	/** What the caller's token says. */
	public List<String> permissions(Caller caller) {
		return texts(rules.path("permissions").path(caller.role())).stream()
				.filter(it -> !caller.isAtTrainingSite() || !it.equals("manage-users")).toList();
	}

	private static List<String> texts(JsonNode array) {
		return array.valueStream().map(JsonNode::asString).toList();
	}

	/** The calls of a section, as {@code GET /api/users/{id}}. */
	public List<String> calls(String section) {
		return List.copyOf(table.get(section).propertyNames());
	}

	/** One cell: compares what came of a call with what the table says. */
	public void check(String section, String call, Caller caller, @Nullable Target target, String answered) {
		cells.incrementAndGet();
		String expected = expected(table.get(section).get(call), caller, target);
		boolean status = expected.matches("\\d{3}") && answered.startsWith(expected + " ");
		if (!status && !answered.equals(expected)) {
			wrong.add(call + " by " + caller.name() + (target == null
					? ""
					: " about " + relation(caller, target) + ", " + target.role() + " of " + target.place())
					+ ": expected " + expected + ", got " + answered);
		}
	}

	/** The cells of all calls that are about nothing in particular. */
	public void checkCalls(Caller caller, Asking asking) {
		table.get(ABOUT_NOTHING).properties().forEach(entry -> {
			String call = entry.getKey();
			JsonNode row = entry.getValue();
			String path = path(call);
			for (var variable : row.path("path").properties())
				path = path.replace("{" + variable.getKey() + "}", variable.getValue().asString());
			String answered = asking.ask(method(call), path.replaceAll("\\{\\w+}", "none"), caller, row.get("body"));
			check(ABOUT_NOTHING, call, caller, null, answered);
		});
	}

	public static String method(String call) {
		return call.substring(0, call.indexOf(' '));
	}

	public static String path(String call) {
		return call.substring(call.indexOf(' ') + 1);
	}

	private String expected(@Nullable JsonNode row, Caller caller, @Nullable Target target) {
		if (row == null) return "a row in the table";
		if (row.has(caller.name())) return row.get(caller.name()).asString();
		String only = row.path("for").asString("");
		if (!only.equals("anyone")) {
			if (caller.isNobody() || caller.isDeactivated()) return "401";
			boolean inRole = (only.equals(caller.role()) || only.equals(AT_THE_PORTAL)) && !caller.isAtTrainingSite();
			if (!only.isEmpty() && !inRole && !permissions(caller).contains(only)) return "403";
		}
		String word = target == null ? "answer" : relation(caller, target);
		if (word.equals(ROLE_OUTSIDE) && !row.has(word)) word = "none";
		return row.path(word).asString("a word in the row");
	}

	private String relation(Caller caller, Target target) {
		if (target.place().isEmpty()) return "absent";
		if (target.caller().equals(caller.name())) return "oneself";
		String sight = rules.path("sight").path(caller.name()).path(target.place()).asString("none");
		boolean managed = target.role().isEmpty()
				|| texts(rules.path("manages").path(caller.role())).contains(target.role());
		if (managed) return sight;
		return sight.equals("none") ? ROLE_OUTSIDE : "role";
	}

	/** The status, and the code of a problem: of its first field's fault when it names one. */
	public static String answered(int status, String body) {
		if (status < 400) return String.valueOf(status);
		try {
			JsonNode problem = JSON.readTree(body);
			String code = problem.path("errors").path(0).path("code").asString(problem.path("code").asString(""));
			return (status + " " + code).strip();
		} catch (JacksonException e) {
			return String.valueOf(status);
		}
	}

	/** Does what makes cells, several at once. */
	public static void run(List<Runnable> work) throws Exception {
		List<Callable<Object>> calls = new ArrayList<>();
		work.forEach(it -> calls.add(Executors.callable(it)));
		try (var threads = Executors.newFixedThreadPool(8)) {
			for (Future<Object> done : threads.invokeAll(calls))
				done.get();
		}
	}

	/** Says how many cells there were, and fails when one is not as the table says. */
	public void assertAllAsTheTableSays() {
		System.out.println("Authorization: " + cells + " cells");
		if (!wrong.isEmpty()) throw new AssertionError(wrong.size() + " cells:\n" + String.join("\n", wrong));
	}
}
