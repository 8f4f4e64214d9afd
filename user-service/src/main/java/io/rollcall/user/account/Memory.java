package io.rollcall.user.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.Site;
import io.rollcall.user.request.Attempt;

/** What was asked of an account: so that the same asked again is answered the same, and an older wish undoes no newer one. */
public final class Memory {
	/** How many applied causes an account remembers; a batch never has more rows for one username. */
	public static final int APPLIED_KEPT = 100;

	/**
	 * A row or request that was applied, with its outcome.
	 *
	 * @param at when
	 * @param credentialsSent the sites whose generated passwords a changed address replaced
	 * @param kept of an undo: what it left as it was
	 */
	public record Applied(String causeId, Instant at, boolean created, List<Profile.Change> changes,
			Set<Site> credentialsSent, List<Kept> kept) {
		/** Of anything but an undo. */
		public Applied(String causeId, Instant at, boolean created, List<Profile.Change> changes,
				Set<Site> credentialsSent) {
			this(causeId, at, created, changes, credentialsSent, List.of());
		}
	}

	private final List<Applied> applied;
	private final List<Applied> newlyApplied = new ArrayList<>(1);
	private final EnumMap<Field, Instant> changedAt = new EnumMap<>(Field.class);

	/** As it was stored. */
	public Memory(List<Applied> applied, Map<Field, Instant> changedAt) {
		this.applied = List.copyOf(applied);
		this.changedAt.putAll(changedAt);
	}

	void add(Applied one) {
		newlyApplied.add(one);
	}

	void remember(Origin origin, boolean created, Instant now) {
		add(new Applied(origin.causeId(), now, created, List.of(), Set.of()));
	}

	/** @param asked when the account was asked for, with all of its fields */
	void made(Instant asked) {
		for (Field field : Field.values())
			changedAt.put(field, asked);
	}

	/** @param asked when the changes were asked for */
	void changed(List<Profile.Change> changes, Instant asked) {
		changes.forEach(
				change -> changedAt.merge(change.field(), asked, (one, other) -> one.isAfter(other) ? one : other));
	}

	/** What became of this row or request when it was applied, if it was. */
	public Optional<Applied> applied(String causeId) {
		return Stream.concat(newlyApplied.stream(), applied.stream()).filter(it -> it.causeId().equals(causeId))
				.findFirst();
	}

	/** The rows and requests applied since the account was read. */
	public List<Applied> newlyApplied() {
		return List.copyOf(newlyApplied);
	}

	/**
	 * Whether nothing of a request may be done any more, though the account does not know it: it was answered, or so much has happened
	 * since that the account may have forgotten it.
	 */
	public boolean isOver(Attempt attempt) {
		return switch (attempt) {
			case Attempt.First _ -> false;
			case Attempt.Unanswered(Instant since) -> !remembersAllSince(since);
			case Attempt.Answered _ -> true;
		};
	}

	/** Whether none of what was applied at that time or later is forgotten. */
	boolean remembersAllSince(Instant time) {
		return applied.size() < APPLIED_KEPT || applied.getFirst().at().isBefore(time);
	}

	/**
	 * Whether one of these changes is in a field that has what was asked for after that time.
	 *
	 * @param createdAt when the account was made
	 */
	public boolean isOvertaken(List<Profile.Change> changes, Instant createdAt, Instant askedAt) {
		return changes.stream().anyMatch(change -> isOvertaken(change.field(), createdAt, askedAt));
	}

	/** Whether this field has what was asked for after that time, as above. */
	public boolean isOvertaken(Field field, Instant createdAt, Instant askedAt) {
		return changedAt.getOrDefault(field, createdAt).isAfter(askedAt);
	}

	/**
	 * When what each field has was asked for: of a row, when its file was handed in. Absent where an older release made the account and
	 * nobody has changed the field since.
	 */
	public Map<Field, Instant> changedAt() {
		return Collections.unmodifiableMap(changedAt);
	}
}
