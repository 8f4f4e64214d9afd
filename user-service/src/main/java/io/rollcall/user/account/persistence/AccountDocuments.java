package io.rollcall.user.account.persistence;

import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.MailBudget;
import io.rollcall.user.account.profile.Address;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.PhoneNumber;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.PasswordReset;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.Level;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Role;

/**
 * An account as a document:
 *
 * <pre>
 * { _id: "username in lower case", accountId, username, firstName, lastName, email, role, status,
 *   organizations: [{code, level, district}], scope: [codes of the organizations and of their districts],
 *   programs, phone, fax, address, credentials: {PORTAL: {...}, TRAINING: {...}}, issue: "the event that sent them",
 *   resets: [{site, sha256, expiresAt}], emailChanges, passwordChanges: [when in the last day],
 *   credentialsBy, reactivationsBy: [{at: when in the last day, by: the account that did it}],
 *   emailBeforeChanges: the address from before those changes,
 *   changedAt: {FIELD: when its last change was asked for},
 *   apiClients: [{clientId, name, sha256, createdAt, revokedAt, madeFor: [codes]}], apiClientUses: {"number of a client": when it last had a token},
 *   version, createdAt, updatedAt, deactivatedAt,
 *   applied: [the last rows and requests with their outcomes], outbox: [events not yet published] }
 * </pre>
 */
final class AccountDocuments {
	private AccountDocuments() {}

	/** Where it stands when API clients were used: no write of an account sets it. */
	static final String USES = "apiClientUses";

	/** Everything but the key, the outbox, the applied causes and the uses: what each write sets. */
	static Document state(Account account) {
		Profile profile = account.profile();
		List<Organization> organizations = profile.organizations();
		var state = new Document("accountId", account.id()).append("username", profile.username().value())
				.append("firstName", profile.firstName().value()).append("lastName", profile.lastName().value())
				.append("email", profile.email().value()).append("role", profile.role().name())
				.append("status", account.status().name().toLowerCase(Locale.ROOT))
				.append("organizations",
						organizations.stream()
								.map(it -> new Document("code", it.code())
										.append("level", it.level().name().toLowerCase(Locale.ROOT))
										.append("district", it.district()))
								.toList())
				.append("scope",
						organizations.stream().flatMap(it -> Stream.of(it.code(), it.district())).distinct().toList())
				.append("programs", profile.programs())
				.append("phone", profile.phone() == null ? null : profile.phone().value())
				.append("fax", profile.fax() == null ? null : profile.fax().value())
				.append("address", profile.address() == null ? null : profile.address().value())
				.append("credentials", credentials(account.credentials())).append("issue", account.issue().orElse(null))
				.append("resets", account.resets().stream()
						.map(it -> new Document("site", it.site().name()).append("sha256", it.sha256())
								.append("expiresAt", Date.from(it.expiresAt())))
						.toList())
				.append("emailBeforeChanges", account.emailBeforeChanges().map(EmailAddress::value).orElse(null))
				.append("changedAt", changedAt(account.changedAt()))
				.append("version", account.version())
				.append("deactivatedAt", account.deactivatedAt().map(Date::from).orElse(null))
				.append("createdAt", Date.from(account.createdAt()))
				.append("updatedAt", Date.from(account.updatedAt()));
		for (MailBudget.Item item : MailBudget.Item.values()) {
			List<MailBudget.Spent> times = account.mailed(item);
			if (!times.isEmpty()) state.append(field(item), times.stream().map(it -> spent(item, it)).toList());
		}
		// Next to no account has one, and whichever has one keeps it.
		if (!account.apiClients().isEmpty()) {
			state.append("apiClients", account.apiClients().stream().map(AccountDocuments::apiClient).toList());
		}
		return state;
	}

