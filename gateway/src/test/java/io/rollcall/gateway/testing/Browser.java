package io.rollcall.gateway.testing;

import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A browser with its cookies, which on one host are the same at every port. */
public final class Browser {
	private final Map<String, String> cookies = new TreeMap<>();
	private final AuthorizationServerStub server;

	public Browser(AuthorizationServerStub server) {
		this.server = server;
	}

	public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		if (!cookies.isEmpty()) request.header("Cookie", cookieHeader());
		HttpResponse<String> response = Gateway.send(request);
		for (String header : response.headers().allValues("Set-Cookie")) {
			HttpCookie cookie = HttpCookie.parse(header).getFirst();
			if (cookie.getMaxAge() == 0) {
				cookies.remove(cookie.getName());
			} else {
				cookies.put(cookie.getName(), cookie.getValue());
			}
		}
		return response;
	}

	public HttpResponse<String> get(int port, String path) throws Exception {
		return send(Gateway.request(port, path));
	}

	/** As the web app does it. */
	public HttpResponse<String> post(int port, String path, String body) throws Exception {
		return send(
				Gateway.request(port, path).header("X-Rollcall-CSRF", "1").header("Content-Type", "application/json")
						.POST(BodyPublishers.ofString(body)));
	}

	/** Begins a sign-in; returns what the authorization server is asked. */
	public Map<String, String> start(int port, String returnTo) throws Exception {
		HttpResponse<String> start = get(port, "/login?returnTo=" + returnTo);
		assertThat(start.statusCode()).as(start.body()).isEqualTo(302);
		URI location = URI.create(start.headers().firstValue("Location").orElseThrow());
		assertThat(location.toString()).startsWith("http://localhost:8080/auth/oauth2/authorize?");
		return AuthorizationServerStub.parameters(location.getRawQuery());
	}

	/** Comes back from the sign-in page. */
	public HttpResponse<String> comeBack(int port, Map<String, String> request) throws Exception {
		return get(port, "/login/oauth2/code/rollcall?code=" + server.authorize(request) + "&state="
				+ URLEncoder.encode(request.get("state"), UTF_8));
	}

	public void signIn(int port) throws Exception {
		HttpResponse<String> back = comeBack(port, start(port, "/"));
		assertThat(back.statusCode()).isEqualTo(302);
		assertThat(back.headers().firstValue("Location")).contains("/");
	}

	public Optional<String> session() {
		return Optional.ofNullable(cookies.get("rollcall-portal"));
	}

	public void takeCookie(String value) {
		cookies.put("rollcall-portal", value);
	}

	public void put(String name, String value) {
		cookies.put(name, value);
	}

	public String cookieHeader() {
		var header = new StringBuilder();
		cookies.forEach((name, value) -> header.append(header.isEmpty() ? "" : "; ").append(name).append('=')
				.append(value));
		return header.toString();
	}
}
