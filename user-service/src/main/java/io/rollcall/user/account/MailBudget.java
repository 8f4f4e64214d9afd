package io.rollcall.user.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.credential.Site;
import io.rollcall.user.permission.Actor;

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
		/** At the Portal. Whoever has the password of one site must not use up what the other's owner may do. */
		PASSWORD_CHANGE(10, false),
		TRAINING_PASSWORD_CHANGE(10, false);

		private final int most;
		private final boolean byActor;

		Item(int most, boolean byActor) {
			this.most = most;
			this.byActor = byActor;
		}

		public static Item passwordChange(Site site) {
			return switch (site) {
				case PORTAL -> PASSWORD_CHANGE;
				case TRAINING -> TRAINING_PASSWORD_CHANGE;
			};
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
	private @Nullable EmailAddress emailBeforeChanges;

	/** As it was stored. */
	public MailBudget(Map<Item, List<Spent>> spent, @Nullable EmailAddress emailBeforeChanges) {
		this.spent.putAll(spent);
		this.emailBeforeChanges = emailBeforeChanges;
	}

	void emailChanged(EmailAddress before, @Nullable UUID actor, Instant now) {
		if (within(Item.EMAIL_CHANGE, now).isEmpty()) emailBeforeChanges = before;
		spend(Item.EMAIL_CHANGE, null, now);
		spend(Item.EMAIL_CHANGE_BY_ONE, actor, now);
	}

	/**
	 * Whether the address has changed too often for this actor to make it this one now. It may always become what it was before all of
	 * that; and the service center puts it right however often others have changed it.
	 */
	public boolean emailChangedTooOften(EmailAddress next, Actor actor, Instant now) {
		var item = actor.isStateWide() ? Item.EMAIL_CHANGE_BY_ONE : Item.EMAIL_CHANGE;
		return !next.equals(emailBeforeChanges) && remaining(item, actor.accountId(), now).isPresent();
	}

	/** The address from before the changes of the last day. */
	public Optional<EmailAddress> emailBeforeChanges() {
		return Optional.ofNullable(emailBeforeChanges);
	}

	void spend(Item item, @Nullable UUID actor, Instant now) {
		List<Spent> latest = new ArrayList<>(within(item, now));
		List<Spent> own = of(item, actor, latest);
		if (own.size() >= item.most) latest.remove(own.getFirst()); // it says nothing more
		latest.add(new Spent(now, item.byActor ? actor : null));
		spent.put(item, latest);
	}

	/**
	 * How long until this may happen to the account again, because its mailbox was told of it too often; absent when it may now. To be
	 * asked by whoever lets it happen at somebody's wish.
	 *
	 * @param actor whose wish it is; of no matter where it is counted whoever's it is
	 */
	public Optional<Duration> remaining(Item item, @Nullable UUID actor, Instant now) {
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
	public List<Spent> times(Item item) {
		return List.copyOf(spent.getOrDefault(item, List.of()));
	}

	MailBudget copy() {
		return new MailBudget(spent, emailBeforeChanges);
	}
}
