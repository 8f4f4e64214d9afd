package io.rollcall.user.signin.web;

import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.Sites;

/** Who may come to the sign-in pages: everybody, but a form only from the page itself. */
@Configuration(proxyBeanMethods = false)
class SignInSecurity {
	private static final Set<String> FROM_HERE = Set.of("same-origin", "none");

	@Bean
	@Order(2)
	SecurityFilterChain signInPagesSecurity(HttpSecurity http, Sites sites) throws Exception {
		var tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
		tokens.setCookieName(sites.cookie(SignInCookies.FORM));
		tokens.setCookieCustomizer(cookie -> cookie.httpOnly(true).secure(sites.areSecure()).sameSite("Lax"));
		return http
				.securityMatcher("/sign-in", "/forgot-password", "/new-password", "/reset-password", "/assets/**",
						"/error")
				.csrf(csrf -> csrf.csrfTokenRepository(tokens))
				.addFilterAfter((request, response, chain) -> {
					if (isForeign((HttpServletRequest) request)) throw new AccessDeniedException("from another site");
					chain.doFilter(request, response);
				}, ExceptionTranslationFilter.class) // which sees to the answer
				.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
				.requestCache(cache -> cache.disable()).logout(logout -> logout.disable())
				.anonymous(anonymous -> anonymous.disable())
				// A form that was left open for too long, or is not ours: back to the site, and in again.
				.exceptionHandling(failures -> failures.accessDeniedHandler(
						(_, response, _) -> response.sendRedirect(sites.base(Site.PORTAL) + "/login")))
				.headers(headers -> headers
						.contentSecurityPolicy(policy -> policy.policyDirectives(contentSecurityPolicy(sites)))
						.referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
						.crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
						.permissionsPolicyHeader(policy -> policy.policy("camera=(), geolocation=(), microphone=()")))
				.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).build();
	}

	/** The calls for pages of the front end's own; what authority they need stands in their bodies. */
	@Bean
	@Order(3)
	SecurityFilterChain passwordResetsSecurity(HttpSecurity http) throws Exception {
		return http.securityMatcher("/api/password-resets", "/api/password-resets/**").csrf(csrf -> csrf.disable())
				.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
				.requestCache(cache -> cache.disable()).logout(logout -> logout.disable())
				.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).build();
	}

	/** Browsers say themselves when a form was sent by somebody else's page. */
	private static boolean isForeign(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		return request.getMethod().equals("POST") && site != null && !FROM_HERE.contains(site);
	}

	/** The form's answer leads on to the site that asked, which browsers count as the form's target. */
	static String contentSecurityPolicy(Sites sites) {
		return "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self' "
				+ sites.base(Site.PORTAL)
				+ " " + sites.base(Site.TRAINING) + "; base-uri 'none'; frame-ancestors 'none'";
	}
}
