package io.rollcall.user.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.credential.CredentialIssuer.Issued;
import io.rollcall.user.credential.PasswordReset;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.credential.Site;
import io.rollcall.user.permission.Actor;

/**
 * An account: who, in which role, for which organizations, active or not, with which credentials. Its verbs record what
 * happened as events, and which row it was, and all of that is stored in one write.
 *
 * <p>Longer than other classes on purpose: what may happen to an account, and what each of it ends, is read on one page.
 */
public final class Account {
	private final UUID id;
	private final long storedVersion;
	private final Credentials credentials;
	private final MailBudget mails;
	private final ApiClients apiClients;
	private final Memory memory;
	private final List<AccountEvent> events = new ArrayList<>(2);
	private Profile profile;
	private Lifetime lifetime;

	/** As it was stored. */
	public Account(UUID id, Profile profile, Lifetime lifetime, Credentials credentials, MailBudget mails,
			ApiClients apiClients, Memory memory) {
		this.id = id;
		this.profile = profile;
		this.lifetime = lifetime;
		this.storedVersion = lifetime.version();
		this.credentials = credentials;
		this.mails = mails;
		this.apiClients = apiClients;
		this.memory = memory;
	}

	/** A new account with its generated passwords: the two facts of its birth. */
	public static Account create(Profile profile, Issued issued, Origin origin, Instant now) {
		Account account = beginning(profile, now);
		account.memory.made(askedAt(origin, now));
		account.happened(AccountEvent.Created::new, origin, now);
		account.issue(issued, origin, now);
		account.memory.remember(origin, true, now);
		return account;
	}

	static Account beginning(Profile profile, Instant now) {
		return new Account(UUID.randomUUID(), profile, Lifetime.beginning(now),
				new Credentials(Map.of(), List.of(), null),
				new MailBudget(Map.of(), null), new ApiClients(List.of()), new Memory(List.of(), Map.of()));
	}

	/**
	 * Takes over a judged profile. What was mailed to another address than the new one and has not become a password of the
	 * person's own is void: links are, and generated passwords, in whose place new ones go to the new address. Programs end of
	 * whose place nothing is left, by however many changes, and all of them with a role that may have none: they would sleep until
	 * somebody brings that back.
	 *
	 * @return what differs; when nothing does, nothing happened
	 */
	public Memory.Applied change(Profile after, CredentialIssuer issuer, Origin origin, Instant now) {
		return change(after, List.of(), issuer, origin, now);
	}

	/** As {@link #change}, by an undo, which has left something as it was. */
	public Memory.Applied change(Profile after, List<Kept> kept, CredentialIssuer issuer, Origin origin, Instant now) {
		List<Profile.Change> changes = after.changesSince(profile);
		Set<Site> reissued = credentialsSentBy(after);
		var applied = new Memory.Applied(origin.causeId(), now, false, changes, reissued, kept);
		if (changes.isEmpty()) return applied;
		Profile before = profile;
		profile = after;
		memory.changed(changes, askedAt(origin, now));
		happened((state, at, by) -> new AccountEvent.Updated(before, state, at, by), origin, now);
		if (!before.email().equals(after.email())) {
			credentials.voidResets();
			mails.emailChanged(before.email(), origin.actorId(), now);
			events.add(new AccountEvent.EmailChanged(before.email(), snapshot(), now, origin));
			if (!reissued.isEmpty()) issue(issuer.issue(reissued, now), origin, now);
		}
		boolean otherRole = before.role() != after.role()
				&& !(before.role().mayHaveApiClients() && after.role().mayHaveApiClients());
		revokeApiClients(client -> otherRole || !client.belongsTo(Set.copyOf(after.codes())), origin, now);
		memory.add(applied);
		return applied;
	}

	private static Instant askedAt(Origin origin, Instant now) {
		return origin instanceof Origin.Row row ? row.askedAt() : now;
	}

	/** The sites to whose passwords a change to this profile would bring new ones: none unless the address is another. */
	public Set<Site> credentialsSentBy(Profile after) {
		return after.email().equals(profile.email()) ? Set.of() : credentials.generated(_ -> true);
	}

	/**
	 * Links to set a password are void, also if it is active again before they are too old, and so are its API clients. Returns
	 * whether it was active until now.
	 */
	public boolean deactivate(Origin origin, Instant now) {
		if (!isActive()) return false;
		credentials.voidResets();
		lifetime = lifetime.deactivated(now);
		happened(AccountEvent.Deactivated::new, origin, now);
		revokeApiClients(_ -> true, origin, now);
		memory.remember(origin, false, now);
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
		if (isActive()) return false;
		lifetime = lifetime.reactivated();
		mails.spend(MailBudget.Item.REACTIVATION, origin.actorId(), now);
		happened(AccountEvent.Reactivated::new, origin, now);
		Set<Site> unused = credentials.generated(it -> it.usedAt() == null);
		if (!unused.stream().allMatch(arrived)) issue(issuer.issue(unused, now), origin, now);
		memory.remember(origin, false, now);
		return true;
	}

	/** New generated passwords in place of whatever there was, links to set one and API clients among it. */
	public void renewCredentials(Issued issued, Origin origin, Instant now) {
		lifetime.requireActive();
		credentials.voidResets();
		mails.spend(MailBudget.Item.CREDENTIALS, origin.actorId(), now);
		happened(AccountEvent.CredentialsRenewed::new, origin, now);
		issue(issued, origin, now);
		revokeApiClients(_ -> true, origin, now);
		memory.remember(origin, false, now);
	}

