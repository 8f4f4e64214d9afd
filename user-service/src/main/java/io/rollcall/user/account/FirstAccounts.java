package io.rollcall.user.account;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.permission.Role;

/**
 * The accounts that nobody is there to create: of the service center, which creates the others, and, where it is wanted, of
 * those who watch the streams. Made at first start like any other, mails and all.
 */
@Component
public class FirstAccounts implements ApplicationRunner {
	private static final Logger LOG = LoggerFactory.getLogger(FirstAccounts.class);

	/**
	 * @param username of the first account, made at the first start
	 * @param email where its credentials go
	 * @param clientSecret of the client {@code bootstrap}, which acts for this account; blank for none
	 */
	@ConfigurationProperties("rollcall.service-center")
	public record ServiceCenter(String username, String email, @DefaultValue("") String clientSecret) {}

	/**
	 * @param username blank for no such account
	 * @param email where its credentials go
	 * @param clientSecret of the client {@code operations}, which acts for this account; blank for none
	 */
	@ConfigurationProperties("rollcall.operations-account")
	public record Operations(@DefaultValue("") String username, @DefaultValue("") String email,
			@DefaultValue("") String clientSecret) {}

	private final ServiceCenter serviceCenter;
	private final Operations operations;
	private final AccountRepository accounts;
	private final EventRelay relay;
	private final CredentialIssuer credentials;
	private final Clock clock;

	public FirstAccounts(ServiceCenter serviceCenter, Operations operations, AccountRepository accounts,
			EventRelay relay, CredentialIssuer credentials, Clock clock) {
		this.serviceCenter = serviceCenter;
		this.operations = operations;
		this.accounts = accounts;
		this.relay = relay;
		this.credentials = credentials;
		this.clock = clock;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		create(serviceCenter.username(), new FirstName("Service"), new LastName("Center"), serviceCenter.email(),
				Role.SC);
		if (!operations.username().isBlank()) {
			create(operations.username(), new FirstName("Rollcall"), new LastName("Operations"), operations.email(),
					Role.OPS);
		}
	}

	private void create(String name, FirstName firstName, LastName lastName, String email, Role role) {
		var username = new Username(name);
		var existing = accounts.find(username);
		if (existing.isPresent()) {
			if (existing.get().profile().role() != role) {
				LOG.error("The account configured for {} exists in another role; it stays as it is", role);
			}
			return;
		}
		Instant now = clock.instant();
		var profile = new Profile(username, firstName, lastName, new EmailAddress(email), role, List.of(), List.of(),
				Map.of());
		Account account = Account.create(profile, credentials.issue(now),
				new Origin.System("first-start/" + username.key()), now);
		// When another instance was first, it stays at that one's.
		if (accounts.save(Set.of(account)).isEmpty()) {
			relay.soon(Set.of(username));
			LOG.info("Created the account of {}", role);
		}
	}
}
