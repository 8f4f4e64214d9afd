package io.rollcall.user.signin;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

import io.rollcall.platform.Recurring;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.profile.InvalidValue;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.Password;
import io.rollcall.user.credential.PasswordHashing;
import io.rollcall.user.credential.PasswordRules;
import io.rollcall.user.credential.Site;

/**
 * Whether a username and a password belong together (guide, section III.C). Every refusal looks the same and takes the same:
 * one look-up of an account, one entry in the attempts, one evaluation, whether the account is there, deactivated, or waits for
 * its first sign-in.
 */
@Service
public class SignInService {
	private static final Logger LOG = LoggerFactory.getLogger(SignInService.class);
	private static final Recurring SIGN_INS = new Recurring();
	/** Looked up where the text can be no username, so that this costs the same. */
	private static final Username NOBODY = new Username("nobody");

	private final AccountRepository accounts;
	private final SignIns signIns;
	private final Attempts attempts;
	private final Guesses guesses;
	private final PasswordHashing hashing;
	private final PasswordRules rules;
	private final Clock clock;

	public SignInService(AccountRepository accounts, SignIns signIns, Attempts attempts, Guesses guesses,
			PasswordHashing hashing,
			PasswordRules rules, Clock clock) {
		this.accounts = accounts;
		this.signIns = signIns;
		this.attempts = attempts;
		this.guesses = guesses;
		this.hashing = hashing;
		this.rules = rules;
		this.clock = clock;
	}

	/** What became of an attempt. */
	public sealed interface Outcome {
		/** @param secret proves the sign-in; unless it is complete, a new password is demanded before anything else */
		record SignedIn(SignIn signIn, String secret) implements Outcome {}

		/** No such account, deactivated, or not its password: which of them nobody learns. */
		record Refused() implements Outcome {}

		/** The generated password is the right one, but it has had its one sign-in, or its time. */
		record Spent() implements Outcome {}

		/** Not evaluated: too much was tried. */
		record TooMany() implements Outcome {}
	}

	/** Signs in to a site with what was typed. What becomes of it is logged by the account's id, never by what was typed. */
	public Outcome signIn(Site site, String typedUsername, Password password, Source source) {
		Username username = username(typedUsername);
		Account account = accounts.find(username == null ? NOBODY : username).orElse(null);
		Outcome outcome = judge(site, typedUsername, username, account, password, source);
		String whose = account == null ? "none" : account.id().toString();
		String what = outcome.getClass().getSimpleName();
		SIGN_INS.log(List.of(whose, site, what), LOG.atInfo().addKeyValue("site", site).addKeyValue("account", whose),
				"Sign-in: " + what);
		return outcome;
	}

	private Outcome judge(Site site, String typedUsername, @Nullable Username username, @Nullable Account account,
			Password password, Source source) {
		Credential credential = account == null || !account.isActive() || username == null
				? null
				: account.credentials().get(site);
		String name = username == null ? typedUsername.strip() : username.key();
		// A generated password is beyond guessing, so whoever has it need not be within any budget.
		if (account != null && credential instanceof Credential.Generated generated && generated.wasMailed(password)) {
			if (!useGenerated(account, site, source)) return new Outcome.Spent();
			attempts.succeeded(name, site, source);
			return open(account.id(), credential, site, false);
		}
		String hash = credential instanceof Credential.Own own ? own.hash() : null;
		Guesses.Judged judged = guesses.judge(name, site, source, () -> hashing.matchesTyped(password, hash));
		if (judged == Guesses.Judged.TOO_MANY) return new Outcome.TooMany();
		if (judged == Guesses.Judged.WRONG || account == null || credential == null) return new Outcome.Refused();
		Instant now = clock.instant();
		boolean expired = rules.expiry(credential).filter(it -> !now.isBefore(it)).isPresent();
		return open(account.id(), credential, site, !expired);
	}

	/** Who is signed in to a site, by the secret of the browser's cookie, as long as the account is as it was then. */
	public Optional<SignIn> current(Site site, @Nullable String secret) {
		return secret == null
				? Optional.empty()
				: signIns.find(secret).filter(it -> it.site() == site)
						.filter(it -> accounts.find(it.accountId()).filter(it::holdsFor).isPresent());
	}

	/** Whose it is. */
	public Username username(SignIn signIn) {
		return accounts.find(signIn.accountId()).orElseThrow().profile().username();
	}

	/** Ends it, with everything that stands on it. */
	public void end(SignIn signIn) {
		signIns.end(signIn.sid());
	}

	private static @Nullable Username username(String typed) {
		try {
			return new Username(typed);
		} catch (InvalidValue _) {
			return null;
		}
	}

	/** Of several who sign in with it at once, one has; who sends one form twice is one. */
	private boolean useGenerated(Account read, Site site, Source source) {
		Account account = read;
		while (account.useGenerated(site, source.form(), clock.instant())) {
			if (!account.isChanged() || accounts.save(List.of(account)).isEmpty()) return true;
			account = accounts.find(read.id()).orElseThrow();
		}
		return false;
	}

	private Outcome open(UUID account, Credential credential, Site site, boolean complete) {
		SignIn signIn = SignIn.of(account, site, clock.instant(), credential.since(), complete);
		return new Outcome.SignedIn(signIn, signIns.open(signIn));
	}
}