	static Account read(Document document) {
		var profile = new Profile(new Username(document.getString("username")),
				FirstName.stored(document.getString("firstName")), LastName.stored(document.getString("lastName")),
				new EmailAddress(document.getString("email")), Role.valueOf(document.getString("role")),
				document.getList("organizations", Document.class).stream().map(AccountDocuments::organization).toList(),
				document.getList("programs", String.class), phone(document.getString("phone")),
				phone(document.getString("fax")),
				document.getString("address") == null ? null : Address.stored(document.getString("address")));
		return Account.restore(document.get("accountId", UUID.class), profile,
				Account.Status.valueOf(document.getString("status").toUpperCase(Locale.ROOT)),
				credentials(document.get("credentials", Document.class)), document.getString("issue"),
				document.getLong("version"),
				document.getDate("createdAt").toInstant(), document.getDate("updatedAt").toInstant(),
				instant(document.getDate("deactivatedAt")),
				document.getList("resets", Document.class, List.of()).stream()
						.map(it -> new PasswordReset(Site.valueOf(it.getString("site")), it.getString("sha256"),
								it.getDate("expiresAt").toInstant()))
						.toList(),
				mails(document),
				document.getString("emailBeforeChanges") == null
						? null
						: new EmailAddress(document.getString("emailBeforeChanges")),
				changedAt(document),
				apiClients(document, profile),
				document.getList("applied", Document.class, List.of()).stream()
						.map(it -> applied(it, document.getDate("updatedAt"))).toList());
	}

	private static String field(MailBudget.Item item) {
		return switch (item) {
			case EMAIL_CHANGE -> "emailChanges";
			case EMAIL_CHANGE_BY_ONE -> "emailChangesByOne";
			// Of other names in older releases, which did not write by whom: those count for nobody.
			case CREDENTIALS -> "credentialsBy";
			case REACTIVATION -> "reactivationsBy";
			case PASSWORD_CHANGE -> "passwordChanges";
		};
	}

	private static Map<MailBudget.Item, List<MailBudget.Spent>> mails(Document account) {
		Map<MailBudget.Item, List<MailBudget.Spent>> mails = new EnumMap<>(MailBudget.Item.class);
		for (MailBudget.Item item : MailBudget.Item.values()) {
			List<Object> times = account.getList(field(item), Object.class);
			if (times != null) mails.put(item, times.stream().map(AccountDocuments::spent).toList());
		}
		return mails;
	}

	private static Object spent(MailBudget.Item item, MailBudget.Spent spent) {
		Date at = Date.from(spent.at());
		return item.isByActor() ? new Document("at", at).append("by", spent.by()) : at;
	}

	private static MailBudget.Spent spent(Object stored) {
		return stored instanceof Document it
				? new MailBudget.Spent(it.getDate("at").toInstant(), it.get("by", UUID.class))
				: new MailBudget.Spent(((Date) stored).toInstant(), null);
	}

	private static Document apiClient(ApiClient client) {
		return new Document("clientId", client.clientId()).append("name", client.name())
				.append("sha256", client.secretSha256()).append("createdAt", Date.from(client.createdAt()))
				.append("revokedAt", client.revokedAt() == null ? null : Date.from(client.revokedAt()))
				.append("madeFor", client.madeFor().stream().sorted().toList());
	}

	/** One of before it was kept what they were made for is taken for made where the account is. */
	private static List<ApiClient> apiClients(Document account, Profile profile) {
		Document uses = account.get(USES, new Document());
		List<String> now = profile.organizations().stream().map(Organization::code).toList();
		return account.getList("apiClients", Document.class, List.of()).stream().map(it -> {
			var client = new ApiClient(it.getString("clientId"), it.getString("name"), it.getString("sha256"),
					Set.copyOf(it.getList("madeFor", String.class, now)), it.getDate("createdAt").toInstant(), null,
					instant(it.getDate("revokedAt")));
			return client.lastUsed(instant(uses.getDate(client.number())));
		}).toList();
	}

	private static Document changedAt(Map<Field, Instant> changed) {
		var document = new Document();
		changed.forEach((field, at) -> document.append(field.name(), Date.from(at)));
		return document;
	}

