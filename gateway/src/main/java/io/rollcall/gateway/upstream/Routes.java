package io.rollcall.gateway.upstream;

import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import io.rollcall.gateway.AnswerHeaders;
import io.rollcall.gateway.GatewaySettings;
import io.rollcall.gateway.Paths;
import io.rollcall.gateway.Refusal;
import io.rollcall.gateway.Refusal.Refused;

import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;

/** Which service a path belongs to. What is not named here is not public. */
@Configuration(proxyBeanMethods = false)
class Routes {
	private static final AnswerHeaders NOT_A_PAGE_UNLESS_IT_SAYS_SO = new AnswerHeaders(
			Map.of("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));

	@Bean
	@Order(20)
	RouterFunction<ServerResponse> services(GatewaySettings settings) {
		GatewaySettings.Services to = settings.services();
		return api("users", to.users(), "/api/users/**", "/api/me/**", "/api/password-resets/**", "/api/reference",
				"/api/api-clients/**", "/api/confirmations/**", "/api/docs/users", "/api/operations/users/**")
				.and(api("organizations", to.organizations(), "/api/organizations/**", "/api/docs/organizations",
						"/api/docs/events", "/api/operations/organizations/**"))
				.and(api("imports", to.imports(), "/api/imports/**", "/api/comparisons/**", "/api/docs/imports",
						"/api/operations/imports/**"))
				.and(api("mails", to.notifications(), "/api/docs/mails", "/api/operations/mails/**"))
				.and(authorizationServer(to.users()))
				.and(RouterFunctions.route(RequestPredicates.all(), _ -> {
					throw new Refused(Refusal.NOT_FOUND);
				}));
	}

	private static RouterFunction<ServerResponse> api(String id, URI service, String... paths) {
		return route(id).route(anyOf(paths), http()).before(uri(service))
				.after((_, response) -> AnswerHeaders.DATA.on(response)).build();
	}

	/** The protocol's endpoints and the sign-in pages alone: without this list the whole service would be at a second address. */
	private static RouterFunction<ServerResponse> authorizationServer(URI service) {
		return route("auth")
				.route(anyOf(Paths.AUTH + "/oauth2/**", Paths.AUTH + "/.well-known/**", Paths.AUTH + "/userinfo",
						Paths.AUTH + "/connect/**",
						Paths.AUTH + "/sign-in", Paths.AUTH + "/forgot-password", Paths.AUTH + "/new-password",
						Paths.AUTH + "/reset-password",
						Paths.AUTH + "/assets/**"),
						http())
				.before(uri(service)).before(request -> belowAuth(service, request))
				.after((_, response) -> NOT_A_PAGE_UNLESS_IT_SAYS_SO.where(response)).build();
	}

	/**
	 * The service knows these paths without the prefix. The query stays as it was sent: the framework's own filter takes it apart, and
	 * fails at a value with an equals sign.
	 */
	private static ServerRequest belowAuth(URI service, ServerRequest request) {
		HttpServletRequest asked = request.servletRequest();
		String query = asked.getQueryString() == null ? "" : "?" + asked.getQueryString();
		return ServerRequest.from(request)
				.uri(URI.create(service + Paths.of(asked).substring(Paths.AUTH.length()) + query)).build();
	}

	private static RequestPredicate anyOf(String... paths) {
		return Stream.of(paths).map(RequestPredicates::path).reduce(RequestPredicate::or).orElseThrow();
	}
}
