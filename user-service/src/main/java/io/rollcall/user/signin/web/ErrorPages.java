package io.rollcall.user.signin.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.web.error.ErrorPageRegistry;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

import io.rollcall.platform.web.Problems;
import io.rollcall.user.signin.Sites;

/**
 * What Spring Security's filters refuse without a word, at the authorization endpoint above all: a page for somebody on the way to
 * one, problem details for programs.
 */
@Controller
class ErrorPages implements ErrorPageRegistrar {
	private static final String PATH = "/error";

	private final Sites sites;

	ErrorPages(Sites sites) {
		this.sites = sites;
	}

	@Override
	public void registerErrorPages(ErrorPageRegistry registry) {
		registry.addErrorPages(new ErrorPage(PATH));
	}

	/** What was asked for, and not this page; nothing of what is none. */
	private static URI address(String asked) {
		try {
			return new URI(asked);
		} catch (URISyntaxException e) {
			return URI.create("/");
		}
	}

	@RequestMapping(PATH)
	@PreAuthorize("permitAll()")
	ModelAndView error(HttpServletRequest request, HttpServletResponse response) {
		HttpStatus status = Optional.ofNullable(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))
				.map(it -> HttpStatus.resolve((Integer) it)).orElse(HttpStatus.NOT_FOUND);
		String asked = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
		String accept = Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT)).orElse("");
		if (status == HttpStatus.NOT_FOUND || asked.startsWith("/api/")
				|| !accept.contains(MediaType.TEXT_HTML_VALUE)) {
			ErrorResponseException refusal = Problems.refusal(status,
					status.name().toLowerCase(Locale.ROOT).replace('_', '-'),
					status == HttpStatus.NOT_FOUND
							? "There is nothing at this address."
							: status.getReasonPhrase() + ".");
			refusal.setInstance(address(asked));
			throw refusal;
		}
		// The filter that writes it for pages does not write it for those of errors.
		response.setHeader("Content-Security-Policy", SignInSecurity.contentSecurityPolicy(sites));
		ModelAndView page = new ModelAndView("error");
		page.setStatus(status);
		return page;
	}
}
