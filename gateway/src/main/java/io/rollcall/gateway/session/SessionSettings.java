package io.rollcall.gateway.session;

import java.net.URI;
import java.time.Duration;

/**
 * What the sessions are like.
 *
 * @param collection where they are kept
 * @param cookie the whole name of the cookie
 * @param secure whether it travels over https alone
 * @param idleTimeout a session ends when nobody has used it for so long, to the minute
 * @param absoluteTimeout a session ends when it is so old, however much it is used
 */
public record SessionSettings(String collection, String cookie, boolean secure, Duration idleTimeout,
		Duration absoluteTimeout) {
	/**
	 * Settings for a site at {@code base}: where that is https the cookie is {@code Secure}, and its name begins with
	 * {@code __Host-}, so that no other host or plain connection can set it (RFC 6265bis, 4.1.3).
	 */
	public static SessionSettings of(URI base, String collection, String cookie, Duration idleTimeout,
			Duration absoluteTimeout) {
		boolean secure = "https".equalsIgnoreCase(base.getScheme());
		return new SessionSettings(collection, (secure ? "__Host-" : "") + cookie, secure, idleTimeout,
				absoluteTimeout);
	}
}
