package io.rollcall.notification.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.rollcall.notification.Mail;

/**
 * Keeps to what recipients' domains take from us. Turns are given to mailings, not to mails, so that a password follows its
 * username at once. What gets its turn soon waits in memory; the others are told when to come again, and wait in the store,
 * where they take nobody's room.
 */
final class Throttle {
	/** What must wait longer than this waits in the store. */
	private static final Duration SOON = Duration.ofSeconds(30);
	/** Domains that nobody waits for are forgotten when there are more than that many. */
	private static final int REMEMBERED = 10_000;

	/** When a mailing may go. Only {@link Reserved} is a promise. */
	sealed interface Turn {
		Instant at();

		record Reserved(Instant at) implements Turn {}

		/** Nothing is reserved. */
		record ComeAgain(Instant at) implements Turn {}
	}

	/**
	 * @param free when the next mail may go
	 * @param queued when those in the store will have had their turns
	 */
	private record Times(Instant free, Instant queued) {}

	private final Map<String, Limit> limits = new HashMap<>();
	private final @Nullable Limit anyOther;
	private final Map<String, Times> domains = new HashMap<>();
	private volatile int instances = 1;

	Throttle(List<Limit> limits) {
		limits.forEach(limit -> this.limits.put(limit.domain(), limit));
		this.anyOther = this.limits.get(Limit.ANY_OTHER);
	}

	/** How many instances share what a domain takes. */
	void sharedBy(int running) {
		instances = Math.max(1, running);
	}

	/** The turn of these mails of one mailing, which go together. */
	synchronized Turn turn(Collection<Mail> mails, Instant now) {
		Map<String, Integer> counts = new HashMap<>();
		for (Mail mail : mails) {
			String domain = domain(mail);
			Limit limit = limit(domain);
			if (limit != null && limit.mailsPerMinute() > 0) counts.merge(domain, 1, Integer::sum);
		}
		Instant at = now;
		for (String domain : counts.keySet())
			at = later(at, times(domain, now).free());
		boolean soon = !at.isAfter(now.plus(SOON));
		Instant again = at;
		for (var count : counts.entrySet()) {
			Times times = times(count.getKey(), now);
			Duration cost = interval(count.getKey()).multipliedBy(count.getValue());
			if (soon) {
				domains.put(count.getKey(), new Times(later(times.free(), at).plus(cost), times.queued()));
			} else {
				Instant queued = later(times.queued(), at);
				again = later(again, queued);
				domains.put(count.getKey(), new Times(times.free(), queued.plus(cost)));
			}
		}
		return soon ? new Turn.Reserved(at) : new Turn.ComeAgain(again);
	}

	/** Over how many of {@code lanes} the mails to these addresses may be spread. */
	int lanes(Collection<Mail> mails, int lanes) {
		int allowed = lanes;
		for (Mail mail : mails) {
			Limit limit = limit(domain(mail));
			if (limit != null && limit.connections() > 0)
				allowed = Math.min(allowed, Math.max(1, limit.connections() / instances));
		}
		return allowed;
	}

	/** Where among the lanes a domain's few begin, so that not all limited domains crowd the first. */
	static int firstLane(Mail mail) {
		return domain(mail).hashCode();
	}

	private Times times(String domain, Instant now) {
		if (domains.size() > REMEMBERED)
			domains.values().removeIf(times -> !times.free().isAfter(now) && !times.queued().isAfter(now));
		Times times = domains.get(domain);
		return times == null ? new Times(now, now) : new Times(later(times.free(), now), times.queued());
	}

	private Duration interval(String domain) {
		Limit limit = limit(domain);
		return limit == null
				? Duration.ZERO
				: Duration.ofMinutes(1).multipliedBy(instances).dividedBy(limit.mailsPerMinute());
	}

	private @Nullable Limit limit(String domain) {
		return limits.getOrDefault(domain, anyOther);
	}

	private static String domain(Mail mail) {
		String address = mail.to().address();
		return address.substring(address.lastIndexOf('@') + 1).strip().toLowerCase(Locale.ROOT);
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}
}
