package io.rollcall.platform.session;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;

import jakarta.servlet.DispatcherType;

import com.mongodb.client.MongoDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.platform.Failures;

/** Sessions for a service that defines {@link SessionSettings} and {@link SessionAttributes}. */
@AutoConfiguration(afterName = "io.rollcall.platform.persistence.DatabaseAutoConfiguration")
@ConditionalOnBean(SessionSettings.class)
class SessionAutoConfiguration {
	@Bean
	MongoSessions sessions(MongoDatabase database, SessionSettings settings, SessionAttributes attributes,
			JsonMapper json, ObjectProvider<Clock> clock) {
		return new MongoSessions(database, settings, attributes, json, clock.getIfAvailable(Clock::systemUTC),
				MongoSessions.WORK_LIMIT);
	}

	@Bean
	FilterRegistrationBean<SessionRepositoryFilter<StoredSession>> sessionFilter(MongoSessions sessions,
			SessionSettings settings) {
		var cookie = new DefaultCookieSerializer();
		cookie.setCookieName(settings.cookie());
		cookie.setCookiePath(settings.path());
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

	@Bean
	SmartLifecycle sessionSweeper(MongoSessions sessions) {
		return new Sweeper(sessions);
	}

	/** Creates the indexes and then deletes expired sessions, again and again; a store that is away is tried again. */
	private static final class Sweeper implements SmartLifecycle {
		private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
		private static final Duration PAUSE = Duration.ofMinutes(1);

		private final MongoSessions sessions;
		private volatile boolean running;
		private Thread thread = new Thread();

		Sweeper(MongoSessions sessions) {
			this.sessions = sessions;
		}

		@Override
		public void start() {
			running = true;
			thread = Thread.ofVirtual().name("session-sweeper").start(() -> {
				boolean indexed = false;
				while (running) {
					try {
						if (!indexed) sessions.createIndexes();
						indexed = true;
						sessions.sweep();
					} catch (RuntimeException e) {
						LOG.warn("Expired sessions were not deleted", Failures.withoutText(e));
					}
					try {
						Thread.sleep(PAUSE);
					} catch (InterruptedException _) {
						return;
					}
				}
			});
		}

		@Override
		public void stop() {
			running = false;
			thread.interrupt();
		}

		@Override
		public boolean isRunning() {
			return running;
		}
	}
}
