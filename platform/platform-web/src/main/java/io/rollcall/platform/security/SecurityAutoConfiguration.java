package io.rollcall.platform.security;

import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletRequest;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.authorization.method.PreAuthorizeAuthorizationManager;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.stereotype.Controller;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.platform.Recurring;
import io.rollcall.platform.keys.PublishedKeys;

/** Every request carries an access token (RFC 6750), health probes and meters excepted; refusals are problem details (RFC 9457). */
@AutoConfiguration
@ConditionalOnClass(BearerTokenAuthenticationEntryPoint.class)
@EnableMethodSecurity(prePostEnabled = false)
class SecurityAutoConfiguration {
	private static final Logger LOG = LoggerFactory.getLogger(SecurityAutoConfiguration.class);
	private static final Recurring REFUSED = new Recurring();
	/** How far a clock may be behind the issuer's, or a token is good for longer. Spring allows a minute, which is a token's whole life. */
	private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

	/**
	 * Enforces {@code PreAuthorize} on controllers. By default, Spring Security looks for four annotations on every method of every bean,
	 * which took an eighth of the start of user-service. {@code ServiceRules} refuse the other three, and this one elsewhere.
	 */
	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static Advisor rulesOfEndpoints() {
		return new AuthorizationManagerBeforeMethodInterceptor(new AnnotationMatchingPointcut(Controller.class, true),
				new PreAuthorizeAuthorizationManager());
	}

	@Bean
	OvertakenTokens overtakenTokens(Clock clock) {
		return new OvertakenTokens(clock);
	}

	@Bean
	AccountFollower accountFollower(OvertakenTokens tokens, JsonMapper json, Clock clock, MeterRegistry meters) {
		return new AccountFollower(tokens, json, clock, meters);
	}

	@Bean
	Consumer<List<ConsumerRecord<String, byte[]>>> accountChanges(AccountFollower follower) {
		return follower::onEvents;
	}

	@Bean
	JwkSetUriJwtDecoderBuilderCustomizer keysOfTheIssuer(
			@Value("${spring.security.oauth2.resourceserver.jwt.jwk-set-uri}") URL address, Clock clock) {
		var keys = new PublishedKeys(address, clock);
		return decoder -> decoder.jwtProcessorCustomizer(
				processor -> processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys)));
	}

	@Bean
	OAuth2TokenValidator<Jwt> endOfTokens() {
		return token -> token.getExpiresAt() != null && token.getExpiresAt().plus(CLOCKS_DIFFER).isAfter(Instant.now())
				? OAuth2TokenValidatorResult.success()
				: OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN));
	}

	/** No parameter has a NUL in it: some of what reads them takes it for their end, and databases refuse it. */
	@Bean
	HttpFirewall firewall() {
		var firewall = new StrictHttpFirewall();
		firewall.setAllowedParameterValues(value -> value.indexOf('\0') < 0);
		return firewall;
	}

	/** Answered where all failures are. */
	@Bean
	RequestRejectedHandler rejections() {
		return (_, _, rejected) -> {
			throw rejected;
		};
	}

	@Bean
	BearerChallenge bearerChallenge(JsonMapper json) {
		return new BearerChallenge(json);
	}

	@Bean
	@Order(100)
	SecurityFilterChain apiSecurity(HttpSecurity http, JsonMapper json, BearerChallenge challenge) throws Exception {
		return BearerChallenge.withoutDescription(http.csrf(csrf -> csrf.disable()) // no cookie carries authority here
				.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
				.requestCache(cache -> cache.disable()).logout(logout -> logout.disable())
				.authorizeHttpRequests(requests -> requests
						.requestMatchers("/actuator/health", "/actuator/health/**", "/actuator/prometheus").permitAll()
						.anyRequest()
						.authenticated())
				.oauth2ResourceServer(server -> server
						.jwt(jwt -> jwt.jwtAuthenticationConverter(CallerAuthentication::of))
						.authenticationEntryPoint(challenge).accessDeniedHandler(forbidden(json)))
				.exceptionHandling(failures -> failures.authenticationEntryPoint(challenge)
						.accessDeniedHandler(forbidden(json)))
				.build());
	}

	private static AccessDeniedHandler forbidden(JsonMapper json) {
		return (request, response, failure) -> {
			String account = accountOf(request);
			REFUSED.log(account, LOG.atWarn().addKeyValue("account", account), "Not allowed: " + request.getMethod()
					+ " " + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
			BearerChallenge.write(response, json, HttpStatus.FORBIDDEN, "forbidden", isAtTrainingSite(request)
					? "This cannot be done at the Training Site."
					: "Your role does not allow this.");
		};
	}

	private static boolean isAtTrainingSite(HttpServletRequest request) {
		return request.getUserPrincipal() instanceof Authentication authentication
				&& authentication.getPrincipal() instanceof Caller caller && caller.isAtTrainingSite();
	}

	/** Its id, which says nothing of a person to whom the accounts are closed. */
	private static String accountOf(HttpServletRequest request) {
		return request.getUserPrincipal() == null ? "none" : request.getUserPrincipal().getName();
	}

}
