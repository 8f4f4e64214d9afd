package io.rollcall.acceptance.malformed;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One call that somebody can make.
 *
 * @param path with real ids in it
 * @param parameters of the query, or of the form when it takes one
 * @param body an example, when it takes JSON
 * @param headers of its own, as {@code If-Match}
 */
record Route(String method, String path, List<String> parameters, @Nullable JsonNode body, boolean takesForm,
		Map<String, String> headers) {
	boolean isApi() {
		return path.startsWith("/api/");
	}

	boolean takesBody() {
		return body != null || takesForm || !method.equals("GET") && !method.equals("DELETE");
	}

	@Override
	public String toString() {
		return method + " " + path;
	}
}
