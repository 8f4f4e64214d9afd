package io.rollcall.user.credential;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Generates passwords. */
@Component
public class CredentialIssuer {
	/** @param lifetime how long a generated password waits for its one sign-in */
	@ConfigurationProperties("rollcall.generated-passwords")
	public record Settings(@DefaultValue("72h") Duration lifetime) {}

	private final SecureRandom random = new SecureRandom();
	private final Settings settings;

	public CredentialIssuer(Settings settings) {
		this.settings = settings;
	}

	/** New passwords for every site. */
	public Issued issue(Instant now) {
		return issue(EnumSet.allOf(Site.class), now);
	}

	/** New passwords for these sites; the plain ones go into the mail and nowhere else. */
	public Issued issue(Set<Site> sites, Instant now) {
		Map<Site, GeneratedPassword> passwords = new EnumMap<>(Site.class);
		sites.forEach(site -> passwords.put(site, GeneratedPassword.random(random)));
		return new Issued(passwords, now, now.plus(settings.lifetime()));
	}

	/** Passwords just generated. */
	public record Issued(Map<Site, GeneratedPassword> passwords, Instant issuedAt, Instant expiresAt) {
		/** As they are kept, in place of {@code before}. */
		public Map<Site, Credential> credentials(Map<Site, Credential> before) {
			Map<Site, Credential> credentials = new EnumMap<>(Site.class);
			passwords.forEach((site, password) -> {
				Credential last = before.get(site);
				credentials.put(site, new Credential.Generated(password.sha256(), issuedAt, expiresAt, null, null,
						last == null ? null : last.lastOwn()));
			});
			return credentials;
		}
	}
}
