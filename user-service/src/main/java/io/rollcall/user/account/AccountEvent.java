package io.rollcall.user.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.credential.CredentialIssuer.Issued;
import io.rollcall.user.credential.PasswordReset;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Site;

/** What happened to an account. Recorded by its verbs, stored with it, then published. */
public sealed interface AccountEvent {
	/** The account after the change. */
	Snapshot after();

	Instant at();

	Origin origin();

	/** What stands behind the cause in the event's id: a cause may have several steps. */
	String step();

	/** An account as it stood at one version. */
	record Snapshot(UUID accountId, Profile profile, Lifetime.Status status, long version) {}

	/** A kind of event that is nothing but what happened, to whom, when and by whom. */
	interface Step {
		AccountEvent of(Snapshot after, Instant at, Origin origin);
	}

	record Created(Snapshot after, Instant at, Origin origin) implements AccountEvent {
		@Override
		public String step() {
			return "created";
		}
	}

	record Updated(Profile before, Snapshot after, Instant at, Origin origin) implements AccountEvent {
		@Override
		public String step() {
			return "updated";
		}
	}

	record EmailChanged(EmailAddress before, Snapshot after, Instant at, Origin origin) implements AccountEvent {
		@Override
		public String step() {
			return "email-changed";
		}
	}

	record Deactivated(Snapshot after, Instant at, Origin origin) implements AccountEvent {
		@Override
		public String step() {
			return "deactivated";
		}
	}

	record Reactivated(Snapshot after, Instant at, Origin origin) implements AccountEvent {
		@Override
		public String step() {
			return "reactivated";
		}
	}

	/** What stood on the credentials of before is over. */
	record CredentialsRenewed(Snapshot after, Instant at, Origin origin) implements AccountEvent {
		@Override
		public String step() {
			return "credentials-renewed";
		}
	}

	/** Holds the plain passwords for the moment between generating and encrypting them. */
	record CredentialsIssued(Issued issued, Snapshot after, Instant at, Origin origin) implements AccountEvent {
		@Override
		public String step() {
			return "credentials";
		}
	}

	/** The person has set a password of their own. */
	record PasswordChanged(Site site, Snapshot after, Instant at, Origin origin) implements AccountEvent {
		@Override
		public String step() {
			return "password-changed";
		}
	}

	/** Holds the plain token for the moment between generating and encrypting it. */
	record PasswordResetRequested(PasswordReset reset, ResetToken token, Snapshot after, Instant at,
			Origin origin) implements AccountEvent {
		@Override
		public String step() {
			return "password-reset";
		}
	}

	record ApiClientMade(ApiClient client, Snapshot after, Instant at, Origin origin) implements AccountEvent {
		@Override
		public String step() {
			return "api-client-made";
		}
	}

	/** @param clients all that one cause ended */
	record ApiClientsRevoked(List<ApiClient> clients, Snapshot after, Instant at,
			Origin origin) implements AccountEvent {
		@Override
		public String step() {
			return "api-clients-revoked";
		}
	}

	/**
	 * What readers know it by again, whose second is none to them. A row is given once and again with the same id. A request's id is the
	 * sender's to choose, and may come again for another account or after the account has forgotten it: its events are told apart by what
	 * was written.
	 */
	default String id() {
		return switch (origin()) {
			case Origin.Request it ->
				"%s/%s/%d/%s".formatted(it.causeId(), after().accountId(), after().version(), step());
			case Origin.Row it -> it.causeId() + "/" + step();
			case Origin.System it -> it.causeId() + "/" + step();
		};
	}
}
