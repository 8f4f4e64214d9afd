package io.rollcall.user.account.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.Repositories;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

/** A stricter rule makes no account unreadable that was stored before it. */
class StoredNamesTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

	private final Repositories repositories = Repositories.at(NOW);
	private final AccountRepository accounts = repositories.get(AccountRepository.class);
	private final MongoCollection<Document> documents = repositories.get(MongoDatabase.class).getCollection("accounts");

	@AfterEach
	void close() {
		repositories.close();
	}

	@Test
	void namesThatNoRuleAllowsAnyMoreAreReadWithoutWhatIsNotText() {
		save(Fixtures.account("doe.jane").profile());
		documents.updateOne(eq("_id", "doe.jane"), Updates.combine(Updates.set("firstName", "\u3164\u200D"),
				Updates.set("lastName", "Smi\uE000th"), Updates.set("address", "1 Main\uFFFF St\nAgawam")));
		Account account = accounts.find(new Username("doe.jane")).orElseThrow();
		assertThat(account.profile().text(Field.FIRST_NAME)).isEqualTo("?");
		assertThat(account.profile().text(Field.LAST_NAME)).isEqualTo("Smith");
		assertThat(account.profile().text(Field.ADDRESS)).isEqualTo("1 Main St\nAgawam");
	}

	@Test
	void everyDetailIsStored() {
		Profile profile = Fixtures.accountWithAllDetails("doe.jane").profile();
		save(profile);
		assertThat(accounts.find(profile.username()).orElseThrow().profile()).isEqualTo(profile);
	}

	private void save(Profile profile) {
		var issuer = new CredentialIssuer(new CredentialIssuer.Settings(Duration.ofHours(72)));
		accounts.save(List.of(Account.create(profile, issuer.issue(NOW), new Origin.System("made"), NOW)));
	}
}
