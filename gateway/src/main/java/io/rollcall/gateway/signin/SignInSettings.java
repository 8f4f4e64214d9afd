package io.rollcall.gateway.signin;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

import io.rollcall.gateway.GatewaySettings;

/**
 * @param portalClientSecret of the OAuth 2.0 client {@code portal}
 * @param trainingClientSecret of the client {@code training}; each gateway needs its own alone
 * @param idleTimeout a session ends when nobody has used it for so long
 * @param absoluteTimeout a session ends when it is so old
 */
@ConfigurationProperties("rollcall.gateway.sign-in")
record SignInSettings(String portalClientSecret, String trainingClientSecret, Duration idleTimeout,
		Duration absoluteTimeout) {
	String clientSecret(GatewaySettings.Site site) {
		return switch (site) {
			case PORTAL -> required(portalClientSecret, "ROLLCALL_PORTAL_CLIENT_SECRET");
			case TRAINING -> required(trainingClientSecret, "ROLLCALL_TRAINING_CLIENT_SECRET");
		};
	}

	private static String required(String secret, String name) {
		if (secret.isBlank()) throw new IllegalStateException(name + " is not set: nobody could sign in");
		return secret;
	}
}
