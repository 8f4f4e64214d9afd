package io.rollcall.platform.keys;

import java.io.IOException;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the issuer publishes. A token may name one that was not known yet, and then they are fetched again; but anybody can
 * make up such tokens, and each would be a request to the issuer. So, once they are known, not more often than
 * every five seconds. A new key is published an hour before it signs: nobody waits for it.
 */
public final class PublishedKeys implements JWKSource<SecurityContext> {
	static final Duration PAUSE = Duration.ofSeconds(5);
	static final Duration KEPT = Duration.ofMinutes(5);
	private static final Duration CONNECT = Duration.ofSeconds(2);
	private static final Duration READ = Duration.ofSeconds(5);
	private static final int LARGEST = 256 * 1024;

	/** @param askedAt when they were asked for the last time, whether or not there was an answer */
	private record Known(JWKSet keys, Instant askedAt) {}

	private final URL address;
	private final Clock clock;
	private final ReentrantLock asking = new ReentrantLock();
	private volatile @Nullable Known known;

	public PublishedKeys(URL address, Clock clock) {
		this.address = address;
		this.clock = clock;
	}

	/** @throws RemoteKeySourceException when there are none yet and none are to be had */
	@Override
	public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws RemoteKeySourceException {
		List<JWK> found = selector.select(keys(KEPT));
		return found.isEmpty() ? selector.select(keys(PAUSE)) : found;
	}

	private JWKSet keys(Duration atMostSoOld) throws RemoteKeySourceException {
		Known now = known;
		if (now != null && isYounger(now, atMostSoOld)) return now.keys();
		asking.lock();
		try {
			now = known;
			if (now != null && isYounger(now, atMostSoOld)) return now.keys(); // another one has asked
			Known next = ask(now);
			known = next;
			return next.keys();
		} finally {
			asking.unlock();
		}
	}

	private boolean isYounger(Known it, Duration age) {
		return clock.instant().isBefore(it.askedAt().plus(age));
	}

	private Known ask(@Nullable Known before) throws RemoteKeySourceException {
		try {
			JWKSet keys = JWKSet.load(address, (int) CONNECT.toMillis(), (int) READ.toMillis(), LARGEST);
			return new Known(keys, clock.instant());
		} catch (IOException | ParseException e) {
			// Those that are known have not become worse because the issuer is away.
			if (before != null) return new Known(before.keys(), clock.instant());
			throw new RemoteKeySourceException("the issuer's keys cannot be had", e);
		}
	}
}
