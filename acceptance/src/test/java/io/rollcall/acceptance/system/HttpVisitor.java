package io.rollcall.acceptance.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A person at a browser without scripts: it keeps cookies, follows redirects and sends the forms of pages. The web app's own calls
 * are made as its script makes them.
 */
public final class HttpVisitor {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final Map<String, HttpClient> CLIENTS = new ConcurrentHashMap<>();
	private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
	private static final Pattern ATTRIBUTE = Pattern.compile("\\b(name|value|type)=\"([^\"]*)\"");
	private static final Pattern ACTION = Pattern.compile("<form\\b[^>]*\\baction=\"([^\"]*)\"");
	private static final Pattern TITLE = Pattern.compile("(?s)<h1\\b[^>]*>(.*?)</h1>");
	private static final int REDIRECTS = 15;

	/** Where the visitor has arrived. */
	public record Page(URI address, int status, String html) {
		public String title() {
			Matcher title = TITLE.matcher(html);
			return title.find() ? title.group(1).strip() : "";
		}

		/** A failure shows where it is, not what was typed in. */
		@Override
		public String toString() {
			return status + " " + address.getPath() + " \"" + title() + "\"";
		}
	}

	private record Cookie(String value, String path) {}

	/** By name: a browser's cookies of one host are the same at every port. */
	private final Map<String, Cookie> cookies = new ConcurrentHashMap<>();
	private final Set<String> secrets;
	private final HttpClient http;
	private final Map<String, String> instances = new ConcurrentHashMap<>();
	private @Nullable Page page;

	/**
	 * @param secrets where the value of every cookie is noted
	 * @param place the loopback address that requests come from
	 */
	HttpVisitor(Set<String> secrets, String place) {
		this(secrets, CLIENTS.computeIfAbsent(place, HttpVisitor::client));
	}

	private HttpVisitor(Set<String> secrets, HttpClient http) {
		this.secrets = secrets;
		this.http = http;
	}

