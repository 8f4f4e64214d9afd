package io.rollcall.acceptance.malformed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.malformed.Callers.Caller;
import io.rollcall.acceptance.malformed.Wire.Answer;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.standalone.launcher.Standalone.Instance;
import io.rollcall.testing.BrokenHttp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * No malformed request fails, none is answered by a container, none is worth more than a line in a log, and none is counted otherwise
 * than a well-formed one. Through a gateway of its own, whose limits are out of the way; every request anew by its seed and number.
 */
class MalformedRequestsIT {
	private static final RunningSystem SYSTEM = RunningSystem.shared();
	private static final long SEED = Long.getLong("rollcall.seed", 20250113);
	private static final int FUZZ = Integer.getInteger("rollcall.malformed", 1500);
	private static final int BYTES_OF_LOG = 300;
	/** Of 503: told apart from a failure by its code, and each says when to come again. */
	private static final Set<String> COME_AGAIN = Set.of("busy", "too-many-streams", "rights-renewed");

	private static Instance gateway;
	private static Callers callers;
	private static List<Route> routes;

	/** A request that is going to be made. */
	private record Case(String name, Route route, int port, byte[] request) {
		Case at(int anotherPort) {
			return new Case(name, route, anotherPort, request);
		}

		/** Without what somebody could sign in with. */
		@Override
		public String toString() {
			return shown(name) + ", " + shown(new String(request, ISO_8859_1)
					.replaceAll("(?m)^(Authorization|Cookie): .*", "$1: ..."));
		}
	}

	@BeforeAll
	static void aGatewayWithoutLimits() {
		var limits = new LinkedHashMap<String, String>();
		for (String whose : List.of("PEOPLE", "OWNACCOUNTS", "PROGRAMS", "ADDRESSES", "SIGNINS"))
			for (String what : List.of("BURST", "PERSECOND"))
				limits.put("ROLLCALL_GATEWAY_LIMITS_" + whose + "_" + what, "1000000");
		gateway = SYSTEM.launchAnother("gateway", limits);
		callers = new Callers(SYSTEM);
		routes = Routes.all(callers.ids);
		SYSTEM.awaitReady(gateway.name());
	}

	@AfterAll
	static void asItWas() {
		SYSTEM.kill(gateway.name());
		for (String what : List.of("imports/dispatch", "mails"))
			SYSTEM.operations().send("POST", "/api/operations/" + what + "/resume", null);
	}

	@Test
	void aLetterThatIsEncodedLeadsNowhere() throws Exception {
		List<Case> cases = new ArrayList<>();
		for (Route route : routes) {
			String path = route.path();
			for (int at = 1; at < path.length(); at++) {
				if (path.charAt(at) == '/' || path.charAt(at) == '%') continue;
				String encoded = path.substring(0, at) + "%%%02x".formatted((int) path.charAt(at))
						+ path.substring(at + 1);
				cases.add(made("letter " + at, route, callers.nobody, encoded, Map.of(), ""));
			}
		}
		run("with a letter encoded", cases, (_, answer) -> answer.status() == 400
				&& answer.text().contains("\"code\":\"invalid-path\"") ? "" : "not refused");
	}

	@Test
	void whateverTypeABodySaysItHas() throws Exception {
		List<Case> cases = new ArrayList<>();
		for (Route route : routes) {
			for (String type : Hostile.CONTENT_TYPES) {
				cases.add(made(type, route, callers.best(route), route.path(), Map.of("Content-Type", type),
						example(route)));
				cases.add(made(type, route, callers.nobody, route.path(), Map.of("Content-Type", type),
						"--b\r\n\u00ff\u0000%zz"));
			}
			cases.add(made("no type", route, callers.best(route), route.path(), Map.of(), example(route)));
		}
		run("with a content type that is none or another", cases, MalformedRequestsIT::fault);
	}

