package io.rollcall.user;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.DeliveryEvent;
import io.rollcall.contracts.DeliveryEvent.EmailFailed;
import io.rollcall.contracts.DeliveryEvent.EmailSent;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.testing.UsersOverHttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a coordinator sees of the mails with credentials. */
class DeliveryIT extends UsersOverHttp {
	@Autowired
	private AcknowledgedPublisher publisher;
	@Autowired
	private CloudEvents events;
	@Autowired
	private Retention retention;

	private String issue(String id) {
		return accounts().find(new Document("accountId", UUID.fromString(id))).first().getString("issue");
	}

	private CloudEvent sent(String account, String cause, String site, String kind) {
		return events.of((DeliveryEvent.OfMail) new EmailSent(cause + kind + site, Instant.now(),
				UUID.fromString(account), cause, "<m>", kind, site), null);
	}

	private CloudEvent failed(String account, String cause, String site, String kind, String reason) {
		return events.of((DeliveryEvent.OfMail) new EmailFailed(cause + kind + site, Instant.now(),
				UUID.fromString(account), cause, "<m>", kind, site, reason, null), null);
	}

	private JsonNode credentials(String id) {
		return call(HttpMethod.GET, "/api/users/" + id, serviceCenterToken, null).body().get("credentials");
	}

	private String delivery(String id, String site) {
		JsonNode credential = credentials(id).get(site);
		return credential.get("delivery").asString()
				+ (credential.get("deliveryReason").isNull() ? "" : " " + credential.get("deliveryReason").asString());
	}

	private List<String> undelivered(String search) {
		List<String> ids = new ArrayList<>();
		call(HttpMethod.GET, "/api/users?delivery=failed&search=" + search, serviceCenterToken, null).body()
				.get("items").forEach(it -> ids.add(it.get("id").asString()));
		return ids;
	}

	@Test
	void whoseMailsFailedIsFoundAndGetsNewOnesInOneCall() {
		String mark = username("mark");
		String good = id(create(serviceCenterToken, form(mark + "a")));
		String refused = id(create(serviceCenterToken, form(mark + "b")));
		String late = id(create(serviceCenterToken, form(mark + "c")));
		assertThat(delivery(good, "portal")).isEqualTo("queued");
		String issued = issue(refused);
		publisher.publish(List.of(sent(good, issue(good), "PORTAL", "username"),
				sent(good, issue(good), "PORTAL", "password"), sent(refused, issued, "PORTAL", "username"),
				failed(refused, issued, "PORTAL", "password", "rejected"),
				failed(late, issue(late), "TRAINING", "password", "expired")));
		await().atMost(SOON).until(() -> delivery(good, "portal"), "sent"::equals);
		await().atMost(SOON).until(() -> delivery(refused, "portal"), "failed rejected"::equals);
		await().atMost(SOON).until(() -> delivery(late, "training"), "expired expired"::equals);
		assertThat(delivery(good, "training")).isEqualTo("queued");
		assertThat(undelivered(mark)).containsExactlyInAnyOrder(refused, late);

		call(HttpMethod.POST, "/api/users/credentials", serviceCenterToken, Map.of("userIds", undelivered(mark)));
		assertThat(delivery(refused, "portal")).isEqualTo("queued");
		assertThat(undelivered(mark)).isEmpty();
		// A report on what was sent before concerns nobody any more.
		publisher.publish(List.of(failed(refused, issued, "TRAINING", "password", "rejected"),
				sent(refused, issue(refused), "PORTAL", "username"),
				sent(refused, issue(refused), "PORTAL", "password")));
		await().atMost(SOON).until(() -> delivery(refused, "portal"), "sent"::equals);
		assertThat(delivery(refused, "training")).isEqualTo("queued");
		assertThat(undelivered(mark)).isEmpty();
	}

	@Test
	void whoHasTheAnswerBeforeTheMailsWereSentIsNotToldThatNothingHasChanged() {
		String username = username("tagged");
		Answer created = create(serviceCenterToken, form(username));
		String id = id(created);
		publisher
				.publish(List.of(sent(id, issue(id), "PORTAL", "username"), sent(id, issue(id), "PORTAL", "password")));
		await().atMost(SOON).until(() -> delivery(id, "portal"), "sent"::equals);
		Answer now = call(HttpMethod.GET, created.location(), serviceCenterToken, null, "If-None-Match",
				created.etag());
		assertThat(now.status()).isEqualTo(200);
		assertThat(call(HttpMethod.GET, created.location(), serviceCenterToken, null).etag()).isEqualTo(now.etag());
		// Of the account nothing has changed: a form filled in before can be saved.
		assertThat(call(HttpMethod.PUT, created.location(), serviceCenterToken, form(username, "lastName", "Lee"),
				"If-Match", created.etag()).status()).isEqualTo(200);
	}

	@Test
	void aReportReadAgainChangesNothing() {
		String id = id(create(serviceCenterToken, form(username("again"))));
		String issue = issue(id);
		var report = sent(id, issue, "PORTAL", "username");
		publisher.publish(List.of(report));
		await().atMost(SOON).until(() -> heardOf(List.of(issue)), it -> !it.isEmpty());
		Document before = deliveries().find(Filters.eq(issue)).first();
		// Both of one account, so they are read in this order.
		publisher.publish(List.of(report, sent(id, issue + "/next", "PORTAL", "username")));
		await().atMost(SOON).until(() -> heardOf(List.of(issue + "/next")), it -> !it.isEmpty());
		assertThat(deliveries().find(Filters.eq(issue)).first()).isEqualTo(before);
	}

	@Test
	void whatWasHeardOfReplacedPasswordsIsDeletedWhenItsTimeIsOver() {
		String id = id(create(serviceCenterToken, form(username("kept"))));
		List<String> issues = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			if (i > 0) {
				call(HttpMethod.POST, "/api/users/credentials", serviceCenterToken, Map.of("userIds", List.of(id)));
			}
			String issue = issue(id);
			issues.add(issue);
			publisher.publish(List.of(failed(id, issue, "PORTAL", "password", "rejected")));
			await().atMost(SOON).until(() -> heardOf(List.of(issue)), it -> !it.isEmpty());
		}
		String replaced = issues.get(0);
		String replacedLately = issues.get(1);
		String present = issues.get(2);
		for (String old : List.of(replaced, present))
			deliveries().updateOne(new Document("_id", old),
					new Document("$set", new Document("heardAt", Date.from(Instant.now().minus(Duration.ofDays(91))))));

		retention.sweep(Instant.now());

		assertThat(heardOf(issues)).containsExactlyInAnyOrder(replacedLately, present);
		assertThat(delivery(id, "portal")).isEqualTo("failed rejected");
	}

	private MongoCollection<Document> deliveries() {
		return mongo.getDatabase("rollcall-users").getCollection("deliveries");
	}

	private List<String> heardOf(List<String> issues) {
		List<String> found = new ArrayList<>();
		deliveries().find(Filters.in("_id", issues)).forEach(it -> found.add(it.getString("_id")));
		return found;
	}
}
