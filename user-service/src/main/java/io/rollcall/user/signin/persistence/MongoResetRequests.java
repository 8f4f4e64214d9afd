package io.rollcall.user.signin.persistence;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.ResetRequests;

import static org.springframework.data.mongodb.core.mapping.Field.Write.ALWAYS;
import static org.springframework.data.mongodb.core.query.Criteria.where;

/** Next to nothing: each is gone within a second. */
@Repository
class MongoResetRequests implements ResetRequests {
	private static final int AT_ONCE = 100;

	@Document("password-reset-requests")
	record Stored(@MongoId UUID id, @Field(write = ALWAYS) @Nullable String username, Site site, Instant at) {}

	private final MongoTemplate mongo;

	MongoResetRequests(MongoTemplate mongo) {
		this.mongo = mongo;
	}

	@Override
	public void add(ResetRequest request) {
		mongo.insert(new Stored(request.id(), request.username(), request.site(), request.at()));
	}

	@Override
	public List<ResetRequest> waiting() {
		return mongo.find(new Query().limit(AT_ONCE), Stored.class).stream()
				.map(it -> new ResetRequest(it.id(), it.username(), it.site(), it.at())).toList();
	}

	@Override
	public void done(ResetRequest request) {
		mongo.remove(Stored.class).matching(where(Stored::id).is(request.id())).one();
	}
}
