package io.rollcall.user.confirmation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param zone in which a deadline's day ends, and reminders are sent in the morning
 * @param remindersAt from when on a day's reminders go out
 * @param retention how long confirmations are kept from their opening, and decisions from when they were made
 */
@ConfigurationProperties("rollcall.confirmations")
public record ConfirmationSettings(@DefaultValue("America/New_York") ZoneId zone,
		@DefaultValue("06:00") LocalTime remindersAt, @DefaultValue("1095d") Duration retention) {
	LocalDate day(Instant time) {
		return time.atZone(zone).toLocalDate();
	}

	Instant endOf(LocalDate day) {
		return day.plusDays(1).atStartOfDay(zone).toInstant();
	}

	Instant reminding(LocalDate day) {
		return day.atTime(remindersAt).atZone(zone).toInstant();
	}
}
