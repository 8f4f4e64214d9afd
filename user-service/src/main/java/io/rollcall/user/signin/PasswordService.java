package io.rollcall.user.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.EventRelay;
import io.rollcall.user.account.MailBudget;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.Password;
import io.rollcall.user.credential.PasswordHashing;
import io.rollcall.user.credential.PasswordRules;
import io.rollcall.user.credential.PasswordRules.PasswordRule;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Site;

/** Passwords of people's own choice: the first one, a change, and one set by a mailed link. Each ends the site's other sessions. */
@Service
public class PasswordService {
	private static final Logger LOG = LoggerFactory.getLogger(PasswordService.class);

	private final AccountRepository accounts;
	private final SignIns signIns;
	private final Attempts attempts;
	private final Guesses guesses;
	private final PasswordHashing hashing;
	private final PasswordRules rules;
	private final EventRelay relay;
	private final Clock clock;

	public PasswordService(AccountRepository accounts, SignIns signIns, Attempts attempts, Guesses guesses,
			PasswordHashing hashing,
			PasswordRules rules, EventRelay relay, Clock clock) {
		this.accounts = accounts;
		this.signIns = signIns;
		this.attempts = attempts;
		this.guesses = guesses;
		this.hashing = hashing;
		this.rules = rules;
		this.relay = relay;
		this.clock = clock;
	}

	/** What became of a change by one who is signed in. */
	public sealed interface Changed {}

	/** The account's mailbox was told of so many changes that the next must wait so long. */
	public record MailedTooOften(int most, Duration remaining) implements Changed {}

	/** What became of a new password. */
	public sealed interface Outcome extends Changed {
		/** @param secret what the browser proves its sign-in with from now on; absent where there is none */
		record Done(Site site, @Nullable String secret) implements Outcome {}

		record Invalid(List<PasswordRule> broken) implements Outcome {}

		/** The sign-in or the link is over. */
		record Over() implements Outcome {}
	}

	/** What a sign-in demands before it is good for anything. The sign-in is replaced by a complete one. */
	public Outcome complete(SignIn signIn, Password password) {
		Account account = accounts.find(signIn.accountId()).filter(signIn::holdsFor).orElse(null);
		if (account == null) return new Outcome.Over();
		List<PasswordRule> broken = broken(password, account, signIn.site());
		if (!broken.isEmpty()) return new Outcome.Invalid(broken);
		Instant set = clock.instant();
		if (set(account.id(), Account::setPassword, signIn.site(), hashing.hash(password), set,
				signIn::holdsFor) == null) {
			return new Outcome.Over();
		}
		// A new secret: what was known before the password was set opens nothing afterwards.
		signIns.end(signIn.sid());
		SignIn complete = SignIn.of(account.id(), signIn.site(), signIn.at(), set, true);
		return new Outcome.Done(signIn.site(), signIns.open(complete));
	}

	/**
	 * Whether {@code current} is the password of the site that this session is of, its own choice. To be asked before anything that
	 * somebody at an unlocked desk must not do. What is tried has a budget of its own, so that nobody with a stolen session keeps
	 * the owner's devices from signing in.
	 */
	public CurrentPassword verify(UUID sid, Password current) {
		SignIn signIn = signIns.find(sid).orElse(null);
		Account account = signIn == null
				? null
				: accounts.find(signIn.accountId()).filter(signIn::holdsFor).orElse(null);
		if (signIn == null || account == null) return new CurrentPassword.SessionOver();
		if (current.isBlank()) return new CurrentPassword.Missing();
		Credential credential = account.credentials().get(signIn.site());
		String hash = credential instanceof Credential.Own own ? own.hash() : null;
		return switch (guesses.judge(account.profile().username().key(), signIn.site(),
				Source.ofSession(sid.toString()), () -> hashing.matchesTyped(current, hash))) {
			case RIGHT -> new CurrentPassword.Right(signIn, account);
			case TOO_MANY -> new CurrentPassword.TooManyAttempts(AttemptLog.WINDOW);
			case WRONG -> {
				LOG.atInfo().addKeyValue("site", signIn.site()).addKeyValue("account", account.id())
						.log("The current password that a session gave was wrong");
				yield new CurrentPassword.Wrong();
			}
		};
	}

