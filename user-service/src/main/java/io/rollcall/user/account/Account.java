package io.rollcall.user.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.credential.CredentialIssuer.Issued;
import io.rollcall.user.credential.PasswordReset;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;

/**
 * An account: who, in which role, for which organizations, active or not, with which credentials. Its verbs record what
 * happened as events, and which row it was, and all of that is stored in one write.
 */
public final class Account {
	/** Deactivated, an account cannot be used and its username stays taken (guide, section V.C). */
	public enum Status {
		ACTIVE, DEACTIVATED
	}

	/** How many links to set a new password may wait at a site at the same time. */
	public static final int RESETS_AT_ONCE = 3;

	/**
	 * A row or request that was applied, with its outcome, so that the same one given again is answered the same.
	 *
	 * @param at when
	 * @param credentialsSent the sites whose generated passwords a changed address replaced
	 */
	public record Applied(String causeId, Instant at, boolean created, List<Profile.Change> changes,
			Set<Site> credentialsSent) {}

	/** How many applied causes an account remembers; a batch never has more rows for one username. */
	public static final int APPLIED_KEPT = 100;

	private final UUID id;
	private final long storedVersion;
	private final Instant createdAt;
	private final EnumMap<Site, Credential> credentials = new EnumMap<>(Site.class);
	private final List<Applied> applied;
	private final List<PasswordReset> resets;
	private final MailBudget mails;
	private @Nullable EmailAddress emailBeforeChanges;
	private final EnumMap<Field, Instant> changedAt = new EnumMap<>(Field.class);
	private final ApiClients apiClients;
	private final List<Applied> newlyApplied = new ArrayList<>(1);
	private final List<AccountEvent> events = new ArrayList<>(2);
	private Profile profile;
	private Status status;
	private long version;
	private Instant updatedAt;
	private @Nullable String issue;
	private @Nullable Instant deactivatedAt;

	private Account(UUID id, Profile profile, Status status, Map<Site, Credential> credentials, @Nullable String issue,
			long storedVersion, Instant createdAt, Instant updatedAt, @Nullable Instant deactivatedAt,
			List<PasswordReset> resets, Map<MailBudget.Item, List<MailBudget.Spent>> mails,
			@Nullable EmailAddress emailBeforeChanges, Map<Field, Instant> changedAt, List<ApiClient> apiClients,
			List<Applied> applied) {
		this.id = id;
		this.profile = profile;
		this.status = status;
		this.credentials.putAll(credentials);
		this.issue = issue;
		this.storedVersion = storedVersion;
		this.version = storedVersion;
		this.createdAt = createdAt;
		this.updatedAt = updatedAt;
		this.deactivatedAt = deactivatedAt;
		this.resets = new ArrayList<>(resets);
		this.mails = new MailBudget(mails);
		this.emailBeforeChanges = emailBeforeChanges;
		this.changedAt.putAll(changedAt);
		this.apiClients = new ApiClients(apiClients);
		this.applied = List.copyOf(applied);
	}

	/** A new account with its generated passwords: the two facts of its birth. */
	public static Account create(Profile profile, Issued issued, Origin origin, Instant now) {
		var account = new Account(UUID.randomUUID(), profile, Status.ACTIVE, Map.of(), null, 0, now,
				now, null, List.of(), Map.of(), null, Map.of(), List.of(), List.of());
		account.version = 1;
		account.events.add(new AccountEvent.Created(account.snapshot(), now, origin));
		account.issue(issued, origin, now);
		account.remember(origin, true, now);
		return account;
	}

	/** As it was stored. */
	public static Account restore(UUID id, Profile profile, Status status, Map<Site, Credential> credentials,
			@Nullable String issue, long version, Instant createdAt, Instant updatedAt,
			@Nullable Instant deactivatedAt, List<PasswordReset> resets,
			Map<MailBudget.Item, List<MailBudget.Spent>> mails,
			@Nullable EmailAddress emailBeforeChanges, Map<Field, Instant> changedAt, List<ApiClient> apiClients,
			List<Applied> applied) {
		return new Account(id, profile, status, credentials, issue, version, createdAt, updatedAt, deactivatedAt,
				resets, mails, emailBeforeChanges, changedAt, apiClients, applied);
	}

