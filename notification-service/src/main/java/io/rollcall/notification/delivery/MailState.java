package io.rollcall.notification.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.platform.operations.Alert;
import io.rollcall.platform.operations.PipelinePart;

/** The mails for operations: how many wait, whether they may go, whether the mail server takes them. */
@Component
class MailState implements PipelinePart {
	/** Meters and pages share one look. */
	private static final Duration FRESH = Duration.ofSeconds(2);

	private record Look(Dispatcher.Status status, Instant at) {}

	private final Dispatcher dispatcher;
	private final Clock clock;
	private @Nullable Look latest;

	MailState(Dispatcher dispatcher, Clock clock, MeterRegistry meters) {
		this.dispatcher = dispatcher;
		this.clock = clock;
		Gauge.builder("rollcall.mails.open", () -> status().open())
				.description("Events whose mails have not all gone out or failed").register(meters);
		Gauge.builder("rollcall.mails.paused", () -> status().sending().paused() ? 1 : 0)
				.description("1 while operations have paused the mails").register(meters);
		Gauge.builder("rollcall.mail.server.away", () -> status().away() == null ? 0 : 1)
				.description("1 while this instance cannot hand mails to the mail server").register(meters);
	}

	private synchronized Dispatcher.Status status() {
		Instant now = clock.instant();
		Look before = latest;
		if (before != null && before.at().plus(FRESH).isAfter(now)) return before.status();
		Look look = new Look(dispatcher.status(), now);
		latest = look;
		return look.status();
	}

	@Override
	public String name() {
		return "mails";
	}

	@Override
	public State state() {
		Dispatcher.Status status = status();
		Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("paused", status.sending().paused());
		figures.put("by", status.sending().by());
		figures.put("since", status.sending().since());
		figures.put("open", status.open());
		figures.put("heldHere", status.held());
		figures.put("mailServer", status.away() == null ? "reachable" : "away");
		List<Alert> alerts = new ArrayList<>();
		if (status.away() != null) {
			alerts.add(new Alert("mail-server-away", status.away().since(), "The mail server does not take mails ("
					+ status.away().cause() + "); " + status.open() + " mailings wait."));
		}
		if (status.sending().paused()) {
			alerts.add(new Alert("mails-paused", status.sending().since(),
					"Mails are paused; " + status.open() + " mailings wait."));
		}
		return new State(figures, alerts);
	}
}
