package io.rollcall.user.confirmation.persistence;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;

import io.rollcall.user.confirmation.Confirmation;
import io.rollcall.user.confirmation.Confirmation.Schedule;
import io.rollcall.user.confirmation.HandOver;
import io.rollcall.user.directory.Level;
import io.rollcall.user.directory.Organization;

/**
 * A confirmation as it is stored. Days are texts, as 2026-12-18, since a date of the database is a moment.
 *
 * @param remindedOn never set with the rest: it is no part of what somebody changes
 * @param outbox events not yet published
 */
@Document("confirmations")
record ConfirmationDocument(@MongoId String id, String name, List<String> districts, String deadline, Instant end,
		List<String> reminders, UUID openedBy, Instant openedAt, List<HandOverPart> handOvers,
		@Nullable Instant closedAt, @Nullable String remindedOn, long version, @Nullable List<PendingPart> outbox) {
	record HandOverPart(String school, String district, UUID coordinator) {
		static HandOverPart of(HandOver it) {
			return new HandOverPart(it.school().code(), it.school().district(), it.coordinator());
		}

		HandOver handOver() {
			return new HandOver(new Organization(school, Level.SCHOOL, district), coordinator);
		}
	}

	static ConfirmationDocument of(Confirmation it, List<PendingPart> owed) {
		Schedule schedule = it.schedule();
		LocalDate reminded = it.remindedOn();
		return new ConfirmationDocument(it.id().toString(), it.name(), it.districts().stream().sorted().toList(),
				schedule.deadline().toString(), schedule.end(),
				schedule.reminders().stream().map(LocalDate::toString).toList(), it.openedBy(), it.openedAt(),
				it.handOvers().entrySet().stream().sorted(Map.Entry.comparingByKey())
						.map(entry -> HandOverPart.of(entry.getValue())).toList(),
				it.closedAt(), reminded == null ? null : reminded.toString(), it.version(), owed);
	}

	Confirmation confirmation() {
		Map<String, HandOver> given = new HashMap<>();
		handOvers.forEach(it -> given.put(it.school(), it.handOver()));
		return new Confirmation(UUID.fromString(id), name, Set.copyOf(districts),
				new Schedule(LocalDate.parse(deadline), end, reminders.stream().map(LocalDate::parse).toList()),
				openedBy, openedAt, Map.copyOf(given), closedAt,
				remindedOn == null ? null : LocalDate.parse(remindedOn), version);
	}
}
