package io.rollcall.acceptance.malformed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every route there is, from the tables that no endpoint is left out of ({@code authorization.yaml} of each service), with the
 * parameters and bodies that the OpenAPI documents tell of; and the pages and protocol endpoints, which have no document.
 */
final class Routes {
	private static final JsonMapper JSON = JsonMapper.shared();
	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
	/** Each service, its part of the operations, and its document. */
	private static final Map<String, String> SERVICES = Map.of("user-service", "users", "import-service", "imports",
			"org-directory-service", "organizations", "notification-service", "mails");
	private static final String PLATFORM = "testing/src/main/resources/io/rollcall/testing/authorization.yaml";
	private static final List<String> PAGE = List.of("continue", "site", "username", "password", "newPassword",
			"repeated",
			"token", "_csrf");
	private static final List<String> PROTOCOL = List.of("client_id", "redirect_uri", "scope", "state", "response_type",
			"code_challenge", "code_challenge_method", "nonce", "prompt", "max_age", "grant_type", "code",
			"code_verifier",
			"refresh_token", "token", "client_secret", "id_token_hint", "post_logout_redirect_uri", "request",
			"request_uri");
	/** What stands at the gateways alone. */
	private static final List<String> OWN = List.of("GET /", "GET /users", "GET /operations", "GET /assets/app.js",
			"GET /portal/config", "GET /login", "GET /login/oauth2/code/rollcall", "POST /logout",
			"GET /actuator/health",
			"GET /anything-else", "POST /anything-else");
	private static final List<String> SIGN_IN = List.of("GET /auth/sign-in", "POST /auth/sign-in",
			"GET /auth/new-password",
			"POST /auth/new-password", "GET /auth/forgot-password", "POST /auth/forgot-password",
			"GET /auth/reset-password",
			"POST /auth/reset-password", "GET /auth/assets/sign-in.css", "GET /auth/assets/sign-in.js");
	private static final List<String> ISSUER = List.of("GET /auth/oauth2/authorize", "POST /auth/oauth2/authorize",
			"POST /auth/oauth2/token", "GET /auth/oauth2/token", "GET /auth/oauth2/jwks", "POST /auth/oauth2/revoke",
			"POST /auth/oauth2/introspect", "POST /auth/oauth2/par", "POST /auth/oauth2/device_authorization",
			"GET /auth/userinfo", "POST /auth/userinfo", "GET /auth/connect/logout", "POST /auth/connect/logout",
			"POST /auth/connect/register", "GET /auth/.well-known/openid-configuration",
			"GET /auth/.well-known/oauth-authorization-server", "GET /auth/.well-known/oauth-protected-resource");

	private Routes() {}

	/** @param ids real ones by the variable's name and what stands before it, as {@code users/id} */
	static List<Route> all(Map<String, String> ids) {
		Map<String, JsonNode> documented = new TreeMap<>();
		for (String name : SERVICES.values())
			yaml("docs/openapi/" + name + ".yaml").get("paths").properties()
					.forEach(path -> path.getValue().properties()
							.forEach(call -> documented.put(
									call.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
									call.getValue())));
		List<Route> routes = new ArrayList<>();
		for (String call : calls())
			routes.add(route(call, documented.get(call), ids));
		OWN.forEach(call -> routes.add(route(call, List.of("returnTo", "again", "code", "state", "error"), false)));
		SIGN_IN.forEach(call -> routes.add(route(call, PAGE, call.startsWith("POST"))));
		ISSUER.forEach(call -> routes.add(route(call, PROTOCOL, call.startsWith("POST"))));
		return routes;
	}

	/** Of all services' APIs. */
	private static Set<String> calls() {
		Set<String> calls = new TreeSet<>();
		SERVICES.forEach((service, part) -> Stream.of(PLATFORM, service + "/src/test/resources/authorization.yaml")
				.map(Routes::yaml)
				.forEach(table -> table.properties().forEach(section -> section.getValue().propertyNames()
						.stream().map(call -> call.replace("{part}", part).replaceAll("\\?.*", ""))
						.filter(call -> call.matches("[A-Z]+ /api/.*"))
						.forEach(calls::add))));
		return calls;
	}

	private static Route route(String call, @Nullable JsonNode document, Map<String, String> ids) {
		String method = call.substring(0, call.indexOf(' '));
		String path = call.substring(call.indexOf(' ') + 1);
		for (var id : ids.entrySet()) {
			String part = id.getKey().substring(0, id.getKey().indexOf('/'));
			if (path.contains("/" + part))
				path = path.replace("{" + id.getKey().substring(part.length() + 1) + "}",
						id.getValue());
		}
		List<String> parameters = new ArrayList<>();
		Map<String, String> headers = new LinkedHashMap<>();
		JsonNode body = path.contains("/dead-letters/") && method.equals("POST")
				? JSON.readTree("{\"ids\":[\"none\"]}")
				: null;
		boolean form = false;
		if (document == null) {
			parameters.addAll(List.of("page", "size", "search"));
		} else {
			for (JsonNode parameter : document.path("parameters")) {
				if (parameter.path("in").asString().equals("query")) parameters.add(parameter.get("name").asString());
				if (parameter.path("in").asString().equals("header"))
					headers.put(parameter.get("name").asString(), "\"1\"");
			}
			form = document.path("requestBody").path("content").has("multipart/form-data");
			JsonNode example = document.path("requestBody").path("content").path("application/json").get("example");
			body = form || example == null ? null : example;
			if (form) parameters.addAll(List.of("file", "action", "dryRun"));
		}
		return new Route(method, path.replaceAll("\\{\\w+}", "none"), parameters, body, form, headers);
	}

	private static Route route(String call, List<String> parameters, boolean form) {
		return new Route(call.substring(0, call.indexOf(' ')), call.substring(call.indexOf(' ') + 1), parameters, null,
				form,
				Map.of());
	}

	private static JsonNode yaml(String file) {
		try {
			return JSON.valueToTree(new Yaml().load(Files.readString(ROOT.resolve(file))));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
