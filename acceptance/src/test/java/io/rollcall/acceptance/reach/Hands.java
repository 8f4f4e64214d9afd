package io.rollcall.acceptance.reach;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.acceptance.system.HttpVisitor;
import io.rollcall.acceptance.system.UploadForm;

/**
 * With what somebody asks at a site's gateway.
 *
 * @param browser with the cookies it has
 * @param token asked before each call for a token to show, null when it has none; null where none is shown
 * @param password that was signed in with, where somebody knows it
 */
record Hands(Site site, HttpVisitor browser, @Nullable Supplier<@Nullable String> token, @Nullable String password) {
	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** A browser that is signed in at a site, or is not. */
	static Hands of(Site site, HttpVisitor browser, @Nullable String password) {
		return new Hands(site, browser, null, password);
	}

	Hands withPassword(@Nullable String known) {
		return new Hands(site, browser, token, known);
	}

	HttpResponse<String> ask(String method, String path, @Nullable Object body, String... headers) {
		return browser.call(site.address(), method, path, body, with(headers));
	}

	HttpResponse<String> get(String path) {
		return ask("GET", path, null);
	}

	/** The same at the other site. */
	HttpResponse<String> getAtTheOtherSite(String path) {
		return browser.call(site.other().address(), "GET", path, null, with());
	}

	HttpResponse<String> upload(String fileName, byte[] content, String action, boolean dryRun) {
		var form = UploadForm.of(fileName, content, action, dryRun);
		return browser.callWith(site.address(), "POST", "/api/imports", BodyPublishers.ofByteArray(form.body()),
				with("Content-Type", form.contentType()));
	}

	private String[] with(String... headers) {
		String bearer = token == null ? null : token.get();
		return bearer == null
				? headers
				: Stream.concat(Stream.of("Authorization", "Bearer " + bearer), Stream.of(headers))
						.toArray(String[]::new);
	}

	/** The table's word for an answer: the status; with it the first field that is wrong or the code of a problem. */
	static String word(HttpResponse<String> answer) {
		if (answer.statusCode() < 400) return String.valueOf(answer.statusCode());
		JsonNode problem = json(answer);
		String field = problem.path("errors").path(0).path("field").asString("");
		return (answer.statusCode() + " " + (field.isEmpty() ? problem.path("code").asString("") : "on " + field))
				.strip();
	}

	static boolean succeeded(HttpResponse<String> answer) {
		return answer.statusCode() < 300;
	}

	static JsonNode json(HttpResponse<String> answer) {
		try {
			return JSON.readTree(answer.body());
		} catch (JacksonException e) {
			return JSON.createObjectNode();
		}
	}
}
