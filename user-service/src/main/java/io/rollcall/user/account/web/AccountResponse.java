package io.rollcall.user.account.web;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.Site;
import io.rollcall.user.delivery.Delivery;
import io.rollcall.user.directory.Organization;

/**
 * An account over HTTP. {@code programs} empty means all programs; {@code credentials} is by site, {@code portal} and
 * {@code training}.
 *
 * @param credentialsSent in the answer to a change of the address: the sites for which new passwords were sent to the new one
 */
record AccountResponse(UUID id, String username, String firstName, String lastName, String email, String role,
		List<String> organizations, List<String> programs, @Nullable String phone, @Nullable String fax,
		@Nullable String address, String status, Map<String, CredentialResponse> credentials, Instant createdAt,
		Instant updatedAt, @JsonInclude(Include.NON_NULL) @Nullable List<String> credentialsSent) {
	/**
	 * What one signs in with at a site.
	 *
	 * @param state {@code issued}, {@code used}, {@code expired} (generated passwords) or {@code set} (one's own)
	 * @param delivery of a generated password: {@code queued}, {@code sent}, {@code failed} or {@code expired}
	 * @param deliveryReason why it failed, a stable code
	 */
	record CredentialResponse(String state, Instant since, @Nullable Instant expiresAt, @Nullable String delivery,
			@Nullable String deliveryReason) {}

	static AccountResponse of(Account account, Delivery delivery, Instant now, Set<Site> credentialsSent) {
		Profile profile = account.profile();
		Map<String, CredentialResponse> credentials = new LinkedHashMap<>();
		account.credentials().forEach((site, credential) -> credentials.put(site.name().toLowerCase(Locale.ROOT),
				of(credential, delivery.of(site), now)));
		return new AccountResponse(account.id(), profile.username().value(), profile.firstName().value(),
				profile.lastName().value(), profile.email().value(), profile.role().name(),
				profile.organizations().stream().map(Organization::code).toList(), profile.programs(),
				orNull(profile.text(Field.PHONE)), orNull(profile.text(Field.FAX)), orNull(profile.text(Field.ADDRESS)),
				account.status().name().toLowerCase(Locale.ROOT), credentials, account.createdAt(),
				account.updatedAt(), sitesOrNull(credentialsSent));
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

	private static @Nullable String orNull(String text) {
		return text.isEmpty() ? null : text;
	}
}
