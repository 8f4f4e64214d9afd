package io.rollcall.gateway.edge;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import io.rollcall.gateway.AnswerHeaders;
import io.rollcall.gateway.Paths;

/**
 * The gateway's own health is data as any other, and JSON whatever {@code Accept} says (RFC 9110, 12.5.1), so that a browser shows it,
 * too. Spring's endpoints go by that header alone and not by what the application is set to.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class Health extends OncePerRequestFilter {
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !Paths.of(request).startsWith(Paths.HEALTH);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		AnswerHeaders.DATA.on(response);
		chain.doFilter(new ForJson(request), response);
	}

	private static final class ForJson extends HttpServletRequestWrapper {
		ForJson(HttpServletRequest request) {
			super(request);
		}

		@Override
		public @Nullable String getHeader(String name) {
			return isAccept(name) ? MediaType.APPLICATION_JSON_VALUE : super.getHeader(name);
		}

		@Override
		public Enumeration<String> getHeaders(String name) {
			return isAccept(name)
					? Collections.enumeration(List.of(MediaType.APPLICATION_JSON_VALUE))
					: super.getHeaders(name);
		}

		private static boolean isAccept(String name) {
			return name.equalsIgnoreCase(HttpHeaders.ACCEPT);
		}
	}
}
