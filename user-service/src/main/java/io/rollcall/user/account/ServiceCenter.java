package io.rollcall.user.account;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.permission.Role;

/** The first account, of the service center, which creates the others. Made at first start like any other, mails and all. */
@Component
public class ServiceCenter implements ApplicationRunner {
	private static final Logger LOG = LoggerFactory.getLogger(ServiceCenter.class);

	/** @param clientSecret of the client {@code bootstrap}, which acts for this account; blank for none */
	@ConfigurationProperties("rollcall.service-center")
	public record Settings(String username, String email, @DefaultValue("") String clientSecret) {}

	private final Settings settings;
	private final AccountRepository accounts;
	private final EventRelay relay;
	private final CredentialIssuer credentials;
	private final Clock clock;

	public ServiceCenter(Settings settings, AccountRepository accounts, EventRelay relay, CredentialIssuer credentials,
			Clock clock) {
		this.settings = settings;
		this.accounts = accounts;
		this.relay = relay;
		this.credentials = credentials;
		this.clock = clock;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		var username = new Username(settings.username());
		if (accounts.find(username).isPresent()) return;
		Instant now = clock.instant();
		var profile = new Profile(username, new FirstName("Service"), new LastName("Center"),
				new EmailAddress(settings.email()), Role.SC, List.of(), List.of(), null, null, null);
		Account account = Account.create(profile, credentials.issue(now),
				new Origin.System("first-start/" + username.key()), now);
		// When another instance was first, it stays at that one's.
		if (accounts.save(Set.of(account)).isEmpty()) {
			relay.relay(Set.of(username), List.of());
			LOG.info("Created the account of the service center");
		}
	}
}
