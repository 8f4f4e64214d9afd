package io.rollcall.user.roster.messaging;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

import io.rollcall.platform.messaging.Inputs;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.roster.Roster;
import io.rollcall.user.signin.SignIn;
import io.rollcall.user.signin.SignIns;
import io.rollcall.user.testing.Fixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** When an instance's list of accounts is whole. */
class RosterFollowerTests {
	private static final Set<TopicPartition> ONE = Set.of(new TopicPartition("user-events", 0));

	private final Accounts accounts = new Accounts();
	private final Roster roster = new Roster(Fixtures.noDeliveries(), Clock.systemUTC());
	private final SignedIn signIns = new SignedIn();
	private final RosterFollower follower = new RosterFollower(accounts, roster, signIns,
			new Inputs(Set::of, () -> null), Clock.systemUTC());
	private final RosterHealthIndicator health = new RosterHealthIndicator(follower);

	/** One account, in a database that can be away. */
	private static final class Accounts implements AccountRepository {
		private final Account account = Fixtures.account("maria.okafor");
		private boolean away;

		@Override
		public Map<Username, Account> findByUsername(Collection<Username> usernames) {
			return Map.of();
		}

		@Override
		public Map<UUID, Account> findById(Collection<UUID> ids) {
			return Map.of();
		}

		@Override
		public Set<Username> save(Collection<Account> accounts) {
			return Set.of();
		}

		@Override
		public void forEach(Consumer<Account> action) {
			if (away) throw new IllegalStateException("away");
			action.accept(account);
		}

		@Override
		public void noteUse(ApiClient client, Instant at) {}

		@Override
		public Set<String> issues() {
			return Set.of();
		}
	}

	/** What there is of sign-ins: all of it, and what came since. */
	private static final class SignedIn implements SignIns {
		private final Map<UUID, Instant> before = new HashMap<>();
		private final Map<UUID, Instant> since = new HashMap<>();

		@Override
		public String open(SignIn signIn) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<SignIn> find(String secret) {
			return Optional.empty();
		}

		@Override
		public Optional<SignIn> find(UUID sid) {
			return Optional.empty();
		}

		@Override
		public void admit(UUID sid, Instant credential, String authorizationId) {}

		@Override
		public void end(UUID sid) {}

		@Override
		public Map<UUID, Instant> latest(Collection<UUID> accounts) {
			return Map.of();
		}

		@Override
		public void forEachLatest(BiConsumer<UUID, Instant> action) {
			before.forEach(action);
		}

		@Override
		public Map<UUID, Instant> latestSince(Instant since) {
			assertThat(since).as("what is written late").isBefore(Instant.now().minusSeconds(30))
					.isAfter(Instant.now().minusSeconds(90));
			return this.since;
		}
	}

	@Test
	void signInsAreReadWithTheAccountsAndFollowed() {
		UUID account = accounts.account.id();
		signIns.before.put(account, Instant.parse("2026-09-01T08:00:00Z"));
		signIns.since.put(account, Instant.parse("2026-11-23T08:00:00Z"));
		follower.readSignIns();
		assertThat(roster.lastSignIn(account)).isEmpty();
		follower.assigned(null, ONE);
		follower.load();
		assertThat(roster.lastSignIn(account)).contains(Instant.parse("2026-09-01T08:00:00Z"));
		follower.readSignIns();
		assertThat(roster.lastSignIn(account)).contains(Instant.parse("2026-11-23T08:00:00Z"));
	}

	@Test
	void accountsAreReadOnceTheTopicsAreFollowed() {
		follower.load();
		follower.assigned(null, Set.of());
		follower.load();
		assertThat(roster.size()).as("whatever is written before an event can tell of it would be lost").isZero();
		assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

		follower.assigned(null, ONE);
		follower.load();
		assertThat(roster.size()).isOne();
		assertThat(health.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void instanceIsNotReadyUntilTheDatabaseHasGivenAllAccounts() {
		follower.assigned(null, ONE);
		accounts.away = true;
		assertThatThrownBy(follower::load).hasMessage("away");
		assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

		accounts.away = false;
		follower.load();
		assertThat(health.health().getStatus()).isEqualTo(Status.UP);
	}
}
