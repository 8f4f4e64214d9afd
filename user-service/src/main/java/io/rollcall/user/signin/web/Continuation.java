package io.rollcall.user.signin.web;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.PasswordDemand;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Where to go on after signing in: the query of the authorization request that somebody came with. It goes from page to page in
 * the forms, so several tabs do not disturb each other, and leads nowhere but to the authorization endpoint, which judges it
 * again.
 */
record Continuation(String query, Site site) {
	private static final Set<String> DEMANDS = Set.of("prompt", "max_age");
	private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9\\-._~%!$&'()*+,;=:@/?]{1,4000}");

	static Optional<Continuation> of(@Nullable String query) {
		if (query == null || !QUERY.matcher(query).matches()) return Optional.empty();
		return Site.ofClient(parameter(query, "client_id")).map(site -> new Continuation(query, site));
	}

	private static @Nullable String parameter(String query, String name) {
		return Arrays.stream(query.split("&")).filter(it -> name(it).equals(name)).findFirst()
				.map(it -> decoded(it.substring(it.indexOf('=') + 1))).orElse(null);
	}

	private static String name(String parameter) {
		return decoded(parameter.split("=", 2)[0]);
	}

	private static String decoded(String value) {
		try {
			return URLDecoder.decode(value, UTF_8);
		} catch (IllegalArgumentException _) {
			return value; // no parameter of a client
		}
	}

	/** How fresh the client wants the sign-in to be. */
	PasswordDemand demand() {
		return PasswordDemand.of(parameter(query, "prompt"), parameter(query, "max_age"));
	}

	/** The request, without the demand for what has just been done. */
	String location() {
		return "/oauth2/authorize?" + Arrays.stream(query.split("&"))
				.filter(parameter -> !DEMANDS.contains(name(parameter)))
				.collect(Collectors.joining("&"));
	}
}
