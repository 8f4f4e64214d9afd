package io.rollcall.platform.messaging;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.ConfirmationEvent;
import io.rollcall.contracts.CredentialEvent;
import io.rollcall.contracts.DeliveryEvent;
import io.rollcall.contracts.ImportEvent;
import io.rollcall.contracts.OrganizationEvent;
import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserCommand;
import io.rollcall.contracts.UserCommandResult;
import io.rollcall.contracts.UserEvent;

/** Writes each contract as the {@link CloudEvent} that its topic expects: id, key and subject follow from the type. */
public final class CloudEvents {
	private static final Map<Class<?>, String> TYPE_NAMES = new ConcurrentHashMap<>();

	private final JsonMapper json;

	public CloudEvents(JsonMapper json) {
		this.json = json;
	}

	/** @param key the normalised username, which orders the commands of one person */
	public CloudEvent of(UserCommand command, String key, Instant time, @Nullable String traceparent) {
		return event(Topics.USER_COMMANDS, key, command.commandId(), command, command.importId().toString(), time,
				traceparent);
	}

	public CloudEvent of(UserCommandResult.OfRow result, Instant time, @Nullable String traceparent) {
		String importId = result.importId().toString();
		return event(Topics.USER_COMMAND_RESULTS, importId, result.commandId() + "/result", result, importId, time,
				traceparent);
	}

	public CloudEvent of(UserEvent.OfAccount event, @Nullable String traceparent) {
		String account = event.accountId().toString();
		return event(Topics.USER_EVENTS, account, event.eventId(), event, account, event.occurredAt(), traceparent);
	}

	public CloudEvent of(CredentialEvent.OfAccount event, @Nullable String traceparent) {
		String account = event.accountId().toString();
		return event(Topics.CREDENTIAL_EVENTS, account, event.eventId(), event, account, event.occurredAt(),
				traceparent);
	}

	public CloudEvent of(DeliveryEvent.OfMail event, @Nullable String traceparent) {
		String account = event.accountId().toString();
		return event(Topics.DELIVERY_EVENTS, account, event.eventId(), event, account, event.occurredAt(), traceparent);
	}

	public CloudEvent of(ImportEvent.ImportCompleted event, @Nullable String traceparent) {
		String importId = event.importId().toString();
		return event(Topics.IMPORT_EVENTS, importId, event.eventId(), event, importId, event.occurredAt(), traceparent);
	}

	public CloudEvent of(OrganizationEvent.OrganizationChanged event) {
		return event(Topics.ORGANIZATION_EVENTS, event.code(), event.eventId(), event, event.code(), event.occurredAt(),
				null);
	}

	public CloudEvent of(ConfirmationEvent.OfConfirmation event, @Nullable String traceparent) {
		String confirmation = event.confirmationId().toString();
		return event(Topics.CONFIRMATION_EVENTS, confirmation, event.eventId(), event, confirmation,
				event.occurredAt(), traceparent);
	}

	public CloudEvent of(ConfirmationEvent.OfAccount event, @Nullable String traceparent) {
		String account = event.accountId().toString();
		return event(Topics.CONFIRMATION_EVENTS, account, event.eventId(), event, account, event.occurredAt(),
				traceparent);
	}

	private CloudEvent event(String topic, String key, String id, Object body, String subject, Instant time,
			@Nullable String traceparent) {
		return new CloudEvent(topic, key, id, typeName(body.getClass()), subject, time, traceparent,
				json.writeValueAsBytes(body));
	}

	private static String typeName(Class<?> type) {
		return TYPE_NAMES.computeIfAbsent(type, t -> t.getAnnotation(JsonTypeName.class).value());
	}
}