	@Test
	void whateverStandsInAParameterOrInTheBody() throws Exception {
		RandomGenerator random = new SplittableRandom(SEED);
		List<Case> cases = new ArrayList<>();
		for (Route route : routes) {
			for (String parameter : route.parameters()) {
				for (String value : Hostile.values(random)) {
					String pair = parameter + "=" + value;
					cases.add(route.takesForm()
							? made("form " + pair, route, callers.nobody, route.path(),
									Map.of("Content-Type", "application/x-www-form-urlencoded"), pair)
							: made(pair, route, callers.best(route), route.path() + "?" + pair, Map.of(),
									example(route)));
				}
			}
			Stream<String> bodies = Stream.concat(Hostile.BODIES.stream(),
					route.body() == null ? Stream.empty() : Hostile.variants(route.body()).stream());
			if (route.takesBody()) bodies.forEach(body -> cases.add(json(shown(body), route, body)));
		}
		run("with hostile parameters and bodies", cases, MalformedRequestsIT::fault);
	}

	@Test
	void aBodyWithEqualKeysIsRefused() throws Exception {
		List<Case> cases = new ArrayList<>();
		for (Route route : routes)
			if (route.body() != null)
				Hostile.withEqualKeys(route.body()).forEach(body -> cases.add(json(body, route, body)));
		run("with equal keys", cases, (_, answer) -> answer.status() == 400
				&& answer.text().contains("\"code\":\"malformed-request\"") || answer.status() == 404
						? ""
						: "not refused");
	}

	private static Case json(String name, Route route, String body) {
		return made(name, route, callers.best(route), route.path(), Map.of("Content-Type", "application/json"), body);
	}

	@Test
	void whateverHeadersTypesParametersAndBodiesComeTogether() throws Exception {
		run("of a fuzz", IntStream.range(0, FUZZ).mapToObj(MalformedRequestsIT::random).toList(),
				MalformedRequestsIT::fault);
	}

	@Test
	void whatIsNoHttpIsNotLoggedWhereverItComesIn() throws Exception {
		List<Case> cases = new ArrayList<>();
		for (URI address : Stream.concat(SYSTEM.services().stream(), Stream.of(gateway.address())).toList()) {
			for (Route route : List.of(routes.getFirst(), routes.getLast())) {
				BrokenHttp.requests(route.path()).forEach((name, request) -> cases
						.add(new Case(name, route, address.getPort(), request.getBytes(ISO_8859_1))));
			}
		}
		run("that are no HTTP", cases,
				(_, answer) -> BrokenHttp.isCalm(answer.text()) ? "" : "not taken calmly");
	}

	private static Case random(int number) {
		RandomGenerator random = new SplittableRandom(SEED + number);
		Route route = Hostile.any(routes, random);
		Caller caller = Hostile.any(callers.all(), random);
		Map<String, String> headers = new LinkedHashMap<>();
		for (int i = random.nextInt(4); i > 0; i--) {
			var header = Hostile.any(Hostile.HEADERS, random);
			headers.put(header.getKey(), random.nextInt(3) > 0
					? header.getValue()
					: Hostile.blurred(header.getValue(), random).replaceAll("[\r\n]", ""));
		}
		if (random.nextInt(3) > 0)
			headers.put("Content-Type", random.nextBoolean()
					? "application/json"
					: Hostile.any(Hostile.CONTENT_TYPES, random));
		var target = new StringBuilder(random.nextInt(8) > 0
				? route.path()
				: Hostile.blurred(route.path(), random)
						.replaceAll("[\r\n ]", ""));
		char before = '?';
		for (int i = random.nextInt(4); i > 0 && !route.parameters().isEmpty(); i--) {
			target.append(before).append(Hostile.any(route.parameters(), random)).append('=')
					.append(Hostile.any(Hostile.VALUES, random));
			before = '&';
		}
		String body = switch (random.nextInt(4)) {
			case 0 -> example(route);
			case 1 -> Hostile.blurred(example(route), random);
			case 2 -> Hostile.any(Hostile.BODIES, random);
			default -> route.body() == null ? "" : Hostile.any(Hostile.variants(route.body()), random);
		};
		if (caller == callers.person && route.path().equals("/logout")) headers.put("X-Rollcall-CSRF", "0");
		if (random.nextInt(4) > 0) return made("fuzz " + number, route, caller, target.toString(), headers, body);
		// Past the gateway, as somebody inside would.
		String inside = target.toString().replaceFirst("^/auth/", "/");
		return made("fuzz " + number + " inside", route, caller, inside, headers, body)
				.at(Hostile.any(SYSTEM.services(), random).getPort());
	}

