package io.rollcall.notification.persistence;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import org.bson.Document;
import org.springframework.stereotype.Repository;

import io.rollcall.notification.Addressee;
import io.rollcall.notification.Addressees;

/** One document an account in {@code addressees}, found by its id. */
@Repository
class MongoAddressees implements Addressees {
	private static final ReplaceOptions OR_INSERT = new ReplaceOptions().upsert(true);
	private static final BulkWriteOptions ANY_ORDER = new BulkWriteOptions().ordered(false);

	private final MongoCollection<Document> addressees;

	MongoAddressees(MongoDatabase database) {
		this.addressees = database.getCollection("addressees");
	}

	@Override
	public void keep(Collection<Known> accounts) {
		if (accounts.isEmpty()) return;
		Map<UUID, Known> last = new LinkedHashMap<>();
		accounts.forEach(known -> last.put(known.accountId(), known));
		addressees.bulkWrite(last.values().stream().map(MongoAddressees::replacement).toList(), ANY_ORDER);
	}

	private static ReplaceOneModel<Document> replacement(Known known) {
		String id = known.accountId().toString();
		Addressee to = known.addressee();
		return new ReplaceOneModel<>(new Document("_id", id),
				new Document("_id", id).append("username", to.username()).append("firstName", to.firstName())
						.append("lastName", to.lastName()).append("address", to.address())
						.append("active", known.active()),
				OR_INSERT);
	}

	@Override
	public Optional<Known> find(UUID accountId) {
		return Optional.ofNullable(addressees.find(new Document("_id", accountId.toString())).first())
				.map(found -> new Known(accountId,
						new Addressee(found.getString("username"), found.getString("firstName"),
								found.getString("lastName"), found.getString("address")),
						found.getBoolean("active")));
	}
}
