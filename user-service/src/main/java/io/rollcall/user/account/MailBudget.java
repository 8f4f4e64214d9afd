package io.rollcall.user.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often in 24 hours somebody can have the same mails sent to an account. Whoever manages an account, or is in a session of it,
 * chooses its address as well: without a bound they could flood a stranger's mailbox.
 */
public final class MailBudget {
	/** What is told of by mail each time that it happens. */
	public enum Item {
		EMAIL_CHANGE(5), CREDENTIALS(5), REACTIVATION(5), PASSWORD_CHANGE(10);

		private final int most;

		Item(int most) {
			this.most = most;
		}

		/** How often in 24 hours. */
		public int most() {
			return most;
		}
	}

	private static final Duration DAY = Duration.ofHours(24);

	private final EnumMap<Item, List<Instant>> spent = new EnumMap<>(Item.class);

	MailBudget(Map<Item, List<Instant>> spent) {
		this.spent.putAll(spent);
	}

	void spend(Item item, Instant now) {
		List<Instant> latest = new ArrayList<>(within(item, now));
		latest.add(now);
		if (latest.size() > item.most) latest.removeFirst(); // those before say nothing more
		spent.put(item, latest);
	}

	/** Whether it has not happened for a day. */
	boolean isUnspent(Item item, Instant now) {
		return within(item, now).isEmpty();
	}

	/** How long until it may happen again; absent when it may now. */
	Optional<Duration> remaining(Item item, Instant now) {
		List<Instant> latest = within(item, now);
		int over = latest.size() - item.most;
		return over < 0 ? Optional.empty() : Optional.of(Duration.between(now, latest.get(over).plus(DAY)));
	}

	private List<Instant> within(Item item, Instant now) {
		return spent.getOrDefault(item, List.of()).stream().filter(it -> it.isAfter(now.minus(DAY))).toList();
	}

	/** When it happened; nothing that is older than a day when it last did. */
	List<Instant> times(Item item) {
		return List.copyOf(spent.getOrDefault(item, List.of()));
	}

	Map<Item, List<Instant>> all() {
		return Collections.unmodifiableMap(spent);
	}
}