	/**
	 * The generated password of a site has had its one sign-in.
	 *
	 * @param form hash of what the form is known by, if it is known
	 * @return whether it was good for it until now, or this is the same form once more
	 */
	public boolean useGenerated(Site site, @Nullable String form, Instant now) {
		if (!isActive() || !(credentials.get(site) instanceof Credential.Generated generated)) return false;
		if (generated.wasJustUsedBy(form, now)) return true;
		if (!generated.isGood(now)) return false;
		credentials.use(site, generated.used(form, now));
		lifetime = lifetime.written();
		return true;
	}

	/** A password of the person's own choice, in place of whatever there was; links that were sent to set one are void. */
	public void setPassword(Site site, String hash, Origin origin, Instant now) {
		lifetime.requireActive();
		credentials.set(site, hash, now);
		happened((state, at, by) -> new AccountEvent.PasswordChanged(site, state, at, by), origin, now);
		memory.remember(origin, false, now);
	}

	/** As {@link #setPassword}, at the wish of somebody in a session, who could wish it again and again. */
	public void changePassword(Site site, String hash, Origin origin, Instant now) {
		mails.spend(MailBudget.Item.passwordChange(site), null, now);
		setPassword(site, hash, origin, now);
	}

	/**
	 * As {@link #setPassword}, by a mailed link. Who sets a password so does not know who else has one, so what acts for the account
	 * at the Portal ends, too.
	 */
	public void setPasswordByLink(Site site, String hash, Origin origin, Instant now) {
		setPassword(site, hash, origin, now);
		if (apiClients.act(site)) revokeApiClients(_ -> true, origin, now);
	}

	/** A program gets a secret with which it acts for the account; one that is revoked already is kept for the record alone. */
	public void addApiClient(ApiClient client, Origin origin, Instant now) {
		apiClients.add(client.madeFor(Set.copyOf(profile.codes())));
		lifetime = lifetime.changed(now);
		if (!client.isRevoked()) {
			lifetime.requireActive();
			events.add(new AccountEvent.ApiClientMade(client, snapshot(), now, origin));
		}
		memory.remember(origin, false, now);
	}

	/** Returns whether there was such a client until now. */
	public boolean revokeApiClient(String clientId, Origin origin, Instant now) {
		if (apiClients.find(clientId).filter(it -> !it.isRevoked()).isEmpty()) return false;
		lifetime = lifetime.changed(now);
		revokeApiClients(it -> it.clientId().equals(clientId), origin, now);
		memory.remember(origin, false, now);
		return true;
	}

	private void revokeApiClients(Predicate<ApiClient> which, Origin origin, Instant now) {
		List<ApiClient> ended = apiClients.revoke(which, now);
		if (!ended.isEmpty()) events.add(new AccountEvent.ApiClientsRevoked(ended, snapshot(), now, origin));
	}

	/**
	 * A link to set a new password is to be mailed. Not more than {@link Credentials#RESETS_AT_ONCE} wait at a site, so that nobody can be
	 * flooded with mails; each of them is good.
	 *
	 * @return whether one is sent
	 */
	public boolean requestReset(PasswordReset reset, ResetToken token, Origin origin, Instant now) {
		if (!isActive() || !credentials.await(reset, now)) return false;
		lifetime = lifetime.written();
		events.add(new AccountEvent.PasswordResetRequested(reset, token, snapshot(), now, origin));
		memory.remember(origin, false, now);
		return true;
	}

	/** The site whose password this token may set, if it is one that was sent and still waits. */
	public Optional<Site> siteOf(ResetToken token, Instant now) {
		return isActive() ? credentials.siteOf(token, now) : Optional.empty();
	}

	/** In place of what there was at these sites. */
	private void issue(Issued issued, Origin origin, Instant now) {
		var event = new AccountEvent.CredentialsIssued(issued, snapshot(), now, origin);
		events.add(event);
		credentials.issue(issued, event.id());
	}

	private void happened(AccountEvent.Step step, Origin origin, Instant now) {
		lifetime = lifetime.changed(now);
		events.add(step.of(snapshot(), now, origin));
	}

	private AccountEvent.Snapshot snapshot() {
		return new AccountEvent.Snapshot(id, profile, lifetime.status(), lifetime.version());
	}

	/** The account as one who acts, with the rights it has now. */
	public Actor asActor() {
		return new Actor(id, profile.role(), Set.copyOf(profile.codes()));
	}

	public boolean isActive() {
		return lifetime.isActive();
	}

	/** Whether somebody has signed in to it, at either site, as far as its credentials tell. */
	public boolean isUsed() {
		return credentials.isUsed();
	}

	/** Whether something happened that is not stored yet. */
	public boolean isChanged() {
		return lifetime.version() != storedVersion;
	}

	/** Stable and opaque: what the outside calls it. */
	public UUID id() {
		return id;
	}

	public Profile profile() {
		return profile;
	}

	public Lifetime lifetime() {
		return lifetime;
	}

	public Credentials credentials() {
		return credentials;
	}

	public MailBudget mails() {
		return mails;
	}

	public ApiClients apiClients() {
		return apiClients;
	}

	public Memory memory() {
		return memory;
	}

	/**
	 * Names what a form shows and changes: profile and status. What is the same again has the same name. Whatever else happens to the
	 * account leaves it, as a link that a stranger asks for.
	 */
	public String edition() {
		return Secrets.sha256(lifetime.status().name() + "\n" + String.join("\n", profile.texts())).substring(0, 16);
	}

	/** The version it was read at, 0 for one that is new: what a write must still find. */
	public long storedVersion() {
		return storedVersion;
	}

	/** What happened since it was read. */
	public List<AccountEvent> events() {
		return List.copyOf(events);
	}
}
