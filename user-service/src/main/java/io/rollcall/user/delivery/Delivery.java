package io.rollcall.user.delivery;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.credential.Site;

/** What became of the mails of one issue of generated passwords: for each site, one with the username and one with the password. */
public record Delivery(Map<Site, Map<Mail, Report>> reports) {
	/** Nothing has been heard of it yet. */
	public static final Delivery QUEUED = new Delivery(Map.of());

	/** The two mails of a site (guide, section III.A). */
	public enum Mail {
		USERNAME, PASSWORD
	}

	/** How far the mails of a site are. */
	public enum State {
		/** On their way. */
		QUEUED,
		/** The mail server has taken over both. */
		SENT,
		/** At least one will not be sent. */
		FAILED,
		/** The password's time was over before its mail could go. */
		EXPIRED
	}

	/** What became of one mail; {@code failure} is absent when it was sent, and otherwise a stable code without personal data. */
	public record Report(@Nullable String failure) {
		static final String EXPIRED = "expired";
	}

	/** How far a site's mails are, and why they were not sent. */
	public record OfSite(State state, @Nullable String reason) {}

	public Delivery {
		var copy = new EnumMap<Site, Map<Mail, Report>>(Site.class);
		copy.putAll(reports);
		reports = copy;
	}

	public OfSite of(Site site) {
		Collection<Report> mails = reports.getOrDefault(site, Map.of()).values();
		List<String> failures = mails.stream().<String>mapMulti((mail, out) -> {
			if (mail.failure() != null) out.accept(mail.failure());
		}).toList();
		// An address that was refused outweighs a password that meanwhile expired.
		for (String failure : failures)
			if (!failure.equals(Report.EXPIRED)) return new OfSite(State.FAILED, failure);
		if (!failures.isEmpty()) return new OfSite(State.EXPIRED, Report.EXPIRED);
		return new OfSite(mails.size() == Mail.values().length ? State.SENT : State.QUEUED, null);
	}
}
