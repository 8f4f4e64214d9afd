package io.rollcall.platform.security;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.OAuth2ProtectedResourceMetadataFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.platform.Recurring;
import io.rollcall.platform.web.Problems;

/**
 * Asks for an access token (RFC 6750, 3). Spring Security's own names the address of a description of the resource besides, and makes
 * it, like the description, of whatever host the request names.
 */
public final class BearerChallenge implements AuthenticationEntryPoint {
	private static final Logger LOG = LoggerFactory.getLogger(BearerChallenge.class);
	private static final Recurring REFUSED = new Recurring();

	private final JsonMapper json;

	BearerChallenge(JsonMapper json) {
		this.json = json;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
			String what = failure.getClass().getSimpleName();
			REFUSED.log(what, LOG.atInfo(), "Not authenticated: " + request.getMethod() + " " + what);
		}
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
				failure instanceof OAuth2AuthenticationException refused
						? "Bearer error=\"" + refused.getError().getErrorCode() + "\""
						: "Bearer");
		write(response, json, HttpStatus.UNAUTHORIZED, "unauthenticated", "Sign in, or send a valid access token.");
	}

	/** The chain without Spring Security's description of the resource (RFC 9728), which nothing names any more. */
	public static SecurityFilterChain withoutDescription(DefaultSecurityFilterChain chain) {
		chain.getFilters().removeIf(OAuth2ProtectedResourceMetadataFilter.class::isInstance);
		return chain;
	}

	static void write(HttpServletResponse response, JsonMapper json, HttpStatus status, String code, String detail)
			throws IOException {
		response.setStatus(status.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		json.writeValue(response.getOutputStream(), Problems.of(status, code, detail));
	}
}
