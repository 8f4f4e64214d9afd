package io.rollcall.user.signin.persistence;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.springframework.stereotype.Repository;

import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.ResetRequests;

import static com.mongodb.client.model.Filters.eq;

/** Next to nothing: each is gone within a second. {@code { _id, username, site, at }} */
@Repository
class MongoResetRequests implements ResetRequests {
	private static final int AT_ONCE = 100;

	private final MongoCollection<Document> requests;

	MongoResetRequests(MongoDatabase database) {
		this.requests = database.getCollection("password-reset-requests");
	}

	@Override
	public void add(ResetRequest request) {
		requests.insertOne(new Document("_id", request.id()).append("username", request.username())
				.append("site", request.site().name()).append("at", Date.from(request.at())));
	}

	@Override
	public List<ResetRequest> waiting() {
		List<ResetRequest> waiting = new ArrayList<>();
		for (Document it : requests.find().limit(AT_ONCE)) {
			waiting.add(new ResetRequest(it.get("_id", UUID.class), it.getString("username"),
					Site.valueOf(it.getString("site")), it.getDate("at").toInstant()));
		}
		return waiting;
	}

	@Override
	public void done(ResetRequest request) {
		requests.deleteOne(eq("_id", request.id()));
	}
}
