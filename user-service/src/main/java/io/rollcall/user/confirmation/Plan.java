package io.rollcall.user.confirmation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.confirmation.Confirmation.Schedule;

/**
 * A confirmation as somebody plans it.
 *
 * @param districts codes; empty for the whole state
 */
public record Plan(String name, Set<String> districts, @Nullable LocalDate deadline, List<LocalDate> reminders) {
	private static final int LONGEST_NAME = 100;
	private static final int MOST_DISTRICTS = 500;
	private static final int MOST_REMINDERS = 30;
	private static final int MOST_DAYS = 366;

	/** What is wrong with a field of it, with a stable code and words to show. */
	public record Fault(String field, String code, String message) {}

	/** @param known those of the districts that there are */
	List<Fault> faults(Set<String> known, ConfirmationSettings settings, Instant now) {
		List<Fault> faults = new ArrayList<>();
		int length = name.codePointCount(0, name.length());
		if (length < 1 || length > LONGEST_NAME || name.codePoints().anyMatch(Character::isISOControl)) {
			faults.add(new Fault("name", "name-length",
					"The name must be 1-" + LONGEST_NAME + " characters long, without line breaks."));
		}
		List<String> none = districts.stream().filter(code -> !known.contains(code)).sorted().toList();
		if (districts.size() > MOST_DISTRICTS) {
			faults.add(new Fault("districts", "districts-count", "Choose at most " + MOST_DISTRICTS + " districts."));
		} else if (!none.isEmpty()) {
			faults.add(new Fault("districts", "district-unknown",
					"There is no such district: " + String.join(", ", none) + "."));
		}
		faults.addAll(faults(deadline, reminders, List.of(), settings, now));
		return faults;
	}

	/** @param before reminders that there were already, which may be of days that have gone by */
	static List<Fault> faults(@Nullable LocalDate deadline, List<LocalDate> reminders, Collection<LocalDate> before,
			ConfirmationSettings settings, Instant now) {
		List<Fault> faults = new ArrayList<>();
		LocalDate today = settings.day(now);
		if (deadline == null || deadline.isBefore(today) || deadline.isAfter(today.plusDays(MOST_DAYS))) {
			faults.add(new Fault("deadline", "deadline-out-of-range",
					"The deadline must be today or a later day, at most " + MOST_DAYS + " days from now."));
		}
		if (reminders.size() > MOST_REMINDERS) {
			faults.add(new Fault("reminders", "reminders-count", "Choose at most " + MOST_REMINDERS + " days."));
		}
		if (reminders.stream().anyMatch(day -> day.isBefore(today) && !before.contains(day)
				|| deadline != null && day.isAfter(deadline))) {
			faults.add(new Fault("reminders", "reminder-out-of-range",
					"A day of reminders must be today or later, and not after the deadline."));
		}
		return faults;
	}

	static Schedule schedule(LocalDate deadline, Collection<LocalDate> reminders, ConfirmationSettings settings) {
		return new Schedule(deadline, settings.endOf(deadline), List.copyOf(new TreeSet<>(reminders)));
	}
}
