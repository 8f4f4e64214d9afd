package io.rollcall.user.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * How often in 24 hours somebody can have the same mails sent to an account. Whoever manages an account, or is in a session of it,
 * chooses its address as well: without a bound they could flood a stranger's mailbox.
 */
public final class MailBudget {
	/** What is told of by mail each time that it happens. */
	public enum Item {
		EMAIL_CHANGE(5, false),
		/** The same, for the service center: it puts right what others have used up, but is bounded like everybody. */
		EMAIL_CHANGE_BY_ONE(5, true),
		/** Of those who manage an account each has a budget for it, so that nobody keeps the others from putting things right. */
		CREDENTIALS(5, true),
		REACTIVATION(5, true),
		PASSWORD_CHANGE(10, false);

		private final int most;
		private final boolean byActor;

		Item(int most, boolean byActor) {
			this.most = most;
			this.byActor = byActor;
		}

		/** How often in 24 hours. */
		public int most() {
			return most;
		}

		/** Whether it is counted for each actor apart. */
		public boolean isByActor() {
			return byActor;
		}
	}

	/**
	 * One time that it happened.
	 *
	 * @param by who let it happen; absent where it is counted whoever does, and for the system
	 */
	public record Spent(Instant at, @Nullable UUID by) {}

	private static final Duration DAY = Duration.ofHours(24);

	private final EnumMap<Item, List<Spent>> spent = new EnumMap<>(Item.class);

	MailBudget(Map<Item, List<Spent>> spent) {
		this.spent.putAll(spent);
	}

	void spend(Item item, @Nullable UUID actor, Instant now) {
		List<Spent> latest = new ArrayList<>(within(item, now));
		List<Spent> own = of(item, actor, latest);
		if (own.size() >= item.most) latest.remove(own.getFirst()); // it says nothing more
		latest.add(new Spent(now, item.byActor ? actor : null));
		spent.put(item, latest);
	}

	/** Whether it has not happened for a day. */
	boolean isUnspent(Item item, Instant now) {
		return within(item, now).isEmpty();
	}

	/** How long until this actor may let it happen again; absent when that is now. */
	Optional<Duration> remaining(Item item, @Nullable UUID actor, Instant now) {
		List<Spent> own = of(item, actor, within(item, now));
		int over = own.size() - item.most;
		return over < 0 ? Optional.empty() : Optional.of(Duration.between(now, own.get(over).at().plus(DAY)));
	}

	private List<Spent> within(Item item, Instant now) {
		return spent.getOrDefault(item, List.of()).stream().filter(it -> it.at().isAfter(now.minus(DAY))).toList();
	}

	private static List<Spent> of(Item item, @Nullable UUID actor, List<Spent> all) {
		return item.byActor ? all.stream().filter(it -> Objects.equals(it.by(), actor)).toList() : all;
	}

	/** Each time that it happened; nothing that is older than a day when it last did. */
	List<Spent> times(Item item) {
		return List.copyOf(spent.getOrDefault(item, List.of()));
	}

	Map<Item, List<Spent>> all() {
		return Collections.unmodifiableMap(spent);
	}
}
