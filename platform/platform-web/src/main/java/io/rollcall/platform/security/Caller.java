package io.rollcall.platform.security;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Who calls, as the access token says it. Authorities are {@code ROLE_} and the role, and each permission of the guide's
 * Table 1 by its name, as {@code manage-users}. At the Training Site one practises: who runs the system has no authority there by
 * the role.
 *
 * @param accountId the account that acts, also when a program acts for it; a service's own id for role {@code SERVICE}
 * @param role {@code SC OPS DTC TC STC TA RAO}, or {@code SERVICE} for a service on its own behalf
 * @param organizations codes of the account's organizations; empty for those whose sight is the state
 * @param districts codes of the districts of these organizations
 * @param clientId the OAuth 2.0 client the token was given to
 * @param sid the sign-in that the token stands on; absent when a program acts by itself
 * @param authorizationId which of the authorizations of that sign-in the token was given by: the one of a session at a gateway
 */
public record Caller(String accountId, @Nullable String username, String role, Set<String> organizations,
		Set<String> districts, Set<String> permissions, @Nullable String site, @Nullable String clientId,
		@Nullable String sid, @Nullable String authorizationId) {
	private static final Set<String> RUN_THE_SYSTEM = Set.of("SC", "OPS");

	/** State-wide sight: the service center, and services among themselves. */
	public boolean isStateWide() {
		return role.equals("SERVICE") || role.equals("SC") && !isAtTrainingSite();
	}

	public boolean isOperations() {
		return role.equals("OPS") && !isAtTrainingSite();
	}

	/** Where nobody manages anything. */
	public boolean isAtTrainingSite() {
		return "TRAINING".equals(site);
	}

	/** @throws IllegalStateException for a service, which has no account */
	public UUID account() {
		if (role.equals("SERVICE")) throw new IllegalStateException("a service has no account");
		return UUID.fromString(accountId);
	}

	/** Whether it is a program that acts for this account, whose owner signs in for what is the owner's alone. */
	public boolean isProgramOf(UUID account) {
		return sid == null && account.toString().equals(accountId);
	}

	/** Whether all of {@code codes}, or else all of {@code theirDistricts}, are the caller's own. */
	public boolean contains(Set<String> codes, Set<String> theirDistricts) {
		return isStateWide() || !codes.isEmpty()
				&& (organizations.containsAll(codes)
						|| !theirDistricts.isEmpty() && organizations.containsAll(theirDistricts));
	}

	static Caller of(Jwt token) {
		String role = token.getClaimAsString("role");
		String subject = token.getSubject();
		// An ID token, say, which is signed as well as any and says nothing of rights.
		if (role == null || subject == null) throw new InvalidBearerTokenException("not an access token");
		return new Caller(subject, token.getClaimAsString("username"), role,
				strings(token, "organizations"), strings(token, "districts"), strings(token, "permissions"),
				token.getClaimAsString("site"), token.getClaimAsString("client_id"), token.getClaimAsString("sid"),
				token.getClaimAsString("authorization_id"));
	}

	Set<GrantedAuthority> authorities() {
		boolean practises = isAtTrainingSite() && RUN_THE_SYSTEM.contains(role);
		return Stream.concat(practises ? Stream.of() : Stream.of("ROLE_" + role), permissions.stream())
				.map(SimpleGrantedAuthority::new).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static Set<String> strings(Jwt token, String claim) {
		List<String> values = token.getClaimAsStringList(claim);
		return values == null ? Set.of() : Set.copyOf(values);
	}
}
