package io.rollcall.user.account.messaging;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import io.rollcall.contracts.CredentialEvent;
import io.rollcall.contracts.UserEvent;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountEvent;
import io.rollcall.user.account.AccountEvent.Snapshot;
import io.rollcall.user.account.EventEncoding;
import io.rollcall.user.account.Lifetime;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.ApiClient;

/** Domain events as they stand on {@code user-events} and {@code credential-events}. */
@Component
class AccountEventEncoding implements EventEncoding {
	private final CloudEvents events;
	private final SecretEncryption encryption;

	AccountEventEncoding(CloudEvents events, SecretEncryption encryption) {
		this.events = events;
		this.encryption = encryption;
	}

	@Override
	public CloudEvent encode(Account account, AccountEvent event) {
		String trace = event.origin().traceparent();
		return switch (event) {
			case AccountEvent.Created e -> events.of(new UserEvent.UserCreated(e.id(), e.at(), account.id(),
					e.after().version(), origin(e.origin()), wire(e.after())), trace);
			case AccountEvent.Updated e ->
				events.of(new UserEvent.UserUpdated(e.id(), e.at(), account.id(), e.after().version(),
						origin(e.origin()), wire(e.before(), e.after().status()), wire(e.after())), trace);
			case AccountEvent.EmailChanged e ->
				events.of(new UserEvent.EmailChanged(e.id(), e.at(), account.id(), e.after().version(),
						origin(e.origin()), e.before().value(), wire(e.after())), trace);
			case AccountEvent.CredentialsRenewed e ->
				events.of(new UserEvent.CredentialsRenewed(e.id(), e.at(), account.id(), e.after().version(),
						origin(e.origin()), wire(e.after())), trace);
			case AccountEvent.Deactivated e -> events.of(new UserEvent.UserDeactivated(e.id(), e.at(), account.id(),
					e.after().version(), origin(e.origin()), wire(e.after())), trace);
			case AccountEvent.Reactivated e -> events.of(new UserEvent.UserReactivated(e.id(), e.at(), account.id(),
					e.after().version(), origin(e.origin()), wire(e.after())), trace);
			case AccountEvent.PasswordChanged e ->
				events.of(new UserEvent.PasswordChanged(e.id(), e.at(), account.id(), e.after().version(),
						origin(e.origin()), e.site().name(), wire(e.after())), trace);
			case AccountEvent.ApiClientMade e ->
				events.of(new UserEvent.ApiClientMade(e.id(), e.at(), account.id(), e.after().version(),
						origin(e.origin()), wire(e.client()), wire(e.after())), trace);
			case AccountEvent.ApiClientsRevoked e -> events.of(
					new UserEvent.ApiClientsRevoked(e.id(), e.at(), account.id(), e.after().version(),
							origin(e.origin()),
							e.clients().stream().map(AccountEventEncoding::wire).toList(), wire(e.after())),
					trace);
			case AccountEvent.CredentialsIssued e -> events.of(credentials(account, e), trace);
			case AccountEvent.PasswordResetRequested e -> events.of(reset(account, e), trace);
		};
	}

	private CredentialEvent.CredentialsIssued credentials(Account account, AccountEvent.CredentialsIssued event) {
		Map<String, String> secrets = new LinkedHashMap<>();
		event.issued().passwords().forEach((site, password) -> secrets.put(site.name(), password.value()));
		Profile profile = event.after().profile();
		return new CredentialEvent.CredentialsIssued(event.id(), event.at(), account.id(), profile.username().value(),
				profile.firstName().value(), profile.lastName().value(), profile.email().value(),
				secrets.keySet().stream().toList(), encryption.encrypt(secrets), event.issued().expiresAt(),
				event.after().version(), origin(event.origin()),
				event.after().version() == 1 ? profile.codes() : null);
	}

	private CredentialEvent.PasswordResetRequested reset(Account account, AccountEvent.PasswordResetRequested event) {
		Profile profile = event.after().profile();
		return new CredentialEvent.PasswordResetRequested(event.id(), event.at(), account.id(),
				profile.username().value(), profile.firstName().value(), profile.lastName().value(),
				profile.email().value(), event.reset().site().name(), encryption.encrypt(event.token().value()),
				event.reset().expiresAt());
	}

	private static UserEvent.Origin origin(Origin origin) {
		return switch (origin) {
			case Origin.Row it -> new UserEvent.Origin(it.way(), it.actorId(), it.importId(), it.recordNumber(), null);
			case Origin.Request it -> new UserEvent.Origin(it.way(), it.actorId(), null, null, it.program());
			case Origin.System it -> new UserEvent.Origin(it.way(), null, null, null, null);
		};
	}

	private static UserEvent.ApiClient wire(ApiClient client) {
		return new UserEvent.ApiClient(client.clientId(), client.name(), client.createdAt());
	}

	private static UserEvent.Account wire(Snapshot snapshot) {
		return wire(snapshot.profile(), snapshot.status());
	}

	private static UserEvent.Account wire(Profile profile, Lifetime.Status status) {
		return new UserEvent.Account(profile.username().value(), profile.firstName().value(),
				profile.lastName().value(), profile.email().value(), profile.role().name(),
				profile.codes(), profile.programs(),
				profile.details().entrySet().stream()
						.collect(Collectors.toMap(it -> it.getKey().id(), Entry::getValue)),
				status.name().toLowerCase(Locale.ROOT));
	}
}
