package io.rollcall.user.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.credential.Site;

/**
 * What was tried with one username, whether or not there is such an account, and who is familiar at which site. The rule of guessing
 * stands here: in an hour twenty attempts are evaluated, of which strangers have six, addresses from which somebody signed in
 * before four, devices that did five, and sessions, where the password is asked for again, five; no single address more than four,
 * whether somebody signed in from it or not, since their number would tell that; no session more than three. So nobody can use up
 * what is kept for the rightful owner, not even with a stolen session, and the owner besides always has the mailed link. The budget
 * is of both sites together. All else is of one site alone, since each has a password of its own: who knows the one proves nothing
 * about the other.
 *
 * @param recent evaluated attempts of the last hour, the successful ones taken out
 * @param sites what each site knows besides; a site that is absent knows nothing
 */
public record AttemptLog(List<Attempt> recent, Map<Site, AtSite> sites) {
	public static final AttemptLog EMPTY = new AttemptLog(List.of(), Map.of());
	static final Duration WINDOW = Duration.ofHours(1);
	private static final int EACH_ADDRESS = 4;
	private static final int EACH_SESSION = 3;
	/** NIST SP 800-63B-4, 3.2.2: from here on only familiar devices and sessions are listened to. */
	static final int FAILURES_IN_A_ROW = 100;
	private static final int FAMILIAR_KEPT = 20;

	/** How near the one who tries is, and how many attempts an hour all of these have together. */
	public enum Nearness {
		STRANGER(6, EACH_ADDRESS),
		FAMILIAR_ADDRESS(4, EACH_ADDRESS),
		FAMILIAR_DEVICE(5, 5),
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

	/** @param site absent where it was not written down yet; no right password takes such an attempt back */
	public record Attempt(Instant at, Nearness nearness, String source, @Nullable Site site) {}

	/**
	 * @param failures how many failed in a row
	 * @param familiar hashes of addresses and devices that signed in, the latest last
	 */
	public record AtSite(int failures, List<String> familiar) {
		private static final AtSite NOTHING = new AtSite(0, List.of());

		public AtSite {
			familiar = List.copyOf(familiar);
		}

		private Nearness nearness(Source source) {
			if (source.session()) return Nearness.SESSION;
			if (source.device() != null && familiar.contains(source.device())) return Nearness.FAMILIAR_DEVICE;
			return familiar.contains(source.address()) ? Nearness.FAMILIAR_ADDRESS : Nearness.STRANGER;
		}
	}

	public AttemptLog {
		recent = List.copyOf(recent);
		sites = Map.copyOf(sites);
	}

	public AtSite at(Site site) {
		return sites.getOrDefault(site, AtSite.NOTHING);
	}

	/** Whether anybody has ever signed in with it. */
	public boolean isFamiliar() {
		return sites.values().stream().anyMatch(it -> !it.familiar().isEmpty());
	}

	/** With one more attempt, or nothing when it must not be evaluated. It counts as failed until {@link #succeeded}. */
	public Optional<AttemptLog> attempted(Site site, Source source, Instant now) {
		List<Attempt> lately = new ArrayList<>(
				recent.stream().filter(attempt -> attempt.at().isAfter(now.minus(WINDOW))).toList());
		AtSite here = at(site);
		Nearness nearness = here.nearness(source);
		String name = name(source, nearness);
		boolean spent = lately.stream().filter(it -> it.nearness() == nearness).count() >= nearness.together
				|| lately.stream().filter(it -> it.source().equals(name)).count() >= nearness.each
				|| here.failures() >= FAILURES_IN_A_ROW && !nearness.isProven();
		if (spent) return Optional.empty();
		lately.add(new Attempt(now, nearness, name, site));
		return Optional.of(new AttemptLog(lately, with(site, new AtSite(here.failures() + 1, here.familiar()))));
	}

	/** Who has shown the site's right password is familiar there from now on, and its attempts there were no guesses. */
	public AttemptLog succeeded(Site site, Source source) {
		List<String> sources = source.device() == null
				? List.of(source.address())
				: List.of(source.address(), source.device());
		List<String> known = new ArrayList<>(at(site).familiar());
		if (!source.session()) {
			known.removeAll(sources);
			known.addAll(sources);
		}
		return new AttemptLog(
				recent.stream().filter(it -> it.site() != site || !sources.contains(it.source())).toList(),
				with(site, new AtSite(0,
						known.subList(Math.max(0, known.size() - FAMILIAR_KEPT), known.size()))));
	}

	private Map<Site, AtSite> with(Site site, AtSite now) {
		Map<Site, AtSite> all = new EnumMap<>(Site.class);
		all.putAll(sites);
		all.put(site, now);
		return all;
	}

	/** A device that is not familiar is just what somebody claims; its address is not. */
	private static String name(Source source, Nearness nearness) {
		return nearness == Nearness.FAMILIAR_DEVICE && source.device() != null ? source.device() : source.address();
	}
}
