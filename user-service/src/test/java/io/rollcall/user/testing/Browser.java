package io.rollcall.user.testing;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Goes through the sign-in pages as somebody with a browser does: keeps cookies, follows redirects as long as they stay at the
 * service, fills in the form that is on the page.
 */
public final class Browser {
	private static final Pattern HIDDEN = Pattern
			.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
	private static final Pattern ACTION = Pattern.compile("<form method=\"post\" action=\"([^\"]+)\"");

	/** What one ended up with: a page, or an address elsewhere that one was sent to. */
	public record Page(int status, String address, String text, Map<String, List<String>> headers) {
		public String title() {
			Matcher title = Pattern.compile("<h1>([^<]*)</h1>").matcher(text);
			return title.find() ? title.group(1) : "";
		}

		/** A parameter of the address. */
		public String parameter(String name) {
			Matcher parameter = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(address);
			return parameter.find() ? java.net.URLDecoder.decode(parameter.group(1), UTF_8) : null;
		}
	}

	private final String base;
	private final CookieManager cookies;
	private final HttpClient http;
	private final String from;
	private final Map<String, String> headers = new LinkedHashMap<>();
	private Page page;

	public Browser(String base) {
		this(base, "192.0.2." + (int) (Math.random() * 250));
	}

	/** @param from the network address it comes from, as the gateway would say it */
	public Browser(String base, String from) {
		this(base, from, new CookieManager());
	}

	private Browser(String base, String from, CookieManager cookies) {
		this.base = base;
		this.from = from;
		this.cookies = cookies;
		this.http = HttpClient.newBuilder().cookieHandler(cookies).build();
	}

	/** A tab of the same browser: it has the same cookies, and a page of its own. */
	public Browser newTab() {
		return new Browser(base, from, cookies);
	}

	/** From now on it says this too. */
	public Browser with(String header, String value) {
		headers.put(header, value);
		return this;
	}

	/** The same browser with the same page, before an answer came to what is sent next. */
	public Browser atThisMoment() {
		var twin = new Browser(base, from);
		cookies().forEach(cookie -> twin.cookies.getCookieStore().add(URI.create(base), cookie));
		twin.headers.putAll(headers);
		twin.page = page;
		return twin;
	}

	public List<HttpCookie> cookies() {
		return cookies.getCookieStore().getCookies();
	}

	public void forgetCookies() {
		cookies.getCookieStore().removeAll();
	}

	/** Keeps only what tells the device. */
	public void forgetSignIn() {
		for (HttpCookie cookie : List.copyOf(cookies())) {
			if (!cookie.getName().endsWith("rollcall-device")) cookies.getCookieStore().remove(null, cookie);
		}
	}

	public Page open(String path) {
		return follow(HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path)));
	}

	/** Fills in the form of the page that is open and sends it off; {@code fields} are pairs of name and value. */
	public Page submit(String... fields) {
		Matcher action = ACTION.matcher(page.text());
		if (!action.find()) throw new AssertionError("no form on this page: " + page);
		Map<String, String> form = new LinkedHashMap<>();
		Matcher hidden = HIDDEN.matcher(page.text());
		while (hidden.find())
			form.put(hidden.group(1), unescaped(hidden.group(2)));
		for (int i = 0; i < fields.length; i += 2)
			form.put(fields[i], fields[i + 1]);
		return follow(HttpRequest.newBuilder(URI.create(base + action.group(1)))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString(encoded(form))));
	}

	private static String unescaped(String html) {
		return html.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">")
				.replace("&amp;", "&");
	}

	public static String encoded(Map<String, String> form) {
		List<String> pairs = new ArrayList<>();
		form.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, UTF_8)));
		return String.join("&", pairs);
	}

	private Page follow(HttpRequest.Builder request) {
		try {
			headers.forEach(request::setHeader);
			HttpResponse<String> answer = http.send(request.header("X-Forwarded-For", from).build(),
					BodyHandlers.ofString());
			String location = answer.headers().firstValue("Location").orElse(null);
			if (location == null) {
				page = new Page(answer.statusCode(), answer.uri().toString(), answer.body(),
						new HashMap<>(answer.headers().map()));
				return page;
			}
			String next = URI.create(base + "/").resolve(location).toString();
			if (next.startsWith(base)) return follow(HttpRequest.newBuilder(URI.create(next)));
			page = new Page(answer.statusCode(), next, "", new HashMap<>(answer.headers().map()));
			return page;
		} catch (IOException e) {
			throw new AssertionError(e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new AssertionError(e);
		}
	}
}
