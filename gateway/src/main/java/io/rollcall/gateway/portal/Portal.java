package io.rollcall.gateway.portal;

import java.util.Optional;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import io.rollcall.gateway.GatewaySettings;
import io.rollcall.gateway.Paths;
import io.rollcall.gateway.Refusal.Refused;
import io.rollcall.gateway.signin.SessionTokens;

/** The web app: its files, what it is told about this site, and its own addresses, which all get the one page. */
@Configuration(proxyBeanMethods = false)
class Portal {
	/** Where nothing that is not there is a page: programs are answered as programs. */
	private static final RequestPredicate APIS = RequestPredicates.path("/api/**")
			.or(RequestPredicates.path("/auth/**")).or(RequestPredicates.path("/actuator/**"))
			.or(RequestPredicates.path("/oauth2/**")).or(RequestPredicates.path("/login/**"))
			.or(RequestPredicates.path("/logout/**")).or(RequestPredicates.path("/error/**"))
			.or(RequestPredicates.path("/assets/**")).or(RequestPredicates.path("/webjars/**"));

	/**
	 * The public facts about this site, as {@code GET /portal/config} tells them, and whether this browser has a session, so that the
	 * app need not find out by a call that is refused.
	 */
	record Config(GatewaySettings.Site site, String siteName, String otherSiteName, String otherSiteUrl,
			String resourceCenterUrl, String contactEmail, String contactPhone, String timeZone,
			String administrationUrl, String reportingUrl, boolean signedIn) {
		static Config of(GatewaySettings gateway, PortalSettings portal, boolean signedIn) {
			boolean training = gateway.site() == GatewaySettings.Site.TRAINING;
			return new Config(gateway.site(), training ? portal.trainingName() : portal.portalName(),
					training ? portal.portalName() : portal.trainingName(), gateway.otherSiteUrl().toString(),
					portal.resourceCenterUrl(), portal.contactEmail(), portal.contactPhone(),
					portal.timeZone().getId(),
					portal.administrationUrl(), portal.reportingUrl(), signedIn);
		}
	}

	@Bean
	@Order(10)
	RouterFunction<ServerResponse> pages(StaticFiles files, GatewaySettings gateway, PortalSettings portal) {
		return RouterFunctions.route()
				.route(reads().and(RequestPredicates.path("/portal/config")),
						request -> ServerResponse.ok().cacheControl(CacheControl.noStore().noTransform())
								.contentType(MediaType.APPLICATION_JSON)
								.body(Config.of(gateway, portal, SessionTokens.isSignedIn(request.servletRequest()))))
				.route(reads().and(request -> file(files, request).isPresent()),
						request -> files.serve(file(files, request).orElseThrow(), request))
				.route(reads().and(APIS.negate()).and(Portal::asksForAPage),
						request -> files.serve(StaticFiles.INDEX, request))
				.route(RequestPredicates.path("/portal/config").or(request -> file(files, request).isPresent())
						.or(APIS.negate().and(Portal::asksForAPage)), _ -> {
							throw Refused.unless(HttpMethod.GET, HttpMethod.HEAD);
						})
				.build();
	}

	private static RequestPredicate reads() {
		return RequestPredicates.methods(HttpMethod.GET,
				HttpMethod.HEAD);
	}

	private static Optional<String> file(StaticFiles files, ServerRequest request) {
		return files.at(Paths.of(request.servletRequest()));
	}

	/** A browser on its way to a page says so; a script, an image or a program asks for something else. */
	private static boolean asksForAPage(ServerRequest request) {
		return request.headers().accept().stream()
				.anyMatch(type -> MediaType.TEXT_HTML.equalsTypeAndSubtype(type));
	}
}
