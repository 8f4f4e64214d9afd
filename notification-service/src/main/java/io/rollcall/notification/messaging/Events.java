package io.rollcall.notification.messaging;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.rollcall.contracts.ConfirmationEvent;
import io.rollcall.contracts.ConfirmationEvent.ReminderDue;
import io.rollcall.contracts.CredentialEvent;
import io.rollcall.contracts.CredentialEvent.CredentialsIssued;
import io.rollcall.contracts.CredentialEvent.PasswordResetRequested;
import io.rollcall.contracts.ImportEvent;
import io.rollcall.contracts.ImportEvent.ImportCompleted;
import io.rollcall.contracts.UserEvent;
import io.rollcall.contracts.UserEvent.ApiClientMade;
import io.rollcall.contracts.UserEvent.ApiClientsRevoked;
import io.rollcall.contracts.UserEvent.CredentialsRenewed;
import io.rollcall.contracts.UserEvent.EmailChanged;
import io.rollcall.contracts.UserEvent.PasswordChanged;
import io.rollcall.contracts.UserEvent.UserCreated;
import io.rollcall.contracts.UserEvent.UserDeactivated;
import io.rollcall.contracts.UserEvent.UserReactivated;
import io.rollcall.contracts.UserEvent.UserUpdated;
import io.rollcall.notification.Addressee;
import io.rollcall.notification.Addressees;
import io.rollcall.notification.Addressees.Known;
import io.rollcall.notification.Endings;
import io.rollcall.notification.MailKind;
import io.rollcall.notification.MailLedger;
import io.rollcall.notification.Mailing;
import io.rollcall.notification.Mailings;
import io.rollcall.notification.Mailings.Cause;
import io.rollcall.notification.Mailings.Doer;
import io.rollcall.notification.Mailings.Maker;
import io.rollcall.notification.Site;
import io.rollcall.notification.delivery.Dispatcher;
import io.rollcall.platform.messaging.BatchConsumers;
import io.rollcall.platform.messaging.Received;

/** All that comes in: events, each of which asks for some mails or for none. */
@Configuration(proxyBeanMethods = false)
class Events {
	/** Of others the address is kept, for when their import is finished. A role that came later may well be an uploader's. */
	private static final Set<String> NEVER_UPLOAD = Set.of("TA", "RAO", "OPS");
	private static final Logger LOG = LoggerFactory.getLogger(Events.class);

	private final Mailings mailings;
	private final Dispatcher dispatcher;
	private final Addressees addressees;
	private final Endings endings;
	private final MailLedger ledger;
	private final Clock clock;

	Events(Mailings mailings, Dispatcher dispatcher, Addressees addressees, Endings endings, MailLedger ledger,
			Clock clock) {
		this.mailings = mailings;
		this.endings = endings;
		this.addressees = addressees;
		this.dispatcher = dispatcher;
		this.ledger = ledger;
		this.clock = clock;
	}

	@Bean
	Consumer<List<ConsumerRecord<String, byte[]>>> credentialEvents(BatchConsumers consumers) {
		return consumers.of(CredentialEvent.class, this::credentials);
	}

	@Bean
	Consumer<List<ConsumerRecord<String, byte[]>>> userEvents(BatchConsumers consumers) {
		return consumers.of(UserEvent.class, this::users);
	}

	@Bean
	Consumer<List<ConsumerRecord<String, byte[]>>> importEvents(BatchConsumers consumers) {
		return consumers.of(ImportEvent.class, this::imports);
	}

	@Bean
	Consumer<List<ConsumerRecord<String, byte[]>>> confirmationEvents(BatchConsumers consumers) {
		return consumers.of(ConfirmationEvent.class, this::confirmations);
	}

	private void credentials(List<Received<CredentialEvent>> batch) {
		List<Mailing> asked = new ArrayList<>(batch.size());
		Map<UUID, Optional<Known>> actors = new HashMap<>();
		for (Received<CredentialEvent> received : batch) {
			switch (received.message()) {
				case CredentialsIssued e -> asked.add(mailings.credentials(
						new Cause(e.eventId(), e.occurredAt(), e.accountId(),
								new Addressee(e.username(), e.firstName(), e.lastName(), e.email()),
								received.traceparent()),
						e.sites().stream().distinct().map(Site::valueOf).toList(), e.secrets(), e.expiresAt(),
						e.origin() != null && e.origin().way().equals("import"), maker(e, actors)));
				case PasswordResetRequested e -> asked.add(mailings.passwordReset(
						new Cause(e.eventId(), e.occurredAt(), e.accountId(),
								new Addressee(e.username(), e.firstName(), e.lastName(), e.email()),
								received.traceparent()),
						Site.valueOf(e.site()), e.token(), e.expiresAt()));
				case CredentialEvent.Unrecognized _ -> {
				}
			}
		}
		dispatch(asked);
	}

