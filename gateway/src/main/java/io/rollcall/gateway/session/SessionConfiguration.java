package io.rollcall.gateway.session;

import java.time.Clock;
import java.util.EnumSet;

import jakarta.servlet.DispatcherType;

import com.mongodb.client.MongoDatabase;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.platform.persistence.Retention;

/** {@code HttpSession} as {@link MongoSessions} keeps it, found by its cookie. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {
	@Bean
	MongoSessions sessions(MongoDatabase database, Retention retention, SessionSettings settings,
			SessionAttributes attributes, JsonMapper json) {
		return new MongoSessions(database, retention, settings, attributes, json, Clock.systemUTC(),
				MongoSessions.WORK_LIMIT);
	}

	@Bean
	FilterRegistrationBean<SessionRepositoryFilter<StoredSession>> sessionFilter(MongoSessions sessions,
			SessionSettings settings) {
		var cookie = new DefaultCookieSerializer();
		cookie.setCookieName(settings.cookie());
		cookie.setCookiePath("/");
		cookie.setUseSecureCookie(settings.secure());
		cookie.setUseHttpOnlyCookie(true);
		cookie.setSameSite("Lax"); // the way back from the sign-in page is a navigation from another site
		cookie.setUseBase64Encoding(false);
		var resolver = new CookieHttpSessionIdResolver();
		resolver.setCookieSerializer(cookie);
		var filter = new SessionRepositoryFilter<>(sessions);
		filter.setHttpSessionIdResolver(resolver);
		var registration = new FilterRegistrationBean<>(filter);
		registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
		registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER);
		return registration;
	}
}
