package io.rollcall.user.account.persistence;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.mapping.MongoId;

import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.ApiClients;
import io.rollcall.user.account.Credentials;
import io.rollcall.user.account.Lifetime;
import io.rollcall.user.account.MailBudget;
import io.rollcall.user.account.Memory;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.PasswordReset;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.Level;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Role;

import static io.rollcall.user.account.profile.Field.ADDRESS;
import static io.rollcall.user.account.profile.Field.FAX;
import static io.rollcall.user.account.profile.Field.PHONE;
import static org.springframework.data.mongodb.core.mapping.Field.Write.ALWAYS;

/**
 * An account as it is stored. What is null is stored as null where there is {@code ALWAYS}, and is absent elsewhere.
 *
 * @param key the username in lower case
 * @param status in lower case
 * @param scope codes of the organizations and of their districts
 * @param issue the event that sent the latest passwords
 * @param resets absent in what the first releases wrote, as {@code changedAt} is
 * @param emailBeforeChanges the address from before the changes of the last day
 * @param changedAt when the last change of a field was asked for; a newer release may know fields that this one does not
 * @param emailChanges when in the last day, as {@code passwordChanges} (at the Portal) and {@code trainingPasswordChanges}
 * @param emailChangesByOne when in the last day, and by whom, as {@code credentialsBy} and {@code reactivationsBy}
 * @param credentialsBy of another name in older releases, which did not write by whom: those count for nobody; so {@code reactivationsBy}
 * @param apiClients absent where there never was one
 * @param applied the last rows and requests with their outcomes
 * @param outbox events not yet published
 * @param apiClientUses when each client, by its number, last had a token: no write of an account sets it
 */