	private @Nullable Maker maker(CredentialsIssued event, Map<UUID, Optional<Known>> actors) {
		if (event.organizations() == null) return null;
		Optional<Known> maker = Optional.ofNullable(event.origin()).map(UserEvent.Origin::actorId)
				.flatMap(id -> actors.computeIfAbsent(id, addressees::find));
		String name = maker.map(Known::addressee).map(it -> it.firstName() + " " + it.lastName()).orElse("");
		return new Maker(name, maker.map(Known::role).orElse(null), event.organizations());
	}

	/** One's own doing is no news to oneself, and nobody changes that of their own. */
	private Optional<Mailing> accessChanged(UserUpdated e, Received<UserEvent> received,
			Map<UUID, Optional<Known>> actors) {
		List<String> before = e.before().organizations();
		List<String> after = e.account().organizations();
		List<String> added = after.stream().filter(code -> !before.contains(code)).toList();
		List<String> removed = before.stream().filter(code -> !after.contains(code)).toList();
		if (e.before().role().equals(e.account().role()) && added.isEmpty() && removed.isEmpty())
			return Optional.empty();
		return mailings.accessChanged(cause(e, e.account(), received), e.before().role(), e.account().role(), added,
				removed, doer(e, actors));
	}

	private void users(List<Received<UserEvent>> batch) {
		addressees.keep(batch.stream().map(Received::message).filter(UserEvent.OfAccount.class::isInstance)
				.map(UserEvent.OfAccount.class::cast).map(Events::known).toList());
		List<Mailing> asked = new ArrayList<>();
		Map<UUID, Instant> ended = new HashMap<>();
		Map<String, Mailing> peers = new LinkedHashMap<>();
		Set<UUID> heldBack = ledger.heldBack(
				batch.stream().map(Received::message).filter(UserDeactivated.class::isInstance)
						.map(UserDeactivated.class::cast).filter(it -> it.origin().way().equals("import"))
						.map(UserDeactivated::accountId).toList(),
				clock.instant());
		Map<UUID, Optional<Known>> actors = new HashMap<>(); // most rows of a batch are of a few people's files
		for (Received<UserEvent> received : batch) {
			switch (received.message()) {
				case UserDeactivated e -> {
					ended.merge(e.accountId(), e.occurredAt(), Events::later);
					// By an import, only an undo does: who has not heard of the account yet need not hear of its end.
					if (!heldBack.contains(e.accountId()))
						asked.add(mailings.notice(cause(e, e.account(), received), MailKind.DEACTIVATED, null));
				}
				case UserReactivated e -> {
					asked.add(mailings.notice(cause(e, e.account(), received), MailKind.REACTIVATED, null));
					peer(e, e.account(), received, actors).ifPresent(it -> peers.putIfAbsent(it.cause(), it));
				}
				case PasswordChanged e -> asked.add(mailings.notice(cause(e, e.account(), received),
						MailKind.PASSWORD_CHANGED, Site.valueOf(e.site())));
				case EmailChanged e -> {
					ended.merge(e.accountId(), e.occurredAt(), Events::later);
					asked.add(mailings.emailChanged(cause(e, e.account(), received), e.emailBefore(), doer(e, actors)));
				}
				case ApiClientMade e -> asked.add(mailings.apiClientMade(cause(e, e.account(), received),
						e.client().name(), e.client().createdAt()));
				case ApiClientsRevoked e -> asked.add(mailings.apiClientsRevoked(cause(e, e.account(), received),
						e.clients().stream().map(UserEvent.ApiClient::name).toList()));
				// Credentials are an event of their own.
				case UserCreated e ->
					peer(e, e.account(), received, actors).ifPresent(it -> peers.putIfAbsent(it.cause(), it));
				case UserUpdated e -> {
					accessChanged(e, received, actors).ifPresent(asked::add);
					if (!e.before().role().equals(e.account().role()))
						peer(e, e.account(), received, actors).ifPresent(it -> peers.putIfAbsent(it.cause(), it));
				}
				case CredentialsRenewed e -> ended.merge(e.accountId(), e.occurredAt(), Events::later);
				case UserEvent.Unrecognized _ -> {
				}
			}
		}
		endings.keep(ended);
		asked.addAll(peers.values());
		dispatch(asked);
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private Optional<Known> actor(UserEvent.OfAccount event, Map<UUID, Optional<Known>> actors) {
		return Optional.ofNullable(event.origin().actorId())
				.flatMap(id -> actors.computeIfAbsent(id, addressees::find));
	}

	private Doer doer(UserEvent.OfAccount event, Map<UUID, Optional<Known>> actors) {
		return new Doer(event.accountId().equals(event.origin().actorId()),
				actor(event, actors).map(Known::role).orElse(null), event.origin().way());
	}

	/**
	 * The mail to whoever gave somebody their own role, or let somebody in again who has it: of the roles that they may give, it is
	 * the one that manages them.
	 */
	private Optional<Mailing> peer(UserEvent.OfAccount event, UserEvent.Account account,
			Received<UserEvent> received, Map<UUID, Optional<Known>> actors) {
		if (NEVER_UPLOAD.contains(account.role())) return Optional.empty(); // nor do they manage anybody
		return actor(event, actors).filter(it -> account.role().equals(it.role())).flatMap(
				maker -> Optional.ofNullable(maker.addressee()).map(to -> mailings.peerAdded(
						new Cause(event.eventId(), event.occurredAt(), maker.accountId(), to, received.traceparent()),
						account.firstName(), account.lastName(), event.origin().way())));
	}

	private static Known known(UserEvent.OfAccount event) {
		UserEvent.Account account = account(event);
		boolean uploads = !NEVER_UPLOAD.contains(account.role()) && account.status().equals("active");
		return new Known(event.accountId(), uploads ? addressee(account) : null, uploads ? account.role() : null);
	}

	private static UserEvent.Account account(UserEvent.OfAccount event) {
		return switch (event) {
			case UserCreated e -> e.account();
			case UserUpdated e -> e.account();
			case UserDeactivated e -> e.account();
			case UserReactivated e -> e.account();
			case PasswordChanged e -> e.account();
			case EmailChanged e -> e.account();
			case CredentialsRenewed e -> e.account();
			case ApiClientMade e -> e.account();
			case ApiClientsRevoked e -> e.account();
		};
	}

	private void imports(List<Received<ImportEvent>> batch) {
		List<Mailing> asked = new ArrayList<>();
		for (Received<ImportEvent> received : batch) {
			switch (received.message()) {
				case ImportCompleted e -> completed(e, received).ifPresent(asked::add);
				case ImportEvent.Unrecognized _ -> {
				}
			}
		}
		dispatch(asked);
	}

	private void confirmations(List<Received<ConfirmationEvent>> batch) {
		List<Mailing> asked = new ArrayList<>();
		for (Received<ConfirmationEvent> received : batch) {
			switch (received.message()) {
				case ReminderDue e -> reminder(e, received).ifPresent(asked::add);
				case ConfirmationEvent.OfConfirmation _,ConfirmationEvent.AccountConfirmed _,ConfirmationEvent.Unrecognized _ ->
					{
					}
			}
		}
		dispatch(asked);
	}

	private Optional<Mailing> reminder(ReminderDue e, Received<ConfirmationEvent> received) {
		// As with imports: to be replayed when somebody has told us of her.
		Known coordinator = addressees.find(e.accountId())
				.orElseThrow(() -> new IllegalStateException("the coordinator to be reminded is not known"));
		return Optional.ofNullable(coordinator.addressee()).map(to -> mailings.confirmationDue(
				new Cause(e.eventId(), e.occurredAt(), e.accountId(), to, received.traceparent()), e.confirmationId(),
				e.confirmation(), e.deadline(), e.open()));
	}

	private Optional<Mailing> completed(ImportCompleted e, Received<ImportEvent> received) {
		if (!mailings.isWorthTelling(e.submittedAt(), e.occurredAt())) return Optional.empty();
		// An account that nobody ever told us of is a dead letter, to be replayed when somebody has.
		Known submitter = addressees.find(e.submitterId())
				.orElseThrow(() -> new IllegalStateException("the submitter of an import is not known"));
		Addressee to = submitter.addressee();
		if (to == null) return Optional.empty();
		return Optional.of(mailings.importCompleted(new Cause(e.eventId(), e.occurredAt(), e.submitterId(),
				to, received.traceparent()), e.importId(), e.fileName(), e.message()));
	}

	private static Cause cause(UserEvent.OfAccount event, UserEvent.Account account, Received<UserEvent> received) {
		return new Cause(event.eventId(), event.occurredAt(), event.accountId(),
				addressee(account), received.traceparent());
	}

	private static Addressee addressee(UserEvent.Account account) {
		return new Addressee(account.username(), account.firstName(), account.lastName(), account.email());
	}

	private void dispatch(List<Mailing> asked) {
		if (asked.isEmpty()) return;
		dispatcher.dispatch(asked);
		LOG.info("{} mailings recorded", asked.size());
	}
}
