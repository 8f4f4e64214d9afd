package io.rollcall.notification.persistence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

import io.rollcall.notification.Addressee;
import io.rollcall.notification.Addressees;

import static org.springframework.data.mongodb.core.mapping.Field.Write.ALWAYS;
import static org.springframework.data.mongodb.core.query.Criteria.where;

/** One document an account, found by its id. */
@Repository
class MongoAddressees implements Addressees {
	/** @param active false where there is nobody to write to; then all else is absent */
	@Document("addressees")
	record Stored(@MongoId String account, boolean active, @Nullable String username, @Nullable String firstName,
			@Nullable String lastName, @Nullable String address, @Field(write = ALWAYS) @Nullable String role) {
		static Stored of(Known known, Addressee to) {
			return new Stored(known.accountId().toString(), true, to.username(), to.firstName(), to.lastName(),
					to.address(), known.role());
		}

		Known known() {
			UUID id = UUID.fromString(account);
			if (!active || username == null || firstName == null || lastName == null || address == null)
				return new Known(id, null, role);
			return new Known(id, new Addressee(username, firstName, lastName, address), role);
		}
	}

	private static final Update NOBODY = Update.update("active", false).unset("username").unset("firstName")
			.unset("lastName").unset("address").unset("role");

	private final MongoTemplate mongo;

	MongoAddressees(MongoTemplate mongo) {
		this.mongo = mongo;
	}

	@Override
	public void keep(List<Known> accounts) {
		if (accounts.isEmpty()) return;
		BulkOperations writes = mongo.bulkOps(BulkMode.ORDERED, Stored.class);
		for (Known known : accounts) {
			Query its = new Query(where(Stored::account).is(known.accountId().toString()));
			Addressee to = known.addressee();
			if (to == null) {
				writes.updateOne(its, NOBODY);
			} else {
				writes.replaceOne(its, Stored.of(known, to), FindAndReplaceOptions.options().upsert());
			}
		}
		writes.execute();
	}

	@Override
	public Optional<Known> find(UUID accountId) {
		return Optional.ofNullable(mongo.findById(accountId.toString(), Stored.class)).map(Stored::known);
	}
}
