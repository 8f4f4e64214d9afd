package io.rollcall.user.signin.web;

import java.time.Duration;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

import io.rollcall.user.credential.Secrets;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.Sites;
import io.rollcall.user.signin.Source;

/** The cookies of the sign-in pages; no script sees them and no other site sends them with a form. */
@Component
class SignInCookies {
	/** Of the forms: one sent by somebody else's page does not have it, and one sent twice has the same. */
	static final String FORM = "rollcall-sign-in-form";
	private static final String DEVICE = "rollcall-device";
	private static final Duration DEVICE_KEPT = Duration.ofDays(400); // as long as browsers keep any

	private final Sites sites;

	SignInCookies(Sites sites) {
		this.sites = sites;
	}

	@Nullable
	String signIn(HttpServletRequest request, Site site) {
		return value(request, sites.signInCookie(site));
	}

	void setSignIn(HttpServletRequest request, HttpServletResponse response, Site site, String secret) {
		set(request, response, sites.signInCookie(site), secret, null);
	}

	/** Where the attempt comes from. A browser without a device cookie gets one, which says nothing until it has signed in. */
	Source source(HttpServletRequest request, HttpServletResponse response) {
		String device = value(request, sites.cookie(DEVICE));
		if (device == null) {
			device = Secrets.random();
			set(request, response, sites.cookie(DEVICE), device, DEVICE_KEPT);
		}
		return Source.of(request.getRemoteAddr(), device, value(request, sites.cookie(FORM)));
	}

	/** What stands on pages that are open cannot be sent any more. */
	void endForms(HttpServletRequest request, HttpServletResponse response) {
		set(request, response, sites.cookie(FORM), "", Duration.ZERO);
	}

	private static @Nullable String value(HttpServletRequest request, String name) {
		Cookie cookie = WebUtils.getCookie(request, name);
		return cookie == null || cookie.getValue().isBlank() ? null : cookie.getValue();
	}

	private void set(HttpServletRequest request, HttpServletResponse response, String name, String value,
			@Nullable Duration kept) {
		var cookie = ResponseCookie.from(name, value).httpOnly(true).secure(sites.areSecure()).sameSite("Lax")
				.path(path(request));
		if (kept != null) cookie.maxAge(kept);
		response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
	}

	/** Behind the gateway {@code /auth}. */
	static String path(HttpServletRequest request) {
		return request.getContextPath().isEmpty() ? "/" : request.getContextPath();
	}
}
