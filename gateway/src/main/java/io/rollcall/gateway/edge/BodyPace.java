package io.rollcall.gateway.edge;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

import io.rollcall.platform.tomcat.Bodies;

/**
 * A body that only drips is given up: it would hold, for hours, one of the connections to the service that the request is for.
 *
 * @param grace for a body however small
 * @param perSecond what must come on top of it
 */
@ConfigurationProperties("rollcall.gateway.slowest-body")
record BodyPace(Duration grace, DataSize perSecond) implements Bodies.Limit {
	@Override
	public boolean isPassed(long bytes, Duration waited) {
		return waited.compareTo(grace.plusNanos(bytes * (1_000_000_000L / perSecond.toBytes()))) > 0;
	}
}
