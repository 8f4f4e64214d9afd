package io.rollcall.user.account.web;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.security.Caller;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.Field;
import io.rollcall.user.account.Profile;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Permission;

/** {@code /api/me}: who one is and what one may (guide, section IV.B). */
@RestController
@RequestMapping("/api/me")
class MeController {
	private final Actors actors;

	MeController(Actors actors) {
		this.actors = actors;
	}

	record MeResponse(UUID id, String username, String firstName, String lastName, String email, @Nullable String phone,
			@Nullable String fax, @Nullable String address, String role, String roleTitle, List<String> organizations,
			List<String> permissions, @Nullable String site) {}

	@GetMapping
	@PreAuthorize("isAuthenticated() and !hasRole('SERVICE')")
	MeResponse me(@AuthenticationPrincipal Caller caller) {
		Account account = actors.account(caller);
		Profile profile = account.profile();
		return new MeResponse(account.id(), profile.username().value(), profile.firstName().value(),
				profile.lastName().value(), profile.email().value(), orNull(profile.text(Field.PHONE)),
				orNull(profile.text(Field.FAX)), orNull(profile.text(Field.ADDRESS)), profile.role().name(),
				profile.role().title(), profile.organizations().stream().map(Organization::code).toList(),
				profile.role().permissions().stream().map(Permission::id).toList(), caller.site());
	}

	private static @Nullable String orNull(String text) {
		return text.isEmpty() ? null : text;
	}
}
