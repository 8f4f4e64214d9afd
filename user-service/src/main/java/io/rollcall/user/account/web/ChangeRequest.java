package io.rollcall.user.account.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import org.jspecify.annotations.Nullable;

import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.web.AccountResponse.CredentialResponse;

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
		@Nullable Instant updatedAt, @Nullable List<String> credentialsSent,
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
		if (status != null && !status.equals(account.status().name().toLowerCase(Locale.ROOT))) {
			errors.add(new FieldError("status", "not-changeable",
					"This form does not change the status. Deactivate or reactivate the account instead"));
		}
		return errors;
	}
}
