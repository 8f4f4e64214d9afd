package io.rollcall.platform.operations;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

import io.rollcall.platform.Traceparent;

/** Whatever is logged of a request stands there with the request's trace, by which the logs of all services join. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class TraceFilter extends OncePerRequestFilter {
	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String traceId = Traceparent.traceId(request.getHeader(Traceparent.HEADER));
		if (traceId == null) {
			chain.doFilter(request, response);
			return;
		}
		try (var _ = MDC.putCloseable("traceId", traceId)) {
			chain.doFilter(request, response);
		}
	}
}
