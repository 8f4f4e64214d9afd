package io.rollcall.user.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import org.jspecify.annotations.Nullable;

import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.Lifetime;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.Site;
import io.rollcall.user.delivery.Delivery;
import io.rollcall.user.roster.PortalPassword;

import static io.rollcall.user.account.profile.Field.ADDRESS;
import static io.rollcall.user.account.profile.Field.FAX;
import static io.rollcall.user.account.profile.Field.PHONE;

/** An account in JSON: as it is asked for and as it is answered. The names of its fields are those of {@link Field#id}. */
final class AccountJson {
	private AccountJson() {}

	/**
	 * A filled-in form. What is missing is blank: in a change it clears phone, fax, address, and means all programs.
	 *
	 * @param currentPassword of who fills it in, where that is asked for; no part of what is written down
	 */
	record AccountRequest(@Nullable String username, @Nullable String firstName, @Nullable String lastName,
			@Nullable String email, @Nullable String role, @Nullable List<@Nullable String> organizations,
			@Nullable List<@Nullable String> programs, @Nullable String phone, @Nullable String fax,
			@Nullable String address, @JsonProperty(access = Access.WRITE_ONLY) @Nullable String currentPassword) {
		Draft draft() {
			Map<Field, String> texts = new EnumMap<>(Field.class);
			Map<Field, List<String>> lists = new EnumMap<>(Field.class);
			for (Field field : Field.values()) {
				switch (field) {
					case USERNAME -> texts.put(field, text(username));
					case FIRST_NAME -> texts.put(field, text(firstName));
					case LAST_NAME -> texts.put(field, text(lastName));
					case EMAIL -> texts.put(field, text(email));
					case ROLE -> texts.put(field, text(role));
					case ORGANIZATIONS -> lists.put(field, list(organizations));
					case PROGRAMS -> lists.put(field, list(programs));
					case PHONE -> texts.put(field, text(phone));
					case FAX -> texts.put(field, text(fax));
					case ADDRESS -> texts.put(field, text(address));
				}
			}
			return Draft.form(texts, lists);
		}

		private static String text(@Nullable String text) {
			return text == null ? "" : text;
		}

		/** An element that is null is one that nobody has. */
		private static List<String> list(@Nullable List<@Nullable String> elements) {
			return elements == null ? List.of() : elements.stream().map(AccountRequest::text).toList();
		}
	}

	/**
	 * A form as one filled it in, or an answer as one read it and changed a field of it. Of what only an answer has, {@code id} and
	 * {@code status} must be what they are, since nobody is to believe that they were changed; the rest says what became of something
	 * and is passed over.
	 */
	record ChangeRequest(@Nullable String username, @Nullable String firstName, @Nullable String lastName,
			@Nullable String email, @Nullable String role, @Nullable List<@Nullable String> organizations,
			@Nullable List<@Nullable String> programs, @Nullable String phone, @Nullable String fax,
			@Nullable String address, @Nullable UUID id, @Nullable String status,
			@Nullable Map<String, CredentialResponse> credentials, @Nullable Instant createdAt,
			@Nullable Instant updatedAt, @Nullable String portalPassword, @Nullable Boolean neverSignedIn,
			@Nullable Instant lastSignedInAt, @Nullable Instant deactivatedAt, @Nullable List<String> credentialsSent,
			@JsonProperty(access = Access.WRITE_ONLY) @Nullable String currentPassword) {
		AccountRequest form() {
			return new AccountRequest(username, firstName, lastName, email, role, organizations, programs, phone, fax,
					address, currentPassword);
		}

		/** What is to be otherwise than it is, and cannot be changed so. */
		List<FieldError> errors(Account account) {
			List<FieldError> errors = new ArrayList<>();
			if (id != null && !id.equals(account.id())) {
				errors.add(new FieldError("id", "not-changeable", "The id of an account never changes"));
			}
			if (status != null && !status.equals(account.lifetime().status().name().toLowerCase(Locale.ROOT))) {
				errors.add(new FieldError("status", "not-changeable",
						"This form does not change the status. Deactivate or reactivate the account instead"));
			}
			return errors;
		}
	}

