package io.rollcall.gateway.edge;

import java.util.List;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Leaves every failure to {@link Edge}. Spring's own resolvers would take a connection to a service that broke for a sender that
 * has gone, and end the request as it stands: 200, and nothing done.
 */
@Configuration(proxyBeanMethods = false)
class UnresolvedFailures implements WebMvcConfigurer {
	@Override
	public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
		resolvers.clear();
	}
}