@Document("accounts")
record AccountDocument(@MongoId String key, UUID accountId, String username, String firstName, String lastName,
		String email, Role role, String status, List<OrganizationPart> organizations, List<String> scope,
		List<String> programs, @Field(write = ALWAYS) @Nullable String phone,
		@Field(write = ALWAYS) @Nullable String fax, @Field(write = ALWAYS) @Nullable String address,
		Map<Site, CredentialPart> credentials, @Field(write = ALWAYS) @Nullable String issue,
		@Nullable List<ResetPart> resets, @Field(write = ALWAYS) @Nullable String emailBeforeChanges,
		@Nullable Map<String, Instant> changedAt, long version,
		@Field(write = ALWAYS) @Nullable Instant deactivatedAt, Instant createdAt, Instant updatedAt,
		@Nullable List<Instant> emailChanges, @Nullable List<SpentPart> emailChangesByOne,
		@Nullable List<SpentPart> credentialsBy,
		@Nullable List<SpentPart> reactivationsBy, @Nullable List<Instant> passwordChanges,
		@Nullable List<Instant> trainingPasswordChanges,
		@Nullable List<ApiClientPart> apiClients, @Nullable List<AppliedPart> applied,
		@Nullable List<PendingPart> outbox, @Nullable Map<String, Instant> apiClientUses) {
	/** @param events what the account owes the world for what happened to it */
	static AccountDocument of(Account it, List<CloudEvent> events) {
		Profile profile = it.profile();
		List<Organization> organizations = profile.organizations();
		Lifetime lifetime = it.lifetime();
		Credentials credentials = it.credentials();
		MailBudget mails = it.mails();
		List<ApiClient> clients = it.apiClients().kept();
		return new AccountDocument(profile.username().key(), it.id(), profile.username().value(),
				profile.firstName().value(), profile.lastName().value(), profile.email().value(), profile.role(),
				lifetime.status().name().toLowerCase(Locale.ROOT), map(organizations, OrganizationPart::of),
				organizations.stream().flatMap(one -> Stream.of(one.code(), one.district())).distinct().toList(),
				profile.programs(), profile.details().get(PHONE), profile.details().get(FAX),
				profile.details().get(ADDRESS), credentials(credentials), credentials.issue().orElse(null),
				map(credentials.resets(), ResetPart::of),
				mails.emailBeforeChanges().map(EmailAddress::value).orElse(null), changedAt(it.memory()),
				lifetime.version(), lifetime.deactivatedAt(), lifetime.createdAt(), lifetime.updatedAt(),
				spent(mails, MailBudget.Item.EMAIL_CHANGE, MailBudget.Spent::at),
				spent(mails, MailBudget.Item.EMAIL_CHANGE_BY_ONE, SpentPart::of),
				spent(mails, MailBudget.Item.CREDENTIALS, SpentPart::of),
				spent(mails, MailBudget.Item.REACTIVATION, SpentPart::of),
				spent(mails, MailBudget.Item.PASSWORD_CHANGE, MailBudget.Spent::at),
				spent(mails, MailBudget.Item.TRAINING_PASSWORD_CHANGE, MailBudget.Spent::at),
				clients.isEmpty() ? null : map(clients, ApiClientPart::of),
				map(it.memory().newlyApplied(), AppliedPart::of), map(events, PendingPart::of), null);
	}

	private static Map<Site, CredentialPart> credentials(Credentials credentials) {
		Map<Site, CredentialPart> parts = new EnumMap<>(Site.class);
		credentials.bySite().forEach((site, credential) -> parts.put(site, CredentialPart.of(credential)));
		return parts;
	}

	private static Map<String, Instant> changedAt(Memory memory) {
		Map<String, Instant> changedAt = new LinkedHashMap<>();
		memory.changedAt().forEach((field, at) -> changedAt.put(field.name(), at));
		return changedAt;
	}

	private static <T> @Nullable List<T> spent(MailBudget mails, MailBudget.Item item,
			Function<MailBudget.Spent, T> part) {
		List<MailBudget.Spent> times = mails.times(item);
		return times.isEmpty() ? null : map(times, part);
	}

	static <F, T> List<T> map(@Nullable List<F> from, Function<F, T> to) {
		return from == null ? List.of() : from.stream().map(to).toList();
	}

	Account account() {
		var profile = new Profile(new Username(username), FirstName.stored(firstName), LastName.stored(lastName),
				new EmailAddress(email), role, map(organizations, OrganizationPart::organization), programs,
				details());
		Map<Site, Credential> own = new EnumMap<>(Site.class);
		credentials.forEach((site, part) -> own.put(site, part.credential()));
		var lifetime = new Lifetime(Lifetime.Status.valueOf(status.toUpperCase(Locale.ROOT)), version, createdAt,
				updatedAt,
				deactivatedAt);
		return new Account(accountId, profile, lifetime, new Credentials(own, map(resets, ResetPart::reset), issue),
				new MailBudget(mails(), emailBeforeChanges == null ? null : new EmailAddress(emailBeforeChanges)),
				new ApiClients(clients()), new Memory(map(applied, it -> it.applied(updatedAt)), lastChanges()));
	}

	private Map<io.rollcall.user.account.profile.Field, String> details() {
		Map<io.rollcall.user.account.profile.Field, String> details = new EnumMap<>(
				io.rollcall.user.account.profile.Field.class);
		if (phone != null) details.put(PHONE, PHONE.stored(phone));
		if (fax != null) details.put(FAX, FAX.stored(fax));
		if (address != null) details.put(ADDRESS, ADDRESS.stored(address));
		return details;
	}

	private Map<MailBudget.Item, List<MailBudget.Spent>> mails() {
		Map<MailBudget.Item, List<MailBudget.Spent>> mails = new EnumMap<>(MailBudget.Item.class);
		mails.put(MailBudget.Item.EMAIL_CHANGE, byAnybody(emailChanges));
		mails.put(MailBudget.Item.EMAIL_CHANGE_BY_ONE, map(emailChangesByOne, SpentPart::spent));
		mails.put(MailBudget.Item.CREDENTIALS, map(credentialsBy, SpentPart::spent));
		mails.put(MailBudget.Item.REACTIVATION, map(reactivationsBy, SpentPart::spent));
		mails.put(MailBudget.Item.PASSWORD_CHANGE, byAnybody(passwordChanges));
		mails.put(MailBudget.Item.TRAINING_PASSWORD_CHANGE, byAnybody(trainingPasswordChanges));
		return mails;
	}

	private static List<MailBudget.Spent> byAnybody(@Nullable List<Instant> times) {
		return map(times, at -> new MailBudget.Spent(at, null));
	}

	/** What only older releases wrote may have changed in any field, but in none later than it was written. */
	private Map<io.rollcall.user.account.profile.Field, Instant> lastChanges() {
		Map<io.rollcall.user.account.profile.Field, Instant> changes = new EnumMap<>(
				io.rollcall.user.account.profile.Field.class);
		for (var field : io.rollcall.user.account.profile.Field.values()) {
			Instant at = changedAt == null ? updatedAt : changedAt.get(field.name());
			if (at != null) changes.put(field, at);
		}
		return changes;
	}

	private List<ApiClient> clients() {
		Map<String, Instant> uses = apiClientUses == null ? Map.of() : apiClientUses;
		Set<String> here = organizations.stream().map(OrganizationPart::code).collect(Collectors.toUnmodifiableSet());
		return map(apiClients, part -> {
			ApiClient client = part.client(here);
			return client.lastUsed(uses.get(client.number()));
		});
	}

	record OrganizationPart(String code, String level, String district) {
		static OrganizationPart of(Organization it) {
			return new OrganizationPart(it.code(), it.level().name().toLowerCase(Locale.ROOT), it.district());
		}

		Organization organization() {
			return new Organization(code, Level.valueOf(level.toUpperCase(Locale.ROOT)), district);
		}
	}

	sealed interface CredentialPart {
		Credential credential();

		static CredentialPart of(Credential credential) {
			return switch (credential) {
				case Credential.Generated it -> new Generated(it.sha256(), it.issuedAt(), it.expiresAt(), it.usedAt(),
						it.usedBy(), it.lastOwn());
				case Credential.Own it -> new Own(it.hash(), it.setAt(), it.lastGenerated());
			};
		}

		@TypeAlias("generated")
		record Generated(String sha256, Instant issuedAt, Instant expiresAt,
				@Field(write = ALWAYS) @Nullable Instant usedAt, @Field(write = ALWAYS) @Nullable String usedBy,
				@Field(write = ALWAYS) @Nullable String lastOwn) implements CredentialPart {
			@Override
			public Credential credential() {
				return new Credential.Generated(sha256, issuedAt, expiresAt, usedAt, usedBy, lastOwn);
			}
		}

		@TypeAlias("own")
		record Own(String hash, Instant setAt,
				@Field(write = ALWAYS) @Nullable String lastGenerated) implements CredentialPart {
			@Override
			public Credential credential() {
				return new Credential.Own(hash, setAt, lastGenerated);
			}
		}
	}

	record ResetPart(Site site, String sha256, Instant expiresAt) {
		static ResetPart of(PasswordReset it) {
			return new ResetPart(it.site(), it.sha256(), it.expiresAt());
		}

		PasswordReset reset() {
			return new PasswordReset(site, sha256, expiresAt);
		}
	}

	record SpentPart(Instant at, @Field(write = ALWAYS) @Nullable UUID by) {
		static SpentPart of(MailBudget.Spent it) {
			return new SpentPart(it.at(), it.by());
		}

		MailBudget.Spent spent() {
			return new MailBudget.Spent(at, by);
		}
	}

	/** @param madeFor absent in what was written before that was kept: then where the account is */
	record ApiClientPart(String clientId, String name, String sha256, Instant createdAt,
			@Field(write = ALWAYS) @Nullable Instant revokedAt, @Nullable List<String> madeFor) {
		static ApiClientPart of(ApiClient it) {
			return new ApiClientPart(it.clientId(), it.name(), it.secretSha256(), it.createdAt(), it.revokedAt(),
					it.madeFor().stream().sorted().toList());
		}

		ApiClient client(Set<String> here) {
			return new ApiClient(clientId, name, sha256, madeFor == null ? here : Set.copyOf(madeFor), createdAt, null,
					revokedAt);
		}
	}

	/** @param eventId called {@code id} there; a property of that name would be stored as {@code _id} */
	record PendingPart(@Field("id") String eventId, String topic, String key, String type, String subject, Instant time,
			@Field(write = ALWAYS) @Nullable String traceparent, byte[] body) {
		static PendingPart of(CloudEvent it) {
			return new PendingPart(it.id(), it.topic(), it.key(), it.type(), it.subject(), it.time(), it.traceparent(),
					it.body());
		}

		CloudEvent event() {
			return new CloudEvent(topic, key, eventId, type, subject, time, traceparent, body);
		}
	}
}
