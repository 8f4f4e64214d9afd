package io.rollcall.user.authorization;

import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.FirstAccounts;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.apiclient.ApiClientService;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Permission;
import io.rollcall.user.permission.Role;
import io.rollcall.user.signin.SignIns;

/**
 * What a token says of the account that acts, as it is at this moment: what every service's authorization rests on. Here is also
 * where a refresh ends when the account is deactivated, has another password, or has signed out.
 */
@Component
class AccountClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
	static final String AUTHORIZATION_ID = "authorization_id";

	private final AccountRepository accounts;
	private final SignIns signIns;
	private final ApiClientService apiClients;
	private final FirstAccounts.ServiceCenter serviceCenter;
	private final FirstAccounts.Operations operations;

	AccountClaims(AccountRepository accounts, SignIns signIns, ApiClientService apiClients,
			FirstAccounts.ServiceCenter serviceCenter, FirstAccounts.Operations operations) {
		this.accounts = accounts;
		this.signIns = signIns;
		this.apiClients = apiClients;
		this.serviceCenter = serviceCenter;
		this.operations = operations;
	}

	@Override
	public void customize(JwtEncodingContext context) {
		BiConsumer<String, Object> claims = context.getClaims()::claim;
		String clientId = context.getRegisteredClient().getClientId();
		if (context.getPrincipal() instanceof SignedIn signedIn) {
			claims.accept("sid", signedIn.sid().toString());
			if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
				String authorizationId = Objects.requireNonNull(context.getAuthorization()).getId();
				put(account(signedIn, authorizationId), signedIn.site(), clientId, claims);
				claims.accept(AUTHORIZATION_ID, authorizationId);
			} else {
				claims.accept("auth_time", Date.from(signedIn.at()));
			}
		} else {
			put(actedFor(clientId), Site.PORTAL, clientId, claims);
		}
	}

	private Account account(SignedIn signedIn, String authorizationId) {
		return signIns.find(signedIn.sid()).filter(it -> it.carries(authorizationId))
				.flatMap(signIn -> accounts.find(signIn.accountId()).filter(signIn::holdsFor))
				.orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT));
	}

	/** A program acts for an account, with the rights that the account has now. */
	private Account actedFor(String clientId) {
		return (switch (clientId) {
			case Clients.BOOTSTRAP -> active(serviceCenter.username(), Role.SC);
			case Clients.OPERATIONS -> active(operations.username(), Role.OPS);
			default -> apiClients.actsFor(clientId);
		}).orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT));
	}

	/** Not whoever else may have taken the name before it was configured. */
	private Optional<Account> active(String username, Role role) {
		return accounts.find(new Username(username)).filter(Account::isActive)
				.filter(account -> account.profile().role() == role);
	}

	private static void put(Account account, Site site, String clientId, BiConsumer<String, Object> claims) {
		List<Organization> organizations = account.profile().organizations();
		claims.accept("sub", account.id().toString());
		claims.accept("username", account.profile().username().value());
		claims.accept("role", account.profile().role().name());
		claims.accept("organizations", organizations.stream().map(Organization::code).toList());
		claims.accept("districts", organizations.stream().map(Organization::district).distinct().toList());
		claims.accept("permissions",
				site.permissions(account.profile().role()).stream().map(Permission::id).toList());
		claims.accept("site", site.name());
		claims.accept("account_version", account.lifetime().version());
		claims.accept("client_id", clientId); // RFC 9068 2.2
	}
}
