package io.rollcall.imports.outcome;

import java.util.Collection;

/**
 * How many rows of an import have ended in which way so far.
 *
 * @param mails how many mails follow from them; of a dry run, would follow
 * @param warned how many of them have warnings
 * @param deactivated how many of those that are updated were deactivated, by an undo
 */
public record Counts(int created, int updated, int unchanged, int rejected, int mails, int warned, int deactivated) {
	public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

	/** Of anything but an undo. */
	public Counts(int created, int updated, int unchanged, int rejected, int mails, int warned) {
		this(created, updated, unchanged, rejected, mails, warned, 0);
	}

	public static Counts of(Collection<Outcome> outcomes) {
		int created = 0;
		int updated = 0;
		int unchanged = 0;
		int rejected = 0;
		int mails = 0;
		int warned = 0;
		int deactivated = 0;
		for (Outcome outcome : outcomes) {
			mails += outcome.mails();
			if (!outcome.warnings().isEmpty()) warned++;
			switch (outcome) {
				case Outcome.Created _ -> created++;
				case Outcome.Updated it -> {
					updated++;
					if (it.isDeactivation()) deactivated++;
				}
				case Outcome.Unchanged _ -> unchanged++;
				case Outcome.Rejected _ -> rejected++;
			}
		}
		return new Counts(created, updated, unchanged, rejected, mails, warned, deactivated);
	}

	/** The successes: all that ended and were not rejected. */
	public int processed() {
		return created + updated + unchanged;
	}

	/** Those that made an account or changed one. */
	public int effective() {
		return created + updated;
	}

	public int done() {
		return processed() + rejected;
	}
}
