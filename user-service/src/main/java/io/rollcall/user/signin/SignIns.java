package io.rollcall.user.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The sign-ins there are. */
public interface SignIns {
	/**
	 * For how long what is good.
	 *
	 * @param lifetime after it the password is asked for again, however busy the session is (NIST SP 800-63B-4, 2.2.3)
	 * @param pages for how long the sign-in pages remember who signed in: for tabs opened side by side, not for coming back
	 * @param refreshGrace for how long a refresh token whose answer got lost is answered again: two time-outs and a restart of the
	 *        gateway that shows it
	 * @param remembered for how long it is known when somebody last signed in
	 */
	@ConfigurationProperties("rollcall.sign-in")
	record Settings(@DefaultValue("12h") Duration lifetime, @DefaultValue("15m") Duration pages,
			@DefaultValue("30s") Duration refreshGrace, @DefaultValue("1095d") Duration remembered) {}

	/** Keeps it. Returns what the browser proves it with: a secret, of which only the hash is kept. */
	String open(SignIn signIn);

	/** The one that this secret proves, while the sign-in pages remember it. */
	Optional<SignIn> find(String secret);

	Optional<SignIn> find(UUID sid);

	/**
	 * A password that is about to be set by this sign-in will not end it. Only this authorization goes on: not another one, nor one that
	 * the sign-in pages would give to whoever has their cookie.
	 */
	void admit(UUID sid, Instant credential, String authorizationId);

	void end(UUID sid);

	/** When these accounts were last signed in to, at either site, as far as that is remembered. */
	Map<UUID, Instant> latest(Collection<UUID> accounts);

	/** As {@link #latest}, of all accounts: a read of everything that is remembered. */
	void forEachLatest(BiConsumer<UUID, Instant> action);

	/**
	 * As {@link #latest}, of the accounts that were signed in to since then, by whichever instance, and perhaps of some that were a little
	 * before. It costs no more than there are of them, unless that is longer ago than an hour.
	 */
	Map<UUID, Instant> latestSince(Instant since);
}