	private static HttpClient client(String place) {
		return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10))
				.localAddress(InetAddress.ofLiteral(place)).build();
	}

	/** From now on requests for one address go to another one: as behind a load balancer that has chosen anew. */
	public void send(String origin, URI instance) {
		instances.put(origin, instance.toString());
	}

	/** Goes to an address and wherever it leads. */
	public Page open(String address) {
		return follow(URI.create(address), "GET", null);
	}

	/** Goes to an address and returns the first it is sent on to that begins so; it does not go there. */
	public URI openUntil(String address, String end) {
		URI at = URI.create(address);
		for (int i = 0; i < REDIRECTS; i++) {
			HttpResponse<String> response = exchange(at,
					HttpRequest.newBuilder(instance(at)).timeout(Duration.ofSeconds(30)).GET());
			if (response.statusCode() / 100 != 3) break;
			at = at.resolve(response.headers().firstValue("Location").orElseThrow());
			if (at.toString().startsWith(end)) return at;
		}
		throw new AssertionError("not sent to " + end + " but to " + at.getPath());
	}

	/** Fills in the page's form; what is hidden in it goes along. */
	public Page submit(String... namesAndValues) {
		if (page == null) throw new IllegalStateException("no page is open");
		Map<String, String> fields = new LinkedHashMap<>();
		Matcher inputs = INPUT.matcher(page.html());
		while (inputs.find()) {
			Map<String, String> attributes = new LinkedHashMap<>();
			Matcher attribute = ATTRIBUTE.matcher(inputs.group());
			while (attribute.find())
				attributes.put(attribute.group(1), unescaped(attribute.group(2)));
			if ("hidden".equals(attributes.get("type"))) {
				fields.put(attributes.getOrDefault("name", ""), attributes.getOrDefault("value", ""));
			}
		}
		for (int i = 0; i < namesAndValues.length; i += 2)
			fields.put(namesAndValues[i], namesAndValues[i + 1]);
		Matcher action = ACTION.matcher(page.html());
		URI target = page.address().resolve(action.find() ? unescaped(action.group(1)) : "");
		return follow(target, "POST", fields.entrySet().stream()
				.map(field -> URLEncoder.encode(field.getKey(), UTF_8) + "="
						+ URLEncoder.encode(field.getValue(), UTF_8))
				.collect(Collectors.joining("&")));
	}

	/** Signs in with a password that is the visitor's own. */
	public Page signIn(String site, String username, String password) {
		open(site + "/login");
		return submit("username", username, "password", password);
	}

	/** Signs in with the password of the mail and sets one of their own. */
	public Page signInFirst(String site, String username, String generated, String own) {
		Page demanded = signIn(site, username, generated);
		if (!demanded.title().equals("Set a New Password")) throw new AssertionError(demanded);
		Page answer = submit("newPassword", own, "repeated", own);
		if (answer.title().equals("Set a New Password")) throw new AssertionError(answer);
		return answer;
	}

	/** A call of the web app at this site. */
	public HttpResponse<String> call(String site, String method, String path, @Nullable Object body,
			String... headers) {
		return body == null
				? callWith(site, method, path, BodyPublishers.noBody(), headers)
				: callWith(site, method, path, BodyPublishers.ofString(JSON.writeValueAsString(body)),
						Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers))
								.toArray(String[]::new));
	}

	/** The same with a body of any kind; {@code headers} are pairs of name and value. */
	public HttpResponse<String> callWith(String site, String method, String path, BodyPublisher body,
			String... headers) {
		URI target = URI.create(site + path);
		HttpRequest.Builder request = HttpRequest.newBuilder(instance(target)).timeout(Duration.ofSeconds(30))
				.header("Accept", "application/json").header("X-Rollcall-CSRF", "1")
				.header("Sec-Fetch-Site", "same-origin");
		if (!method.equals("GET")) request.header("Origin", site);
		if (headers.length > 0) request.headers(headers);
		return exchange(target, request.method(method, body));
	}

	/** The same, for reading. */
	public HttpResponse<String> get(String site, String path) {
		return call(site, "GET", path, null);
	}

	/** Whether the site knows who this is. */
	public boolean isSignedIn(String site) {
		return get(site, "/api/me").statusCode() == 200;
	}

	/** Presses Logout, and goes where that leads. */
	public Page signOut(String site) {
		HttpResponse<String> answer = call(site, "POST", "/logout", null);
		if (answer.statusCode() != 200) throw new AssertionError("logout: " + answer.statusCode());
		return open(URI.create(site).resolve(json(answer).path("location").asString()).toString());
	}

	public static JsonNode json(HttpResponse<String> answer) {
		return JSON.readTree(answer.body());
	}

	/** One who has copied this one's cookies. */
	public HttpVisitor copy() {
		var copy = new HttpVisitor(secrets, http);
		copy.cookies.putAll(cookies);
		copy.instances.putAll(instances);
		return copy;
	}

	private Page follow(URI start, String startMethod, @Nullable String startForm) {
		URI address = start;
		String method = startMethod;
		String form = startForm;
		for (int i = 0; i < REDIRECTS; i++) {
			HttpRequest.Builder request = HttpRequest.newBuilder(instance(address)).timeout(Duration.ofSeconds(30))
					.header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
			if (form != null) request.header("Content-Type", "application/x-www-form-urlencoded");
			HttpResponse<String> response = exchange(address,
					request.method(method, form == null ? BodyPublishers.noBody() : BodyPublishers.ofString(form)));
			if (response.statusCode() / 100 != 3) {
				page = new Page(address, response.statusCode(), response.body());
				return page;
			}
			address = address.resolve(response.headers().firstValue("Location").orElseThrow());
			method = "GET";
			form = null;
		}
		throw new AssertionError("too many redirects, the last to " + address.getPath());
	}

	private URI instance(URI address) {
		String text = address.toString();
		for (var instance : instances.entrySet()) {
			if (text.startsWith(instance.getKey())) {
				return URI.create(instance.getValue() + text.substring(instance.getKey().length()));
			}
		}
		return address;
	}

	/** What it sends of its cookies to a path, as in the header. */
	public String cookies(String path) {
		return cookies.entrySet().stream().filter(cookie -> path.startsWith(cookie.getValue().path()))
				.map(cookie -> cookie.getKey() + "=" + cookie.getValue().value()).collect(Collectors.joining("; "));
	}

	private HttpResponse<String> exchange(URI address, HttpRequest.Builder request) {
		String sent = cookies(address.getPath());
		if (!sent.isEmpty()) request.header("Cookie", sent);
		try {
			HttpResponse<String> response = Patience.send(http, request.build(), BodyHandlers.ofString());
			response.headers().allValues("Set-Cookie").forEach(this::take);
			return response;
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}

	private void take(String header) {
		HttpCookie cookie = HttpCookie.parse(header).getFirst();
		if (cookie.getMaxAge() == 0) {
			cookies.remove(cookie.getName());
		} else {
			cookies.put(cookie.getName(),
					new Cookie(cookie.getValue(), cookie.getPath() == null ? "/" : cookie.getPath()));
			secrets.add(cookie.getValue());
		}
	}

	private static String unescaped(String html) {
		return html.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">")
				.replace("&amp;", "&");
	}
}