	/** What only older releases wrote may have changed in any field, but in none later than it was written. */
	private static Map<Field, Instant> changedAt(Document document) {
		Document stored = document.get("changedAt", Document.class);
		Map<Field, Instant> changed = new EnumMap<>(Field.class);
		for (Field field : Field.values()) {
			Date at = stored == null ? document.getDate("updatedAt") : stored.getDate(field.name());
			if (at != null) changed.put(field, at.toInstant());
		}
		return changed;
	}

	private static @Nullable PhoneNumber phone(@Nullable String value) {
		return value == null ? null : new PhoneNumber(value);
	}

	private static Organization organization(Document document) {
		return new Organization(document.getString("code"),
				Level.valueOf(document.getString("level").toUpperCase(Locale.ROOT)), document.getString("district"));
	}

	private static Document credentials(Map<Site, Credential> credentials) {
		var document = new Document();
		credentials.forEach((site, credential) -> document.append(site.name(), switch (credential) {
			case Credential.Generated it -> new Document("kind", "generated").append("sha256", it.sha256())
					.append("issuedAt", Date.from(it.issuedAt())).append("expiresAt", Date.from(it.expiresAt()))
					.append("usedAt", it.usedAt() == null ? null : Date.from(it.usedAt()))
					.append("usedBy", it.usedBy())
					.append("lastOwn", it.lastOwn());
			case Credential.Own it -> new Document("kind", "own").append("hash", it.hash())
					.append("setAt", Date.from(it.setAt())).append("lastGenerated", it.lastGenerated());
		}));
		return document;
	}

	private static Map<Site, Credential> credentials(Document document) {
		Map<Site, Credential> credentials = new EnumMap<>(Site.class);
		for (Site site : Site.values()) {
			Document it = document.get(site.name(), Document.class);
			if (it == null) continue;
			credentials.put(site,
					it.getString("kind").equals("own")
							? new Credential.Own(it.getString("hash"), it.getDate("setAt").toInstant(),
									it.getString("lastGenerated"))
							: new Credential.Generated(it.getString("sha256"), it.getDate("issuedAt").toInstant(),
									it.getDate("expiresAt").toInstant(), instant(it.getDate("usedAt")),
									it.getString("usedBy"),
									it.getString("lastOwn")));
		}
		return credentials;
	}

	private static @Nullable Instant instant(@Nullable Date date) {
		return date == null ? null : date.toInstant();
	}

	static Document applied(Account.Applied applied) {
		var document = new Document("cause", applied.causeId()).append("at", Date.from(applied.at()))
				.append("created", applied.created()).append("changes",
						applied.changes().stream().map(change -> new Document("field", change.field().name())
								.append("before", change.before()).append("after", change.after())).toList());
		return applied.credentialsSent().isEmpty()
				? document
				: document.append("credentialsSent", applied.credentialsSent().stream().map(Site::name).toList());
	}

	/** @param latest when it was applied at the latest: older releases did not write when */
	private static Account.Applied applied(Document document, Date latest) {
		return new Account.Applied(document.getString("cause"), document.get("at", latest).toInstant(),
				document.getBoolean("created"),
				document.getList("changes", Document.class).stream()
						.map(it -> new Profile.Change(Field.valueOf(it.getString("field")), it.getString("before"),
								it.getString("after")))
						.toList(),
				document.getList("credentialsSent", String.class, List.of()).stream().map(Site::valueOf)
						.collect(Collectors.toCollection(() -> EnumSet.noneOf(Site.class))));
	}

	static Document pending(CloudEvent event) {
		return new Document("id", event.id()).append("topic", event.topic()).append("key", event.key())
				.append("type", event.type()).append("subject", event.subject())
				.append("time", Date.from(event.time())).append("traceparent", event.traceparent())
				.append("body", new Binary(event.body()));
	}

	static CloudEvent pending(Document document) {
		return new CloudEvent(document.getString("topic"), document.getString("key"), document.getString("id"),
				document.getString("type"), document.getString("subject"), document.getDate("time").toInstant(),
				document.getString("traceparent"), document.get("body", Binary.class).getData());
	}
}
