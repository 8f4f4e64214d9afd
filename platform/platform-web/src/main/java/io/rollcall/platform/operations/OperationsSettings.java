package io.rollcall.platform.operations;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param part the service's path below {@code /api/operations}, as {@code users}
 * @param refresh how often the streams are looked at; an alert is late by no more than this
 * @param stalledAfter a consumer that has work and has done none for so long is stuck
 * @param letters open dead letters of a topic of which details are kept in memory; of more only the number is known
 */
@ConfigurationProperties("rollcall.operations")
record OperationsSettings(String part, @DefaultValue("2s") Duration refresh, @DefaultValue("20s") Duration stalledAfter,
		@DefaultValue("10000") int letters) {}
