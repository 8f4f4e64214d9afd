package io.rollcall.user.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.CredentialIssuer.Issued;
import io.rollcall.user.credential.PasswordReset;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Site;

/** What one signs in to an account with, site by site, and the links that wait to set a new password. */
public final class Credentials {
	/** How many links to set a new password may wait at a site at the same time. */
	public static final int RESETS_AT_ONCE = 3;

	private final EnumMap<Site, Credential> bySite = new EnumMap<>(Site.class);
	private final List<PasswordReset> resets;
	private @Nullable String issue;

	/** As they were stored. */
	public Credentials(Map<Site, Credential> bySite, List<PasswordReset> resets, @Nullable String issue) {
		this.bySite.putAll(bySite);
		this.resets = new ArrayList<>(resets);
		this.issue = issue;
	}

	public @Nullable Credential get(Site site) {
		return bySite.get(site);
	}

	public Map<Site, Credential> bySite() {
		return Collections.unmodifiableMap(new EnumMap<>(bySite));
	}

	/** The id of the event that sent the latest generated passwords on their way: what reports of their mails name as their cause. */
	public Optional<String> issue() {
		return Optional.ofNullable(issue);
	}

	/** Whether the latest generated passwords are those that this cause brought. */
	public boolean lastIssuedBy(Origin origin) {
		return issue != null && issue.startsWith(origin.causeId() + "/");
	}

	/** Links to set a new password that were mailed and not used. */
	public List<PasswordReset> resets() {
		return List.copyOf(resets);
	}

	Optional<Site> siteOf(ResetToken token, Instant now) {
		return resets.stream().filter(reset -> reset.isOf(token) && now.isBefore(reset.expiresAt()))
				.map(PasswordReset::site).findFirst();
	}

	/** The sites whose passwords were generated and are such. */
	Set<Site> generated(Predicate<Credential.Generated> such) {
		Set<Site> sites = EnumSet.noneOf(Site.class);
		bySite.forEach((site, credential) -> {
			if (credential instanceof Credential.Generated it && such.test(it)) sites.add(site);
		});
		return sites;
	}

	/** Whether a generated password was signed in with, or one of the person's own set. */
	boolean isUsed() {
		return bySite.values().stream().anyMatch(
				it -> it.lastOwn() != null
						|| it instanceof Credential.Generated generated && generated.usedAt() != null);
	}

	/**
	 * In place of what there was at these sites.
	 *
	 * @param event its id
	 */
	void issue(Issued issued, String event) {
		bySite.putAll(issued.credentials(bySite));
		issue = event;
	}

	void use(Site site, Credential.Generated used) {
		bySite.put(site, used);
	}

	/** A password of the person's own choice, in place of whatever there was; links that were sent to set one are void. */
	void set(Site site, String hash, Instant now) {
		Credential last = bySite.get(site);
		bySite.put(site, new Credential.Own(hash, now, last == null ? null : last.lastGenerated()));
		resets.removeIf(reset -> reset.site() == site);
	}

	/** Returns whether one more may wait at its site. */
	boolean await(PasswordReset reset, Instant now) {
		resets.removeIf(pending -> !now.isBefore(pending.expiresAt()));
		return resets.stream().filter(pending -> pending.site() == reset.site()).count() < RESETS_AT_ONCE
				&& resets.add(reset);
	}

	void voidResets() {
		resets.clear();
	}
}
