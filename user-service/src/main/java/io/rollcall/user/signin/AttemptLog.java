package io.rollcall.user.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was tried with one username, whether or not there is such an account, and who is familiar there. The rule of guessing
 * stands here: in an hour twenty attempts are evaluated, of which strangers have six, addresses from which somebody signed in
 * before four, devices that did five, and sessions, where the password is asked for again, five; no single address or device more
 * than five, no session more than three. So nobody can use up what is kept for the rightful owner, not even with a stolen session,
 * and the owner besides always has the mailed link.
 *
 * @param recent evaluated attempts of the last hour, the successful ones taken out
 * @param failures how many failed in a row
 * @param familiar hashes of addresses and devices that signed in, the latest last
 */
public record AttemptLog(List<Attempt> recent, int failures, List<String> familiar) {
	public static final AttemptLog EMPTY = new AttemptLog(List.of(), 0, List.of());
	static final Duration WINDOW = Duration.ofHours(1);
	private static final int EACH_SOURCE = 5;
	private static final int EACH_SESSION = 3;
	/** NIST SP 800-63B-4, 3.2.2: from here on only familiar devices and sessions are listened to. */
	static final int FAILURES_IN_A_ROW = 100;
	private static final int FAMILIAR_KEPT = 20;

	/** How near the one who tries is, and how many attempts an hour all of these have together. */
	public enum Nearness {
		STRANGER(6, EACH_SOURCE),
		FAMILIAR_ADDRESS(4, EACH_SOURCE),
		FAMILIAR_DEVICE(5, EACH_SOURCE),
		/** Somebody who has signed in already, or who has taken such a session away. */
		SESSION(5, EACH_SESSION);

		private final int together;
		private final int each;

		Nearness(int together, int each) {
			this.together = together;
			this.each = each;
		}

		/** Whether strangers cannot claim to be so near. */
		boolean isProven() {
			return this == FAMILIAR_DEVICE || this == SESSION;
		}
	}

	public record Attempt(Instant at, Nearness nearness, String source) {}

	public AttemptLog {
		recent = List.copyOf(recent);
		familiar = List.copyOf(familiar);
	}

	/** With one more attempt, or nothing when it must not be evaluated. It counts as failed until {@link #succeeded}. */
	public Optional<AttemptLog> attempted(Source source, Instant now) {
		List<Attempt> lately = new ArrayList<>(
				recent.stream().filter(attempt -> attempt.at().isAfter(now.minus(WINDOW))).toList());
		Nearness nearness = nearness(source);
		String name = name(source, nearness);
		boolean spent = lately.stream().filter(it -> it.nearness() == nearness).count() >= nearness.together
				|| lately.stream().filter(it -> it.source().equals(name)).count() >= nearness.each
				|| failures >= FAILURES_IN_A_ROW && !nearness.isProven();
		if (spent) return Optional.empty();
		lately.add(new Attempt(now, nearness, name));
		return Optional.of(new AttemptLog(lately, failures + 1, familiar));
	}

	/** Who has shown the right password is familiar from now on, and its attempts were no guesses. */
	public AttemptLog succeeded(Source source) {
		List<String> sources = source.device() == null
				? List.of(source.address())
				: List.of(source.address(), source.device());
		List<String> known = new ArrayList<>(familiar);
		if (!source.session()) {
			known.removeAll(sources);
			known.addAll(sources);
		}
		return new AttemptLog(recent.stream().filter(attempt -> !sources.contains(attempt.source())).toList(), 0,
				known.subList(Math.max(0, known.size() - FAMILIAR_KEPT), known.size()));
	}

	private Nearness nearness(Source source) {
		if (source.session()) return Nearness.SESSION;
		if (source.device() != null && familiar.contains(source.device())) return Nearness.FAMILIAR_DEVICE;
		return familiar.contains(source.address()) ? Nearness.FAMILIAR_ADDRESS : Nearness.STRANGER;
	}

	/** A device that is not familiar is just what somebody claims; its address is not. */
	private static String name(Source source, Nearness nearness) {
		return nearness == Nearness.FAMILIAR_DEVICE && source.device() != null ? source.device() : source.address();
	}
}