	/** What an account would be that is not made: for previews, never to be stored. */
	public static Account sketch(Profile profile, Instant now) {
		return new Account(UUID.randomUUID(), profile, Status.ACTIVE, Map.of(), null, 0, now, now, null, List.of(),
				Map.of(), null, Map.of(), List.of(), List.of());
	}

	/** What this account would be after {@link #change} by this actor: for previews, never to be stored. */
	public Account sketchWith(Profile other, UUID actor, Instant now) {
		// The same organizations in another order are no change, and the account keeps the order that it has.
		if (other.changesSince(profile).isEmpty()) return this;
		var sketch = new Account(id, other, status, credentials, issue, storedVersion, createdAt, updatedAt,
				deactivatedAt, List.of(), mails.all(), emailBeforeChanges, changedAt, List.of(), List.of());
		if (!other.email().equals(profile.email())) sketch.emailChanged(profile.email(), actor, now);
		return sketch;
	}

	/**
	 * Takes over a judged profile. What was mailed to another address than the new one and has not become a password of the
	 * person's own is void: links are, and generated passwords, in whose place new ones go to the new address. Programs end of
	 * whose place nothing is left, by however many changes, and all of them with a role that may have none: they would sleep until
	 * somebody brings that back.
	 *
	 * @return what differs; when nothing does, nothing happened
	 */
	public Applied change(Profile after, CredentialIssuer issuer, Origin origin, Instant now) {
		List<Profile.Change> changes = after.changesSince(profile);
		Set<Site> reissued = credentialsSentBy(after);
		var applied = new Applied(origin.causeId(), now, false, changes, reissued);
		if (changes.isEmpty()) return applied;
		Profile before = profile;
		profile = after;
		touched(now);
		Instant asked = origin instanceof Origin.Row row ? row.askedAt() : now;
		changes.forEach(change -> changedAt.merge(change.field(), asked, Account::later));
		events.add(new AccountEvent.Updated(before, snapshot(), now, origin));
		if (!before.email().equals(after.email())) {
			resets.clear();
			emailChanged(before.email(), origin.actorId(), now);
			events.add(new AccountEvent.EmailChanged(before.email(), snapshot(), now, origin));
			if (!reissued.isEmpty()) issue(issuer.issue(reissued, now), origin, now);
		}
		boolean otherRole = before.role() != after.role()
				&& !(before.role().mayHaveApiClients() && after.role().mayHaveApiClients());
		Set<String> place = codes(after);
		revokeApiClients(client -> otherRole || !client.belongsTo(place), origin, now);
		newlyApplied.add(applied);
		return applied;
	}

	private static Set<String> codes(Profile profile) {
		return profile.organizations().stream().map(Organization::code).collect(Collectors.toUnmodifiableSet());
	}

