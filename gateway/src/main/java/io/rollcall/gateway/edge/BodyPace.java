package io.rollcall.gateway.edge;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

import io.rollcall.gateway.Refusal;
import io.rollcall.gateway.Refusal.Refused;
import io.rollcall.platform.tomcat.SlowBodies;

/** Gives up a body that only drips: it would hold, for hours, one of the connections to the service that the request is for. */
@Component
class BodyPace implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
	/**
	 * @param grace for a body however small
	 * @param perSecond what must come on top of it
	 */
	@ConfigurationProperties("rollcall.gateway.slowest-body")
	record Settings(Duration grace, DataSize perSecond) {
		boolean isTooSlow(long bytes, Duration waited) {
			return waited.compareTo(grace.plusNanos(bytes * (1_000_000_000L / perSecond.toBytes()))) > 0;
		}
	}

	private final Settings settings;

	BodyPace(Settings settings) {
		this.settings = settings;
	}

	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory.addEngineValves(new SlowBodies(settings::isTooSlow, () -> new Refused(Refusal.UPLOAD_BROKEN_OFF)));
	}
}
