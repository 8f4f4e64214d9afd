package io.rollcall.user.history.persistence;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.mapping.MongoId;

import io.rollcall.user.history.Entry;

import static org.springframework.data.mongodb.core.mapping.Field.Write.ALWAYS;

/**
 * An entry of the history as it is stored: inserted once, never changed, never deleted.
 *
 * @param step orders what happened in one version
 * @param apiClients absent in what was written before there were any
 * @param confirmed absent but in an entry of a confirmation
 */
@Document("history")
record EntryDocument(@MongoId String event, UUID accountId, long version, int step, Entry.What what, Instant at,
		String way, @Field(write = ALWAYS) @Nullable UUID by, @Field(write = ALWAYS) @Nullable UUID importId,
		@Field(write = ALWAYS) @Nullable Integer recordNumber, @Field(write = ALWAYS) @Nullable String clientId,
		List<String> sites, List<ChangePart> changes, @Nullable List<ClientPart> apiClients,
		@Nullable ConfirmedPart confirmed) {
	record ChangePart(io.rollcall.user.account.profile.Field field, String before, String after) {}

	record ClientPart(String clientId, String name) {}

	record ConfirmedPart(UUID confirmationId, String name, String decision, @Nullable String before) {
		static @Nullable ConfirmedPart of(Entry.@Nullable Confirmed it) {
			return it == null ? null : new ConfirmedPart(it.confirmationId(), it.name(), it.decision(), it.before());
		}

		Entry.Confirmed confirmed() {
			return new Entry.Confirmed(confirmationId, name, decision, before);
		}
	}

	static EntryDocument of(Entry entry) {
		Entry.By by = entry.by();
		return new EntryDocument(entry.id(), entry.accountId(), entry.version(), entry.what().ordinal(), entry.what(),
				entry.at(), by.way(), by.accountId(), by.importId(), by.recordNumber(), by.clientId(), entry.sites(),
				entry.changes().stream().map(it -> new ChangePart(it.field(), it.before(), it.after())).toList(),
				entry.apiClients().stream().map(it -> new ClientPart(it.clientId(), it.name())).toList(),
				ConfirmedPart.of(entry.confirmed()));
	}

	Entry entry() {
		return new Entry(event, accountId, version, what, at, new Entry.By(way, by, importId, recordNumber, clientId),
				changes.stream().map(it -> new Entry.Change(it.field, it.before, it.after)).toList(), sites,
				apiClients == null
						? List.of()
						: apiClients.stream().map(it -> new Entry.Client(it.clientId, it.name)).toList(),
				confirmed == null ? null : confirmed.confirmed());
	}
}
