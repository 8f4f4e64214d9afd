package io.rollcall.user.authorization;

import java.net.URLEncoder;
import java.time.Clock;
import java.util.Optional;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.util.WebUtils;

import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.PasswordDemand;
import io.rollcall.user.signin.SignIn;
import io.rollcall.user.signin.SignInService;
import io.rollcall.user.signin.Sites;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Who asks for authorization: whoever is signed in to the site whose client asks. Being signed in to one site says nothing at the
 * other. Whoever is not is sent to the sign-in page, with the request as the place to go on.
 */
@Component
class SignInContext implements SecurityContextRepository, AuthenticationEntryPoint {
	private final SignInService signIns;
	private final Sites sites;
	private final Clock clock;

	SignInContext(SignInService signIns, Sites sites, Clock clock) {
		this.signIns = signIns;
		this.sites = sites;
		this.clock = clock;
	}

	@Override
	public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
		var context = SingletonSupplier.of(() -> context(request));
		return new DeferredSecurityContext() {
			@Override
			public SecurityContext get() {
				return context.obtain();
			}

			@Override
			public boolean isGenerated() {
				return true; // nothing of it is ever saved
			}
		};
	}

	private SecurityContext context(HttpServletRequest request) {
		var context = new SecurityContextImpl();
		// A client may insist that the password is asked for again; the sign-in page takes that out of the request.
		var demand = PasswordDemand.of(request.getParameter("prompt"), request.getParameter("max_age"));
		signIn(request).filter(signIn -> demand.isMetBy(signIn, clock.instant())).map(SignedIn::by)
				.ifPresent(context::setAuthentication);
		return context;
	}

	private Optional<SignIn> signIn(HttpServletRequest request) {
		Optional<Site> site = Site.ofClient(request.getParameter("client_id"));
		if (site.isEmpty()) return Optional.empty();
		Cookie cookie = WebUtils.getCookie(request, sites.signInCookie(site.get()));
		return cookie == null
				? Optional.empty()
				: signIns.current(site.get(), cookie.getValue()).filter(SignIn::complete);
	}

	@Override
	@SuppressWarnings("deprecation") // the interface still asks for it
	public SecurityContext loadContext(org.springframework.security.web.context.HttpRequestResponseHolder holder) {
		return context(holder.getRequest());
	}

	@Override
	public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

	@Override
	public boolean containsContext(HttpServletRequest request) {
		return false;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure) {
		String query = request.getQueryString() == null ? "" : request.getQueryString();
		response.setStatus(HttpServletResponse.SC_SEE_OTHER);
		response.setHeader("Location",
				request.getContextPath() + "/sign-in?continue=" + URLEncoder.encode(query, UTF_8));
	}
}