	/**
	 * An account over HTTP. {@code programs} empty means all programs; {@code credentials} is by site, {@code portal} and
	 * {@code training}.
	 *
	 * @param portalPassword what one signs in to the Portal with, by the names that the list filters by
	 * @param neverSignedIn whether nobody has, at either site
	 * @param lastSignedInAt at either site, as far as that is remembered
	 * @param deactivatedAt absent while it is active
	 * @param credentialsSent in the answer to a change of the address: the sites for which new passwords were sent to the new one
	 */
	record AccountResponse(UUID id, String username, String firstName, String lastName, String email, String role,
			List<String> organizations, List<String> programs, @Nullable String phone, @Nullable String fax,
			@Nullable String address, String status, Map<String, CredentialResponse> credentials, Instant createdAt,
			Instant updatedAt, String portalPassword, boolean neverSignedIn, @Nullable Instant lastSignedInAt,
			@Nullable Instant deactivatedAt, @JsonInclude(Include.NON_NULL) @Nullable List<String> credentialsSent) {
		static AccountResponse of(Account account, Delivery delivery, @Nullable Instant lastSignedInAt, Instant now,
				Set<Site> credentialsSent) {
			Profile profile = account.profile();
			Lifetime lifetime = account.lifetime();
			Map<String, CredentialResponse> credentials = new LinkedHashMap<>();
			account.credentials().bySite()
					.forEach((site, credential) -> credentials.put(site.name().toLowerCase(Locale.ROOT),
							of(credential, delivery.of(site), now)));
			return new AccountResponse(account.id(), profile.username().value(), profile.firstName().value(),
					profile.lastName().value(), profile.email().value(), profile.role().name(),
					profile.codes(), profile.programs(),
					profile.details().get(PHONE), profile.details().get(FAX), profile.details().get(ADDRESS),
					lifetime.status().name().toLowerCase(Locale.ROOT), credentials, lifetime.createdAt(),
					lifetime.updatedAt(),
					PortalPassword.of(account, now).name().toLowerCase(Locale.ROOT),
					lastSignedInAt == null && !account.isUsed(), lastSignedInAt,
					account.isActive() ? null : lifetime.deactivatedAt(), sitesOrNull(credentialsSent));
		}

		static @Nullable List<String> sitesOrNull(Set<Site> sites) {
			return sites.isEmpty() ? null : sites.stream().map(Site::name).toList();
		}

		private static CredentialResponse of(Credential credential, Delivery.OfSite delivery, Instant now) {
			return switch (credential) {
				case Credential.Own it -> new CredentialResponse("set", it.setAt(), null, null, null);
				case Credential.Generated it when it.usedAt() != null -> generated("used", it.usedAt(), null, delivery);
				case Credential.Generated it -> generated(now.isBefore(it.expiresAt()) ? "issued" : "expired",
						it.issuedAt(), it.expiresAt(), delivery);
			};
		}

		private static CredentialResponse generated(String state, Instant since, @Nullable Instant expiresAt,
				Delivery.OfSite delivery) {
			return new CredentialResponse(state, since, expiresAt, delivery.state().name().toLowerCase(Locale.ROOT),
					delivery.reason());
		}
	}

	/**
	 * What one signs in with at a site.
	 *
	 * @param state {@code issued}, {@code used}, {@code expired} (generated passwords) or {@code set} (one's own)
	 * @param delivery of a generated password: {@code queued}, {@code sent}, {@code failed} or {@code expired}
	 * @param deliveryReason why it failed, a stable code
	 */
	record CredentialResponse(String state, Instant since, @Nullable Instant expiresAt, @Nullable String delivery,
			@Nullable String deliveryReason) {}

	/**
	 * {@code passwordExpiresAt}: of the site that one is signed in to; absent when it does not expire. {@code credentialsSent}: as in
	 * {@link AccountResponse}.
	 */
	record MeResponse(UUID id, String username, String firstName, String lastName, String email, @Nullable String phone,
			@Nullable String fax, @Nullable String address, String role, String roleTitle, List<String> organizations,
			List<String> permissions, @Nullable String site, @Nullable Instant passwordExpiresAt,
			@JsonInclude(Include.NON_NULL) @Nullable List<String> credentialsSent) {
		static MeResponse of(Account account, List<String> permissions, @Nullable String site,
				@Nullable Instant passwordExpiresAt, Set<Site> credentialsSent) {
			Profile profile = account.profile();
			return new MeResponse(account.id(), profile.username().value(), profile.firstName().value(),
					profile.lastName().value(), profile.email().value(), profile.details().get(PHONE),
					profile.details().get(FAX), profile.details().get(ADDRESS), profile.role().name(),
					profile.role().title(), profile.codes(),
					permissions, site, passwordExpiresAt, AccountResponse.sitesOrNull(credentialsSent));
		}
	}
}