	/**
	 * A change by one who is signed in, which the session that made it outlives, and no other: one that came of the same sign-in may be
	 * of whoever has copied a cookie.
	 *
	 * @param authorizationId that session's
	 * @throws CurrentPassword.Refusal when {@code current} is not its password
	 */
	public Changed change(UUID sid, String authorizationId, Password current, Password password) {
		CurrentPassword.Right right = verify(sid, current).orRefuse();
		SignIn signIn = right.signIn();
		Account account = right.account();
		List<PasswordRule> broken = broken(password, account, signIn.site());
		if (!broken.isEmpty()) return new Outcome.Invalid(broken);
		Instant set = clock.instant();
		// Before the account, so that a refresh in between finds the session in order. If this is all that happens, it is no more than
		// that the sign-in's other sessions ask for the password again.
		signIns.admit(sid, set, authorizationId);
		if (set(account.id(), Account::changePassword, signIn.site(), hashing.hash(password), set,
				it -> signIn.holdsFor(it) && remaining(it, signIn.site(), set).isEmpty()) != null) {
			return new Outcome.Done(signIn.site(), null);
		}
		return accounts.find(account.id()).flatMap(it -> remaining(it, signIn.site(), set))
				.<Changed>map(wait -> new MailedTooOften(MailBudget.Item.passwordChange(signIn.site()).most(), wait))
				.orElseGet(Outcome.Over::new);
	}

	private static Optional<Duration> remaining(Account account, Site site, Instant now) {
		return account.mails().remaining(MailBudget.Item.passwordChange(site), account.id(), now);
	}

	/** By a mailed link, which this uses up. */
	public Outcome reset(ResetToken token, Password password, Source source) {
		Account account = holder(token).orElse(null);
		Site site = account == null ? null : account.siteOf(token, clock.instant()).orElse(null);
		if (account == null || site == null) return new Outcome.Over();
		List<PasswordRule> broken = broken(password, account, site);
		if (!broken.isEmpty()) return new Outcome.Invalid(broken);
		Account stored = set(account.id(), Account::setPasswordByLink, site, hashing.hash(password), clock.instant(),
				it -> it.siteOf(token, clock.instant()).isPresent());
		if (stored == null) return new Outcome.Over();
		attempts.succeeded(account.profile().username().key(), site, source);
		return new Outcome.Done(site, null);
	}

	/**
	 * What a mailed link is good for.
	 *
	 * @param endsApiClients whether the password that it sets also ends programs that act for the account
	 */
	public record LinkUse(Site site, Username username, boolean endsApiClients) {}

	/** What the link is good for; empty when it is over. */
	public Optional<LinkUse> use(ResetToken token) {
		return holder(token).flatMap(account -> account.siteOf(token, clock.instant())
				.map(site -> new LinkUse(site, account.profile().username(), account.apiClients().act(site))));
	}

	private Optional<Account> holder(ResetToken token) {
		return token.account().flatMap(accounts::find);
	}

	private List<PasswordRule> broken(Password password, Account account, Site site) {
		List<PasswordRule> broken = new ArrayList<>(rules.judge(password, account.profile().username().value()));
		Credential credential = account.credentials().get(site);
		String last = credential == null ? null : credential.lastOwn();
		boolean mailed = account.credentials().bySite().values().stream().anyMatch(it -> it.wasMailed(password));
		// An evaluation is dear: it is for a password that could be taken.
		if (mailed || broken.isEmpty() && last != null && hashing.matches(password, last)) {
			broken.add(PasswordRules.REUSED);
		}
		return broken;
	}

	/** The account's verb for the way in which a password is set. */
	private interface Setting {
		void set(Account account, Site site, String hash, Origin origin, Instant now);
	}

	/** Sets it while {@code condition} holds, whoever else changes the account at the same moment; null when it does not. */
	private @Nullable Account set(UUID id, Setting setting, Site site, String hash, Instant now,
			Predicate<Account> condition) {
		var origin = new Origin.Request("password/" + UUID.randomUUID(), id, null, null);
		while (true) {
			Account account = accounts.find(id).orElse(null);
			if (account != null && account.memory().applied(origin.causeId()).isPresent()) return account;
			if (account == null || !account.isActive() || !condition.test(account)) return null;
			setting.set(account, site, hash, origin, now);
			if (!accounts.save(List.of(account)).isEmpty()) continue;
			LOG.atInfo().addKeyValue("site", site).addKeyValue("account", id).log("Password set");
			relay.soon(List.of(account.profile().username()));
			return account;
		}
	}
}
