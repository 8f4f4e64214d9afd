package io.rollcall.notification.persistence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.springframework.stereotype.Repository;

import io.rollcall.notification.Addressee;
import io.rollcall.notification.Addressees;

/** One document an account in {@code addressees}, found by its id; {@code {_id, active: false}} where there is nobody to write to. */
@Repository
class MongoAddressees implements Addressees {
	private static final ReplaceOptions OR_INSERT = new ReplaceOptions().upsert(true);

	private final MongoCollection<Document> addressees;

	MongoAddressees(MongoDatabase database) {
		this.addressees = database.getCollection("addressees");
	}

	@Override
	public void keep(List<Known> accounts) {
		if (!accounts.isEmpty()) addressees.bulkWrite(accounts.stream().map(MongoAddressees::write).toList());
	}

	private static WriteModel<Document> write(Known known) {
		String id = known.accountId().toString();
		Addressee to = known.addressee();
		return to == null
				? new UpdateOneModel<>(new Document("_id", id),
						new Document("$set", new Document("active", false)).append("$unset",
								new Document("username", "").append("firstName", "").append("lastName", "")
										.append("address", "").append("role", "")))
				: new ReplaceOneModel<>(new Document("_id", id),
						new Document("_id", id).append("active", true).append("username", to.username())
								.append("firstName", to.firstName()).append("lastName", to.lastName())
								.append("address", to.address()).append("role", known.role()),
						OR_INSERT);
	}

	@Override
	public Optional<Known> find(UUID accountId) {
		return Optional.ofNullable(addressees.find(new Document("_id", accountId.toString())).first())
				.map(found -> new Known(accountId, found.getBoolean("active")
						? new Addressee(found.getString("username"), found.getString("firstName"),
								found.getString("lastName"), found.getString("address"))
						: null, found.getString("role")));
	}
}