	private static Case made(String name, Route route, Caller caller, String target, Map<String, String> more,
			String body) {
		byte[] bytes = body.getBytes(ISO_8859_1);
		Map<String, String> headers = new LinkedHashMap<>(Map.of("Host", "localhost", "Accept", "*/*", "Content-Length",
				String.valueOf(bytes.length)));
		headers.putAll(route.headers());
		headers.putAll(caller.headers());
		headers.putAll(more);
		headers.merge("Connection", "close", (own, close) -> own.contains(close) ? own : own + ", " + close);
		return new Case(name + " by " + caller.name(), route, gateway.address().getPort(),
				Wire.request(route.method(), target, headers, bytes));
	}

	private static String example(Route route) {
		return route.body() == null ? "" : route.body().toString();
	}

	private interface Judge {
		/** What is wrong with an answer; nothing when it is as it should be. */
		String fault(Case made, Answer answer);
	}

	private static String fault(Case made, Answer answer) {
		String text = answer.text();
		if (text.contains(Hostile.STRANGER)) return "repeats a host that is none of ours";
		if (text.contains("HTTP Status ") || text.contains("Whitelabel")) return "a container's page";
		if (answer.status() == 503 && COME_AGAIN.stream().anyMatch(code -> text.contains("\"code\":\"" + code + "\"")))
			return "";
		// As HTTP/0.9, where the first line could not be read: an answer without headers.
		if (answer.status() == 0)
			return text.isEmpty() || text.contains("\"code\":\"malformed-request\"") ? "" : "no answer";
		if (answer.status() >= 500 && !Set.of(501, 505).contains(answer.status())) return "a failure";
		if (answer.status() < 400 || answer.isProblem() || text.endsWith("\r\n\r\n")) return "";
		if (made.route().path().startsWith("/auth/"))
			return text.contains("/assets/sign-in.css") || text.contains("/assets/style/page.css")
					|| text.contains("{\"error") ? "" : "no page of ours";
		return "no problem details";
	}

	private static void run(String kind, List<Case> cases, Judge judge) throws Exception {
		long before = bytesLogged();
		List<String> wrong = new ArrayList<>();
		Map<Integer, Integer> statuses = new TreeMap<>();
		long start = System.nanoTime();
		try (var threads = Executors.newFixedThreadPool(8)) {
			List<Callable<Answer>> sends = cases.stream()
					.map(it -> (Callable<Answer>) () -> Wire.send(it.port(), it.request())).toList();
			var answers = threads.invokeAll(sends);
			for (int i = 0; i < cases.size(); i++) {
				Answer answer = answers.get(i).get();
				statuses.merge(answer.status(), 1, Integer::sum);
				String fault = judge.fault(cases.get(i), answer);
				if (!fault.isEmpty())
					wrong.add(fault + ": " + cases.get(i) + ": "
							+ shown(answer.text().replaceAll("(?s)\r\n.*\r\n\r\n", " ... ")));
			}
		}
		double logged = (double) (bytesLogged() - before) / cases.size();
		System.out.printf("Malformed requests %s: %d cells (seed %d), answers %s, %.0f bytes of log a request, %d s%n",
				kind,
				cases.size(), SEED, statuses, logged, (System.nanoTime() - start) / 1_000_000_000);
		assertThat(wrong.stream().limit(40).toList()).as("%d of %d", wrong.size(), cases.size()).isEmpty();
		assertThat(logged).as("bytes of log a request").isLessThanOrEqualTo(BYTES_OF_LOG);
		for (Path log : logs())
			assertThat(Files.readString(log, UTF_8).contains(BrokenHttp.SECRET)).as(log + " has what was sent")
					.isFalse();
	}

	private static String shown(String text) {
		String visible = text.replaceAll("[^\\x20-\\x7e]", "?");
		return visible.length() > 250 ? visible.substring(0, 250) + "..." : visible;
	}

	/** When nobody writes any more. */
	private static long bytesLogged() {
		long[] bytes = {0};
		Await.steady("logs at rest", () -> bytes[0] = logs().stream().mapToLong(log -> log.toFile().length()).sum(),
				_ -> true);
		return bytes[0];
	}

	private static List<Path> logs() {
		try (Stream<Path> files = Files.list(SYSTEM.data().resolve("logs"))) {
			return files.toList();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
