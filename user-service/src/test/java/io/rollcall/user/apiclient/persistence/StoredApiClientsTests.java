package io.rollcall.user.apiclient.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

import io.rollcall.testing.Backend;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.Outbox;
import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.Repositories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** API clients as they are kept: in their account, together with what is owed to whoever must hear of them. */
class StoredApiClientsTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
	private static final int REVOKED_KEPT = 20;
	private static final Instant EARLIER = NOW.minus(Duration.ofDays(30));
	private static final CredentialIssuer ISSUER = new CredentialIssuer(
			new CredentialIssuer.Settings(Duration.ofHours(72)));

	private final Repositories repositories = Repositories.on(backend(), NOW);
	private final AccountRepository accounts = repositories.get(AccountRepository.class);
	private final Outbox outbox = repositories.get(Outbox.class);
	private final MongoDatabase database = repositories.get(MongoDatabase.class);

	Backend backend() {
		return Backend.EMBEDDED;
	}

	@AfterEach
	void close() {
		repositories.close();
	}

	private static Origin origin() {
		return new Origin.System(UUID.randomUUID().toString());
	}

	private Account stored(String username) {
		Account account = Account.create(Fixtures.account(username).profile(), ISSUER.issue(NOW), origin(), NOW);
		assertThat(accounts.save(List.of(account))).isEmpty();
		return read(account);
	}

	private Account read(Account account) {
		return accounts.find(account.id()).orElseThrow();
	}

	private Account with(Account account, ApiClient client) {
		account.addApiClient(client, origin(), NOW);
		assertThat(accounts.save(List.of(account))).isEmpty();
		return read(account);
	}

	private static ApiClient client(Account of, String name) {
		return ApiClient.of(of.id(), name, "hash of " + name, null, NOW).madeFor(of.asActor().organizations());
	}

	/** What the account owes, as it stands after somebody died right after the write. */
	private List<String> owed(Account account) {
		return outbox.since(NOW.plusSeconds(60), 100).stream()
				.filter(it -> it.event().subject().equals(account.id().toString())).map(it -> it.event().type())
				.filter(it -> it.startsWith("api-client")).toList();
	}

	@Test
	void aClientAndItsNoticeAreOneWrite() {
		Account account = stored("maria");
		ApiClient client = client(account, "Staff sync");
		Account reader = with(account, client);
		assertThat(reader.apiClients().kept()).containsExactly(client);
		assertThat(owed(account)).containsExactly("api-client-made");
		reader.revokeApiClient(client.clientId(), origin(), NOW);
		accounts.save(List.of(reader));
		assertThat(read(account).apiClients().kept()).allMatch(ApiClient::isRevoked);
		assertThat(owed(account)).containsExactly("api-client-made", "api-clients-revoked");
	}

	@Test
	void aClientOfBeforeIsTakenForMadeWhereItsAccountIs() {
		Account account = stored("maria");
		ApiClient client = client(account, "Staff sync");
		with(account, client);
		database.getCollection("accounts").updateOne(new Document("accountId", account.id()),
				Updates.unset("apiClients.0.madeFor"));
		assertThat(read(account).apiClients().kept()).containsExactly(client);
	}

	@Test
	void aWriteThatFailsLeavesNeither() {
		Account account = stored("maria");
		account.addApiClient(client(account, "Staff sync"), origin(), NOW);
		Account meanwhile = read(account);
		meanwhile.deactivate(origin(), NOW);
		accounts.save(List.of(meanwhile));
		assertThat(accounts.save(List.of(account))).hasSize(1);
		assertThat(read(account).apiClients().kept()).isEmpty();
		assertThat(owed(account)).isEmpty();
	}

	@Test
	void aUseIsNoChangeOfTheAccountAndNoWriteUndoesIt() {
		Account account = stored("maria");
		ApiClient client = client(account, "Staff sync");
		Account before = with(account, client);
		accounts.noteUse(client, NOW);
		assertThat(read(account).lifetime().version()).isEqualTo(before.lifetime().version());
		before.deactivate(origin(), NOW);
		assertThat(accounts.save(List.of(before))).isEmpty();
		accounts.noteUse(client, EARLIER);
		assertThat(read(account).apiClients().kept().getFirst().lastUsedAt()).isEqualTo(NOW);
		assertThat(read(account).apiClients().kept().getFirst().isRevoked()).isTrue();
	}

	@Test
	void ofAClientThatIsForgottenNothingStays() {
		Account account = stored("maria");
		for (int i = 0; i < REVOKED_KEPT + 3; i++) {
			ApiClient client = client(account, "client " + i);
			account = with(account, client);
			accounts.noteUse(client, NOW);
			account.revokeApiClient(client.clientId(), origin(), NOW);
			accounts.save(List.of(account));
			account = read(account);
		}
		account = with(account, client(account, "the last"));
		Document stored = database.getCollection("accounts").find(new Document("_id", "maria")).first();
		assertThat(stored.getList("apiClients", Document.class)).hasSize(REVOKED_KEPT + 1);
		assertThat(stored.get("apiClientUses", Document.class)).hasSize(REVOKED_KEPT);
	}

	// What an earlier version has left

	private final ApiClientsOfBefore before = new ApiClientsOfBefore(repositories.get(MongoTemplate.class), accounts,
			Clock.fixed(NOW, ZoneOffset.UTC));

	private static Document kept(Account owner, String number, String name, boolean revoked) {
		return new Document("clientId", owner.id() + "." + number).append("name", name).append("sha256", "hash")
				.append("createdAt", Date.from(EARLIER)).append("lastUsedAt", revoked ? null : Date.from(NOW))
				.append("revokedAt", revoked ? Date.from(EARLIER) : null);
	}

	private void leftBefore(Account owner, Document... clients) {
		database.getCollection("api-clients").insertOne(
				new Document("_id", owner.id()).append("revision", 3L).append("clients", Arrays.asList(clients)));
	}

	private long left() {
		return database.getCollection("api-clients").countDocuments();
	}

	@Test
	void whatLiesBesideTheAccountsIsTakenOverWithTheNoticeThatNobodyHad() {
		Account maria = stored("maria");
		leftBefore(maria, kept(maria, "00000003", "Nightly upload", false), kept(maria, "00000002", "Old", true),
				kept(maria, "00000001", "Staff sync", false));
		before.afterSingletonsInstantiated();
		List<ApiClient> taken = read(maria).apiClients().kept();
		assertThat(taken).extracting(ApiClient::name).containsExactly("Nightly upload", "Old", "Staff sync");
		assertThat(taken.getFirst()).isEqualTo(new ApiClient(maria.id() + ".00000003", "Nightly upload", "hash",
				maria.asActor().organizations(), EARLIER, NOW, null));
		assertThat(taken.get(1).revokedAt()).isEqualTo(EARLIER);
		assertThat(owed(maria)).containsExactly("api-client-made", "api-client-made");
		assertThat(left()).isZero();
	}

	@Test
	void whateverDiesOnTheWayItIsTakenOverOnce() {
		Account maria = stored("maria");
		leftBefore(maria, kept(maria, "00000001", "Staff sync", false));
		repositories.beforeNextWrite(() -> {
			throw new IllegalStateException("dies before the account is written");
		});
		assertThatThrownBy(before::afterSingletonsInstantiated).isInstanceOf(IllegalStateException.class);
		assertThat(owed(maria)).isEmpty();
		before.afterSingletonsInstantiated();
		leftBefore(maria, kept(maria, "00000001", "Staff sync", false)); // dies before it is deleted
		before.afterSingletonsInstantiated();
		assertThat(read(maria).apiClients().kept()).hasSize(1);
		assertThat(owed(maria)).containsExactly("api-client-made");
		assertThat(left()).isZero();
	}

	@Test
	void whatSomebodyElseDoesAtTheSameMomentIsKept() {
		Account maria = stored("maria");
		leftBefore(maria, kept(maria, "00000001", "Staff sync", false));
		repositories.beforeNextWrite(() -> with(read(maria), client(maria, "Made meanwhile")));
		before.afterSingletonsInstantiated();
		assertThat(read(maria).apiClients().kept()).extracting(ApiClient::name).containsExactly("Staff sync",
				"Made meanwhile");
	}

	@Test
	void clientsOfADeactivatedAccountAreTakenOverAsRevoked() {
		Account maria = stored("maria");
		maria.deactivate(origin(), NOW);
		accounts.save(List.of(maria));
		leftBefore(maria, kept(maria, "00000001", "Staff sync", false));
		before.afterSingletonsInstantiated();
		assertThat(read(maria).apiClients().kept()).hasSize(1).allMatch(ApiClient::isRevoked);
		assertThat(owed(maria)).isEmpty();
	}
}
