package io.rollcall.user.confirmation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.Origin;

/** What happened in a confirmation. Stored with what it tells of, then published. */
public sealed interface Fact {
	/** Readers take two facts with the same id for one. */
	String id();

	/** Something about the confirmation as a whole. */
	enum Kind {
		OPENED, CHANGED, CLOSED
	}

	record OfConfirmation(Kind kind, Confirmation after, Origin.Request origin, Instant at) implements Fact {
		@Override
		public String id() {
			return "%s/%d/%s".formatted(after.id(), after.version(), kind.name().toLowerCase(Locale.ROOT));
		}
	}

	/** @param schools by code, the coordinators who have them now; nobody for one that was taken back */
	record HandedOver(Confirmation after, Map<String, Optional<UUID>> schools, Origin.Request origin,
			Instant at) implements Fact {
		@Override
		public String id() {
			return "%s/%d/handed-over".formatted(after.id(), after.version());
		}
	}

	/** @param before what the decision replaces */
	record Decided(Confirmation confirmation, Decision decision, @Nullable Verdict before) implements Fact {
		@Override
		public String id() {
			return "%s/%s/%d/confirmed".formatted(decision.confirmation(), decision.account(), decision.version());
		}
	}

	/**
	 * A coordinator is to be told that there are accounts to decide: once a day, however often it is found out.
	 *
	 * @param open how many
	 */
	record Reminder(Confirmation confirmation, UUID coordinator, LocalDate day, int open,
			Instant at) implements Fact {
		@Override
		public String id() {
			return "%s/%s/%s/reminder".formatted(confirmation.id(), coordinator,
					DateTimeFormatter.BASIC_ISO_DATE.format(day));
		}
	}
}
