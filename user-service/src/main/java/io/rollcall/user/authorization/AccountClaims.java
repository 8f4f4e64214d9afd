package io.rollcall.user.authorization;

import java.util.List;
import java.util.function.BiConsumer;

import io.rollcall.user.account.Account;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Permission;

/** What an access token says of the account that acts: what every service's authorization rests on. */
final class AccountClaims {
	private AccountClaims() {}

	static void put(Account account, Site site, String clientId, BiConsumer<String, Object> claims) {
		List<Organization> organizations = account.profile().organizations();
		claims.accept("sub", account.id().toString());
		claims.accept("username", account.profile().username().value());
		claims.accept("role", account.profile().role().name());
		claims.accept("organizations", organizations.stream().map(Organization::code).toList());
		claims.accept("districts", organizations.stream().map(Organization::district).distinct().toList());
		claims.accept("permissions", account.profile().role().permissions().stream().map(Permission::id).toList());
		claims.accept("site", site.name());
		claims.accept("client_id", clientId); // RFC 9068 2.2
	}
}
