package io.rollcall.acceptance.benchmark;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.bson.Document;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.system.Databases;
import io.rollcall.acceptance.system.RunningSystem;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Whether an answer tells accounts that are there from those that are not: a wrong password, and a forgotten one, for accounts
 * with a password of their own, accounts that have never been signed in to, deactivated ones, and usernames that nobody has; 500
 * of each kind in turn, each another username, through the gateway of a whole system of its own. Prints a JSON line for each kind
 * and one for all; fails when status, body or headers differ.
 *
 * <pre>
 * mvn -q -pl acceptance test-compile exec:exec -Dbenchmark=io.rollcall.acceptance.benchmark.SignInBenchmark
 * </pre>
 */
public final class SignInBenchmark {
	private static final int EACH = 500;
	private static final int WARM_UP = 100;
	private static final String AUTHORIZE = "client_id=portal&response_type=code&scope=openid&state=s&code_challenge="
			+ "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&redirect_uri=";
	/** What differs from one answer to the next whoever asks; the server closes a connection after its hundredth request. */
	private static final List<String> OF_THE_MOMENT = List.of("connection", "date", "traceparent", "set-cookie",
			"x-request-id");

	/** The gateway's limits are about where a request comes from, not about whom it is; here everything comes from one address. */
	private static final Map<String, String> UNLIMITED = Map.of("ROLLCALL_GATEWAY_LIMITS_SIGNINS_BURST", "10000",
			"ROLLCALL_GATEWAY_LIMITS_SIGNINS_PERSECOND", "10000", "ROLLCALL_GATEWAY_LIMITS_ADDRESSES_BURST", "10000",
			"ROLLCALL_GATEWAY_LIMITS_ADDRESSES_PERSECOND", "10000");

	private enum Kind {
		OWN_PASSWORD, NEVER_SIGNED_IN, DEACTIVATED, ABSENT
	}

	private record Answer(long nanos, String what) {}

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
	private final String auth;

	private SignInBenchmark(String portal) {
		this.auth = portal + "/auth";
	}

	/** Takes no arguments. */
	public static void main(String[] arguments) throws Exception {
		try (var system = RunningSystem.startIn(Path.of("target/benchmark").toAbsolutePath(), "", UNLIMITED,
				options -> options)) {
			Map<Kind, List<String>> usernames = prepare(system);
			String query = AUTHORIZE + URLEncoder.encode(system.portal() + "/login/oauth2/code/rollcall", UTF_8);
			var benchmark = new SignInBenchmark(system.portal());
			boolean same = benchmark.measure("sign-in", "/sign-in?continue=" + URLEncoder.encode(query, UTF_8),
					usernames,
					"password=Wrong%2BHorse%2B42");
			same &= benchmark.measure("forgot-password", "/forgot-password?site=portal", usernames, "");
			if (!same) throw new IllegalStateException("answers differ");
		}
	}

	/** Accounts by a real import; who has a password of their own and who is deactivated is then written down for them. */
	private static Map<Kind, List<String>> prepare(RunningSystem system) {
		Map<Kind, List<String>> usernames = new EnumMap<>(Kind.class);
		// Of no password at all, but as dear to compare with as any.
		String hash = "$argon2id$v=19$m=19456,t=2,p=1$" + base64(16) + "$" + base64(32);
		var accounts = system.databases().collection(Databases.USERS, "accounts");
		for (Kind kind : Kind.values()) {
			List<String> names = new ArrayList<>();
			for (int file = 1; names.size() < EACH + WARM_UP; file++) {
				String prefix = kind.name().toLowerCase().replace('_', '.') + file;
				var people = People.of(prefix, 200);
				people.forEach(person -> names.add(person.cell(Column.USERNAME)));
				if (kind != Kind.ABSENT) system.imports().run("benchmark.csv", People.file(people), "add");
			}
			usernames.put(kind, names);
		}
		system.awaitRest();
		var own = new Document("kind", "own").append("hash", hash).append("setAt", Date.from(Instant.now()));
		for (String name : usernames.get(Kind.OWN_PASSWORD)) {
			accounts.updateOne(new Document("_id", name.toLowerCase()),
					new Document("$set", new Document("credentials.PORTAL", own)));
		}
		for (String name : usernames.get(Kind.DEACTIVATED)) {
			accounts.updateOne(new Document("_id", name.toLowerCase()), new Document("$set",
					new Document("status", "deactivated").append("credentials.PORTAL", own)));
		}
		return usernames;
	}

	private static String base64(int bytes) {
		return Base64.getEncoder().withoutPadding().encodeToString(new byte[bytes]);
	}

	private boolean measure(String what, String page, Map<Kind, List<String>> usernames, String more) throws Exception {
		String form = fields(page) + (more.isEmpty() ? "" : "&" + more);
		String action = page.substring(0, page.indexOf('?'));
		Map<Kind, long[]> times = new EnumMap<>(Kind.class);
		for (Kind kind : Kind.values())
			times.put(kind, new long[EACH]);
		Map<String, Map<Kind, Integer>> answers = new TreeMap<>();
		for (int i = 0; i < EACH + WARM_UP; i++) {
			for (Kind kind : Kind.values()) {
				String username = usernames.get(kind).get(i);
				Answer answer = post(action, form + "&username=" + URLEncoder.encode(username, UTF_8), username);
				if (i >= WARM_UP) {
					times.get(kind)[i - WARM_UP] = answer.nanos();
					answers.computeIfAbsent(answer.what(), _ -> new EnumMap<>(Kind.class)).merge(kind, 1, Integer::sum);
				}
			}
		}
		double lowest = Double.MAX_VALUE;
		double highest = 0;
		for (Kind kind : Kind.values()) {
			List<Double> took = Arrays.stream(times.get(kind)).mapToObj(nanos -> nanos / 1e6).toList();
			double median = Figures.percentile(took, 50);
			lowest = Math.min(lowest, median);
			highest = Math.max(highest, median);
			Figures.of(what).at("kind", kind.name()).at("requests", EACH).found("medianMillis", median)
					.found("p99Millis", Figures.percentile(took, 99)).print();
		}
		Figures.of(what).at("kind", "all").found("differentAnswers", answers.size())
				.found("mediansApartMillis", Figures.rounded(highest - lowest)).print();
		if (answers.size() > 1) answers.forEach((answer, kinds) -> System.out.println(kinds + "\n" + answer));
		return answers.size() == 1;
	}

	/** The hidden fields of the page's form, encoded. */
	private String fields(String page) throws IOException, InterruptedException {
		HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create(auth + page)).build(),
				BodyHandlers.ofString());
		Matcher field = Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
				.matcher(response.body());
		List<String> fields = new ArrayList<>();
		while (field.find()) {
			fields.add(field.group(1) + "=" + URLEncoder.encode(field.group(2).replace("&amp;", "&"), UTF_8));
		}
		return String.join("&", fields);
	}

	private Answer post(String path, String form, String username) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(auth + path))
				.header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form))
				.build();
		long begin = System.nanoTime();
		HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
		long nanos = System.nanoTime() - begin;
		var headers = new TreeMap<>(response.headers().map());
		OF_THE_MOMENT.forEach(headers::remove);
		// The form token is masked anew in each page; the username is the one that was typed; lengths follow from both.
		headers.remove("content-length");
		String body = response.body().replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "").replace(username, "…");
		return new Answer(nanos, response.statusCode() + "\n" + headers + "\n" + body);
	}
}
