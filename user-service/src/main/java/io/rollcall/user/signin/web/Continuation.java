package io.rollcall.user.signin.web;

import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

import io.rollcall.user.credential.Site;

/**
 * Where to go on after signing in: the query of the authorization request that somebody came with. It goes from page to page in
 * the forms, so several tabs do not disturb each other, and leads nowhere but to the authorization endpoint, which judges it
 * again.
 */
record Continuation(String query, Site site) {
	private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9\\-._~%!$&'()*+,;=:@/?]{1,4000}");

	static Optional<Continuation> of(@Nullable String query) {
		if (query == null || !QUERY.matcher(query).matches()) return Optional.empty();
		return Site.ofClient(
				UriComponentsBuilder.newInstance().query(query).build().getQueryParams().getFirst("client_id"))
				.map(site -> new Continuation(query, site));
	}

	/** Whether the client wants the password to be asked for again. */
	boolean demandsPassword() {
		return query.matches("(.*&)?prompt=[^&]*login.*");
	}

	/** The request, without the demand for what has just been done. */
	String location() {
		return "/oauth2/authorize?" + query.replaceAll("(^|&)prompt=[^&]*", "$1").replace("&&", "&");
	}
}