	private void emailChanged(EmailAddress before, @Nullable UUID actor, Instant now) {
		if (mails.isUnspent(MailBudget.Item.EMAIL_CHANGE, now)) emailBeforeChanges = before;
		mails.spend(MailBudget.Item.EMAIL_CHANGE, null, now);
		mails.spend(MailBudget.Item.EMAIL_CHANGE_BY_ONE, actor, now);
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	/** Whether one of the fields in which this profile differs was changed by what was asked for after that time. */
	public boolean isOvertaken(Profile after, Instant askedAt) {
		return after.changesSince(profile).stream().map(change -> changedAt.get(change.field()))
				.anyMatch(changed -> changed != null && changed.isAfter(askedAt));
	}

	/** The sites to whose passwords a change to this profile would bring new ones: none unless the address is another. */
	public Set<Site> credentialsSentBy(Profile after) {
		Set<Site> sites = EnumSet.noneOf(Site.class);
		if (after.email().equals(profile.email())) return sites;
		credentials.forEach((site, credential) -> {
			if (credential instanceof Credential.Generated) sites.add(site);
		});
		return sites;
	}

	/**
	 * How long until this may happen to the account again, because its mailbox was told of it too often; absent when it may now. To be
	 * asked by whoever lets it happen at somebody's wish.
	 *
	 * @param actor whose wish it is; of no matter where it is counted whoever's it is
	 */
	public Optional<Duration> mailedTooOften(MailBudget.Item item, @Nullable UUID actor, Instant now) {
		return mails.remaining(item, actor, now);
	}

	/**
	 * Whether the address has changed too often for this actor to make it this one now. It may always become what it was before all of
	 * that; and the service center puts it right however often others have changed it.
	 */
	public boolean emailChangedTooOften(EmailAddress next, Actor actor, Instant now) {
		var item = actor.isStateWide() ? MailBudget.Item.EMAIL_CHANGE_BY_ONE : MailBudget.Item.EMAIL_CHANGE;
		return !next.equals(emailBeforeChanges) && mailedTooOften(item, actor.accountId(), now).isPresent();
	}

	/**
	 * Links to set a password are void, also if it is active again before they are too old, and so are its API clients. Returns
	 * whether it was active until now.
	 */
	public boolean deactivate(Origin origin, Instant now) {
		if (status == Status.DEACTIVATED) return false;
		resets.clear();
		status = Status.DEACTIVATED;
		deactivatedAt = now;
		touched(now);
		events.add(new AccountEvent.Deactivated(snapshot(), now, origin));
		revokeApiClients(_ -> true, origin, now);
		remember(origin, false, now);
		return true;
	}

	/**
	 * Mails that still waited ended with the deactivation. So generated passwords that nobody has used are replaced, unless all of
	 * their mails are known to have arrived.
	 *
	 * @param arrived whether the mails of the latest issue did, to a site
	 * @return whether it was deactivated until now
	 */
	public boolean reactivate(Predicate<Site> arrived, CredentialIssuer issuer, Origin origin, Instant now) {
		if (status == Status.ACTIVE) return false;
		status = Status.ACTIVE;
		mails.spend(MailBudget.Item.REACTIVATION, origin.actorId(), now);
		touched(now);
		events.add(new AccountEvent.Reactivated(snapshot(), now, origin));
		Set<Site> unused = EnumSet.noneOf(Site.class);
		credentials.forEach((site, credential) -> {
			if (credential instanceof Credential.Generated it && it.usedAt() == null) unused.add(site);
		});
		if (!unused.stream().allMatch(arrived)) issue(issuer.issue(unused, now), origin, now);
		remember(origin, false, now);
		return true;
	}

	/** New generated passwords in place of whatever there was, links to set one and API clients among it. */
	public void renewCredentials(Issued issued, Origin origin, Instant now) {
		if (status == Status.DEACTIVATED) throw new IllegalStateException("deactivated");
		resets.clear();
		mails.spend(MailBudget.Item.CREDENTIALS, origin.actorId(), now);
		touched(now);
		events.add(new AccountEvent.CredentialsRenewed(snapshot(), now, origin));
		issue(issued, origin, now);
		revokeApiClients(_ -> true, origin, now);
		remember(origin, false, now);
	}

	/**
	 * The generated password of a site has had its one sign-in.
	 *
	 * @param form hash of what the form is known by, if it is known
	 * @return whether it was good for it until now, or this is the same form once more
	 */
	public boolean useGenerated(Site site, @Nullable String form, Instant now) {
		if (status == Status.DEACTIVATED || !(credentials.get(site) instanceof Credential.Generated generated)) {
			return false;
		}
		if (generated.wasJustUsedBy(form, now)) return true;
		if (!generated.isGood(now)) return false;
		credentials.put(site, generated.used(form, now));
		touched(now);
		return true;
	}

	/** A password of the person's own choice, in place of whatever there was; links that were sent to set one are void. */
	public void setPassword(Site site, String hash, Origin origin, Instant now) {
		if (status == Status.DEACTIVATED) throw new IllegalStateException("deactivated");
		Credential last = credentials.get(site);
		credentials.put(site, new Credential.Own(hash, now, last == null ? null : last.lastGenerated()));
		resets.removeIf(reset -> reset.site() == site);
		mails.spend(MailBudget.Item.PASSWORD_CHANGE, null, now);
		touched(now);
		events.add(new AccountEvent.PasswordChanged(site, snapshot(), now, origin));
		remember(origin, false, now);
	}

	/**
	 * As {@link #setPassword}, by a mailed link. Who sets a password so does not know who else has one, so what acts for the account
	 * at the Portal ends, too.
	 */
	public void setPasswordByLink(Site site, String hash, Origin origin, Instant now) {
		setPassword(site, hash, origin, now);
		if (hasApiClients(site)) revokeApiClients(_ -> true, origin, now);
	}

	/** A program gets a secret with which it acts for the account; one that is revoked already is kept for the record alone. */
	public void addApiClient(ApiClient client, Origin origin, Instant now) {
		apiClients.add(client.madeFor(codes(profile)));
		touched(now);
		if (!client.isRevoked()) {
			if (status == Status.DEACTIVATED) throw new IllegalStateException("deactivated");
			events.add(new AccountEvent.ApiClientMade(client, snapshot(), now, origin));
		}
		remember(origin, false, now);
	}

	/** Returns whether there was such a client until now. */
	public boolean revokeApiClient(String clientId, Origin origin, Instant now) {
		if (apiClient(clientId).filter(it -> !it.isRevoked()).isEmpty()) return false;
		touched(now);
		revokeApiClients(it -> it.clientId().equals(clientId), origin, now);
		remember(origin, false, now);
		return true;
	}

	private void revokeApiClients(Predicate<ApiClient> which, Origin origin, Instant now) {
		List<ApiClient> ended = apiClients.revoke(which, now);
		if (!ended.isEmpty()) events.add(new AccountEvent.ApiClientsRevoked(ended, snapshot(), now, origin));
	}

	/**
	 * A link to set a new password is to be mailed. Not more than {@link #RESETS_AT_ONCE} wait at a site, so that nobody can be
	 * flooded with mails; each of them is good.
	 *
	 * @return whether one is sent
	 */
	public boolean requestReset(PasswordReset reset, ResetToken token, Origin origin, Instant now) {
		resets.removeIf(pending -> !now.isBefore(pending.expiresAt()));
		if (status == Status.DEACTIVATED
				|| resets.stream().filter(pending -> pending.site() == reset.site()).count() >= RESETS_AT_ONCE) {
			return false;
		}
		resets.add(reset);
		touched(now);
		events.add(new AccountEvent.PasswordResetRequested(reset, token, snapshot(), now, origin));
		remember(origin, false, now);
		return true;
	}

	/** The site whose password this token may set, if it is one that was sent and still waits. */
	public Optional<Site> siteOf(ResetToken token, Instant now) {
		return status == Status.DEACTIVATED
				? Optional.empty()
				: resets.stream().filter(reset -> reset.isOf(token) && now.isBefore(reset.expiresAt()))
						.map(PasswordReset::site).findFirst();
	}

	/** In place of what there was at these sites. */
	private void issue(Issued issued, Origin origin, Instant now) {
		credentials.putAll(issued.credentials(credentials));
		var event = new AccountEvent.CredentialsIssued(issued, snapshot(), now, origin);
		events.add(event);
		issue = event.id();
	}

	private void touched(Instant now) {
		version++;
		updatedAt = now;
	}

	private void remember(Origin origin, boolean created, Instant now) {
		newlyApplied.add(new Applied(origin.causeId(), now, created, List.of(), Set.of()));
	}

	private AccountEvent.Snapshot snapshot() {
		return new AccountEvent.Snapshot(id, profile, status, version);
	}

	/** What became of this row or request when it was applied, if it was. */
	public Optional<Applied> applied(String causeId) {
		return Optional.ofNullable(find(newlyApplied, causeId))
				.or(() -> Optional.ofNullable(find(applied, causeId)));
	}

	private static @Nullable Applied find(List<Applied> list, String causeId) {
		for (Applied one : list)
			if (one.causeId().equals(causeId)) return one;
		return null;
	}

	/** Whether none of what was applied at that time or later is forgotten. */
	public boolean remembersAllSince(Instant time) {
		return applied.size() < APPLIED_KEPT || applied.getFirst().at().isBefore(time);
	}

	/** The account as one who acts, with the rights it has now. */
	public Actor asActor() {
		return new Actor(id, profile.role(), codes(profile));
	}

	public boolean isActive() {
		return status == Status.ACTIVE;
	}

	public boolean isNew() {
		return storedVersion == 0;
	}

	/** Whether something happened that is not stored yet. */
	public boolean isChanged() {
		return version != storedVersion;
	}

	/** Stable and opaque: what the outside calls it. */
	public UUID id() {
		return id;
	}

	public Profile profile() {
		return profile;
	}

	public Status status() {
		return status;
	}

	public Map<Site, Credential> credentials() {
		return Collections.unmodifiableMap(new EnumMap<>(credentials));
	}

	/** The id of the event that sent the latest generated passwords on their way: what reports of their mails name as their cause. */
	public Optional<String> issue() {
		return Optional.ofNullable(issue);
	}

	/** Whether the latest generated passwords are those that this cause brought. */
	public boolean lastIssuedBy(Origin origin) {
		return issue != null && issue.startsWith(origin.causeId() + "/");
	}

	/** When it last was, even if it is active again: what was opened before is closed for good. */
	public Optional<Instant> deactivatedAt() {
		return Optional.ofNullable(deactivatedAt);
	}

	/** Links to set a new password that were mailed and not used. */
	public List<PasswordReset> resets() {
		return List.copyOf(resets);
	}

	/** Each time that this happened to the account in the last day before it last did. */
	public List<MailBudget.Spent> mailed(MailBudget.Item item) {
		return mails.times(item);
	}

	/** The address from before those changes. */
	public Optional<EmailAddress> emailBeforeChanges() {
		return Optional.ofNullable(emailBeforeChanges);
	}

	/** When the last change of a field was asked for: of a row, when its file was handed in. One that never changed is absent. */
	public Map<Field, Instant> changedAt() {
		return Collections.unmodifiableMap(changedAt);
	}

	/** Programs that act for it, and some that no longer do; the newest first. */
	public List<ApiClient> apiClients() {
		return apiClients.kept();
	}

	/** Whether programs act for it at this site; that is the Portal alone. */
	public boolean hasApiClients(Site site) {
		return site == Site.PORTAL && apiClients.act();
	}

	public Optional<ApiClient> apiClient(String clientId) {
		return apiClients.find(clientId);
	}

	/** Those that are not kept any longer since it was read. */
	public List<ApiClient> forgottenClients() {
		return apiClients.forgotten();
	}

	/**
	 * Names what a form shows and changes: profile and status. What is the same again has the same name. Whatever else happens to the
	 * account leaves it, as a link that a stranger asks for.
	 */
	public String edition() {
		return Secrets.sha256(Stream.concat(Stream.of(status.name()), Stream.of(Field.values()).map(profile::text))
				.collect(Collectors.joining("\n"))).substring(0, 16);
	}

	/** Grows by one a change. */
	public long version() {
		return version;
	}

	/** The version it was read at, 0 for one that is new: what a write must still find. */
	public long storedVersion() {
		return storedVersion;
	}

	public Instant createdAt() {
		return createdAt;
	}

	public Instant updatedAt() {
		return updatedAt;
	}

	/** The rows and requests applied since it was read. */
	public List<Applied> newlyApplied() {
		return List.copyOf(newlyApplied);
	}

	/** What happened since it was read. */
	public List<AccountEvent> events() {
		return List.copyOf(events);
	}
}
