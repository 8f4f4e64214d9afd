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

/**
 * The account of those who watch the streams. No form and no file grants its role; where it is wanted it is configured, and
 * made at first start like the service center's, mails and all.
 */
@Component
public class OperationsAccount implements ApplicationRunner {
	private static final Logger LOG = LoggerFactory.getLogger(OperationsAccount.class);

	/**
	 * @param username blank for no such account
	 * @param clientSecret of the client {@code operations}, which acts for this account; blank for none
	 */
	@ConfigurationProperties("rollcall.operations-account")
	public record Settings(@DefaultValue("") String username, @DefaultValue("") String email,
			@DefaultValue("") String clientSecret) {}

	private final Settings settings;
	private final AccountRepository accounts;
	private final EventRelay relay;
	private final CredentialIssuer credentials;
	private final Clock clock;

	public OperationsAccount(Settings settings, AccountRepository accounts, EventRelay relay,
			CredentialIssuer credentials, Clock clock) {
		this.settings = settings;
		this.accounts = accounts;
		this.relay = relay;
		this.credentials = credentials;
		this.clock = clock;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		if (settings.username().isBlank()) return;
		var username = new Username(settings.username());
		var existing = accounts.find(username);
		if (existing.isPresent()) {
			if (existing.get().profile().role() != Role.OPS) {
				LOG.error("The account configured for operations exists in another role; it stays as it is");
			}
			return;
		}
		Instant now = clock.instant();
		var profile = new Profile(username, new FirstName("Rollcall"), new LastName("Operations"),
				new EmailAddress(settings.email()), Role.OPS, List.of(), List.of(), null, null, null);
		Account account = Account.create(profile, credentials.issue(now),
				new Origin.System("first-start/" + username.key()), now);
		// When another instance was first, it stays at that one's.
		if (accounts.save(Set.of(account)).isEmpty()) {
			relay.relay(Set.of(username), List.of());
			LOG.info("Created the account of operations");
		}
	}
}
