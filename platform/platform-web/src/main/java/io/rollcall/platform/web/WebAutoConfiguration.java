package io.rollcall.platform.web;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings {@link ProblemAdvice} to a service, for what fails in handlers and before them, {@link StrictJson}, {@link OneSpelling},
 * {@link NothingIgnored} and {@link NamedAddresses} for what it is sent.
 */
@AutoConfiguration
@Import({ProblemAdvice.class, FilterFailures.class, OneSpelling.class, DocsController.class})
class WebAutoConfiguration {
	@Bean
	WebMvcConfigurer nothingIsIgnoredAndAnswersAreOfOneKind() {
		return new WebMvcConfigurer() {
			@Override
			public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
				negotiation.strategies(List.of(new OneRepresentation()));
			}

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(new NothingIgnored()).addPathPatterns("/api/**");
			}
		};
	}

	@Bean
	WebMvcRegistrations namedAddressesAreNoIds() {
		return new WebMvcRegistrations() {
			@Override
			public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
				return new NamedAddresses();
			}
		};
	}

	/** At the start, and not when somebody first asks. */
	@Bean
	SmartInitializingSingleton parametersAreKnown(ObjectProvider<RequestMappingHandlerMapping> mappings) {
		return () -> mappings.stream().flatMap(it -> it.getHandlerMethods().values().stream())
				.forEach(method -> {
					NothingIgnored.known(method);
					OneSpelling.check(method);
					StrictJson.check(method);
				});
	}

	/** After Boot's own, whose converter this one takes the place of. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	ServerHttpMessageConvertersCustomizer requestsAreReadStrictly(JsonMapper json) {
		return converters -> converters.withJsonConverter(new StrictJson.Converter(json));
	}
}
