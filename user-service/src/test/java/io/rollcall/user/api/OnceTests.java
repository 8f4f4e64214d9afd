package io.rollcall.user.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.user.account.Origin;
import io.rollcall.user.request.Attempt;
import io.rollcall.user.request.KeyedRequests;
import io.rollcall.user.request.RequestKeys;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.Repositories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OnceTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

	private final Repositories repositories = Repositories.at(NOW);
	private final Once once = new Once(new KeyedRequests(repositories.get(RequestKeys.class)),
			JsonMapper.builder().build());
	private int done;

	@AfterEach
	void close() {
		repositories.close();
	}

	private static Call call(String cause, @Nullable String key) {
		return new Call(Fixtures.serviceCenter(), new Origin.Request(cause, UUID.randomUUID(), null, null), key);
	}

	private int run(Call call, String what, Object body) {
		return once.run(call, what, body, _ -> ++done);
	}

	private Attempt attempt() {
		return once.run(call("cause", "key"), "create", Map.of("a", 1), attempt -> attempt);
	}

	private void refused() {
		assertThatThrownBy(() -> once.run(call("cause", "key"), "create", Map.of("a", 1), _ -> {
			throw Refusals.notFound();
		})).isInstanceOf(ErrorResponseException.class);
	}

	@Test
	void sameRequestIsLetThroughAgainAndToldThatItWasAnswered() {
		assertThat(attempt()).isEqualTo(new Attempt.First());
		assertThat(attempt()).isEqualTo(new Attempt.Answered());
		assertThat(attempt()).isEqualTo(new Attempt.Answered());
	}

	@Test
	void repetitionThatIsRefusedDoesNotGiveBackTheKeyOfTheFirst() {
		attempt();
		refused();
		assertThat(attempt()).isEqualTo(new Attempt.Answered());
		assertThatThrownBy(() -> run(call("cause", "key"), "create", Map.of("a", 2)))
				.isInstanceOf(ErrorResponseException.class);
	}

	@Test
	void repetitionWhileTheFirstIsUnderWayGivesNothingBackEither() {
		List<Attempt> attempts = new ArrayList<>();
		once.run(call("cause", "key"), "create", Map.of("a", 1), first -> {
			attempts.add(first);
			refused();
			attempts.add(attempt());
			return first;
		});
		assertThat(attempts).containsExactly(new Attempt.First(), new Attempt.Unanswered(NOW));
		assertThat(attempt()).isEqualTo(new Attempt.Answered());
	}

	@Test
	void keyIsNotTakenForAnotherBodyNorForAnotherEndpoint() {
		run(call("cause", "key"), "create", Map.of("a", 1));
		for (Runnable other : new Runnable[]{() -> run(call("cause", "key"), "create", Map.of("a", 2)),
				() -> run(call("cause", "key"), "update", Map.of("a", 1))}) {
			assertThatThrownBy(other::run).isInstanceOfSatisfying(ErrorResponseException.class, refusal -> {
				assertThat(refusal.getStatusCode().value()).isEqualTo(422);
				assertThat(refusal.getBody().getProperties()).containsEntry("code", "idempotency-key-reused");
			});
		}
		assertThat(done).isEqualTo(1);
		assertThat(run(call("of somebody else", "key"), "update", Map.of("a", 2))).isEqualTo(2);
	}

	@Test
	void withoutAKeyNothingIsRemembered() {
		run(call("cause", null), "create", Map.of("a", 1));
		assertThat(run(call("cause", null), "update", Map.of("a", 2))).isEqualTo(2);
		assertThat(run(call("cause", "key"), "delete", Map.of("a", 3))).isEqualTo(3);
	}

	@Test
	void refusedRequestGivesItsKeyBackAndAFailedOneDoesNot() {
		assertThatThrownBy(() -> once.run(call("cause", "key"), "create", Map.of("a", 1), _ -> {
			throw Refusals.notFound();
		})).isInstanceOf(ErrorResponseException.class);
		assertThat(run(call("cause", "key"), "create", Map.of("a", 2))).isEqualTo(1);

		assertThatThrownBy(() -> once.run(call("failed", "key"), "create", Map.of("a", 1), _ -> {
			throw new IllegalStateException("nobody knows what has been done");
		})).isInstanceOf(IllegalStateException.class);
		assertThatThrownBy(() -> run(call("failed", "key"), "create", Map.of("a", 2)))
				.isInstanceOf(ErrorResponseException.class);
	}
}
