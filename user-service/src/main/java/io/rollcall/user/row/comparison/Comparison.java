package io.rollcall.user.row.comparison;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.permission.Reach;
import io.rollcall.user.row.Warning;

/**
 * What a list of all the staff of some organizations says of the accounts there.
 *
 * @param people how many active accounts there are that one manages wholly
 * @param records one for each of the list, in its order
 * @param left who has an active account there and is not in the list
 * @param kept who is not in the list either, and of whom it is not for this person to say
 */
public record Comparison(int people, List<Compared> records, List<Account> left, List<Kept> kept) {
	/** So many people may be changed or lost without anybody having to say the number, and such a part of all. */
	private static final int MOST_PEOPLE = 20;
	private static final int MOST_PERCENT = 10;

	/** What a record says. */
	public enum Group {
		/** There is no account with its username. */
		NEW("new"),
		/** Its account has other values in some fields. */
		CHANGED("changed"),
		/** The same, of somebody whose account is at none of the compared organizations. */
		MOVED("moved"),
		SAME("same"),
		/** Its account is deactivated. */
		RETURNED("returned"),
		/** There is no account with its username, but somebody whom the list lacks is probably the same person. */
		PROBABLE("probable"),
		/** It can be neither applied nor compared. */
		REJECTED("rejected");

		private final String id;

		Group(String id) {
			this.id = id;
		}

		/** Stable, for programs. */
		public String id() {
			return id;
		}
	}

	/**
	 * A record, compared.
	 *
	 * @param account whom it is for; of a probable pair who that may be
	 * @param likeness of a probable pair, what speaks for it
	 * @param changes field by field; none unless it is changed or moved
	 * @param faults why it is rejected
	 */
	public record Compared(Group group, @Nullable Account account, @Nullable Likeness likeness,
			List<Profile.Change> changes, List<Fault> faults, List<Warning> warnings) {}

	/** @param reach anything but the whole of the account */
	public record Kept(Account account, Reach reach) {}

	/** How many people the list would change or lose. */
	public int affected() {
		return left.size() + (int) records.stream()
				.filter(it -> it.group() == Group.CHANGED || it.group() == Group.MOVED).count();
	}

	/** Whether that is so much that somebody should say the number before anything is done: it may be the wrong list. */
	public boolean isHeld() {
		return affected() > MOST_PEOPLE || affected() * 100 > people * MOST_PERCENT;
	}
}
