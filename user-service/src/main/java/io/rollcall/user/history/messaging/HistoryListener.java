package io.rollcall.user.history.messaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.rollcall.contracts.ConfirmationEvent;
import io.rollcall.contracts.CredentialEvent;
import io.rollcall.contracts.UserEvent;
import io.rollcall.platform.messaging.BatchConsumers;
import io.rollcall.platform.messaging.Received;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.history.Entries;
import io.rollcall.user.history.Entry;
import io.rollcall.user.history.Entry.By;
import io.rollcall.user.history.Entry.Change;
import io.rollcall.user.history.Entry.Client;
import io.rollcall.user.history.Entry.Confirmed;
import io.rollcall.user.history.Entry.What;

/**
 * Writes the history from what is published about accounts. The group has offsets of its own and begins at the first event there
 * is; an entry has the id of its event, so reading all of it again writes nothing new.
 */
@Configuration(proxyBeanMethods = false)
class HistoryListener {
	private final Entries entries;

	HistoryListener(Entries entries) {
		this.entries = entries;
	}

	@Bean
	Consumer<List<ConsumerRecord<String, byte[]>>> accountHistory(BatchConsumers consumers) {
		return consumers.of(UserEvent.class, this::handleChanges);
	}

	@Bean
	Consumer<List<ConsumerRecord<String, byte[]>>> credentialHistory(BatchConsumers consumers) {
		return consumers.of(CredentialEvent.class, this::handleCredentials);
	}

	@Bean
	Consumer<List<ConsumerRecord<String, byte[]>>> confirmationHistory(BatchConsumers consumers) {
		return consumers.of(ConfirmationEvent.class, this::handleConfirmations);
	}

	private void handleConfirmations(List<Received<ConfirmationEvent>> batch) {
		entries.add(batch.stream().map(it -> entry(it.message())).filter(Objects::nonNull).toList());
	}

	private void handleChanges(List<Received<UserEvent>> batch) {
		entries.add(batch.stream().map(it -> entry(it.message())).filter(Objects::nonNull).toList());
	}

	private void handleCredentials(List<Received<CredentialEvent>> batch) {
		entries.add(batch.stream().map(it -> entry(it.message())).filter(Objects::nonNull).toList());
	}

	private static @Nullable Entry entry(UserEvent event) {
		return switch (event) {
			case UserEvent.UserCreated e -> entry(e, What.CREATED, changes(null, e.account()), List.of());
			case UserEvent.UserUpdated e -> entry(e, What.UPDATED, changes(e.before(), e.account()), List.of());
			case UserEvent.UserDeactivated e -> entry(e, What.DEACTIVATED, List.of(), List.of());
			case UserEvent.UserReactivated e -> entry(e, What.REACTIVATED, List.of(), List.of());
			case UserEvent.PasswordChanged e -> entry(e, What.PASSWORD_CHANGED, List.of(), List.of(e.site()));
			case UserEvent.ApiClientMade e -> entry(e, What.API_CLIENT_MADE, List.of(e.client()));
			case UserEvent.ApiClientsRevoked e -> entry(e, What.API_CLIENT_REVOKED, e.clients());
			// The update that they belong to, or the event with the credentials, has told it.
			case UserEvent.EmailChanged _,UserEvent.CredentialsRenewed _,UserEvent.Unrecognized _ -> null;
		};
	}

	private static Entry entry(UserEvent.OfAccount event, What what, List<Change> changes, List<String> sites) {
		return new Entry(event.eventId(), event.accountId(), event.version(), what, event.occurredAt(),
				by(event.origin()), changes, sites, List.of());
	}

	private static Entry entry(UserEvent.OfAccount event, What what, List<UserEvent.ApiClient> clients) {
		return new Entry(event.eventId(), event.accountId(), event.version(), what, event.occurredAt(),
				by(event.origin()), List.of(), List.of(),
				clients.stream().map(it -> new Client(it.clientId(), it.name())).toList());
	}

	private static @Nullable Entry entry(CredentialEvent event) {
		return switch (event) {
			case CredentialEvent.CredentialsIssued e ->
				new Entry(e.eventId(), e.accountId(), e.version() == null ? 0 : e.version(), What.CREDENTIALS_SENT,
						e.occurredAt(), by(e.origin()), List.of(), e.sites(), List.of());
			// Changes nothing until a new password is set.
			case CredentialEvent.PasswordResetRequested _,CredentialEvent.Unrecognized _ -> null;
		};
	}

	private static @Nullable Entry entry(ConfirmationEvent event) {
		return switch (event) {
			case ConfirmationEvent.AccountConfirmed e -> new Entry(e.eventId(), e.accountId(), e.accountVersion(),
					What.CONFIRMED, e.occurredAt(), by(e.origin()), List.of(), List.of(), List.of(),
					new Confirmed(e.confirmationId(), e.confirmation(), e.decision(), e.before()));
			// About no account, or about one that has only been reminded.
			case ConfirmationEvent.OfConfirmation _,ConfirmationEvent.ReminderDue _,ConfirmationEvent.Unrecognized _ ->
				null;
		};
	}

	private static By by(UserEvent.@Nullable Origin origin) {
		return origin == null
				? new By("system", null, null, null, null)
				: new By(origin.way(), origin.actorId(), origin.importId(), origin.recordNumber(), origin.clientId());
	}

	private static List<Change> changes(UserEvent.@Nullable Account before, UserEvent.Account after) {
		List<Change> changes = new ArrayList<>();
		for (Field field : Field.values()) {
			String old = before == null ? "" : text(field, before);
			String now = text(field, after);
			if (!same(field, old, now)) changes.add(new Change(field, old, now));
		}
		return changes;
	}

	/** The order of organizations and programs does not count. */
	private static boolean same(Field field, String before, String after) {
		return before.equals(after)
				|| field.isList() && set(before).equals(set(after));
	}

	private static Set<String> set(String codes) {
		return new HashSet<>(Arrays.asList(codes.split("\\|", -1)));
	}

	private static String text(Field field, UserEvent.Account account) {
		return switch (field) {
			case USERNAME -> account.username();
			case FIRST_NAME -> account.firstName();
			case LAST_NAME -> account.lastName();
			case EMAIL -> account.email();
			case ROLE -> account.role();
			case ORGANIZATIONS -> String.join("|", account.organizations());
			case PROGRAMS -> String.join("|", account.programs());
			default -> account.details().getOrDefault(field.id(), "");
		};
	}
}
