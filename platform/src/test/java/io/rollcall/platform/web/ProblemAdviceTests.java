package io.rollcall.platform.web;

import java.util.List;

import com.mongodb.MongoTimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ProblemDetail;

import io.rollcall.platform.messaging.TemporarilyUnavailable;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemAdviceTests {
	@Test
	void whatNobodyExpectedSaysNothingOfTheInside() throws Exception {
		var answer = new ProblemAdvice()
				.unexpected(
						new IllegalStateException("mongodb://user:secret@db", new RuntimeException("maria.okafor")));
		assertThat(answer.getStatusCode().value()).isEqualTo(500);
		assertThat(answer.getBody()).isInstanceOfSatisfying(ProblemDetail.class,
				problem -> assertThat(problem.getProperties()).containsEntry("code", "internal"));
		assertThat(answer.getBody().toString()).doesNotContain("secret", "maria", "Exception");
	}

	@Test
	void whatIsAwayIsWaitedForHoweverItIsWrapped() throws Exception {
		for (Exception away : List.of(new MongoTimeoutException("away"), new TemporarilyUnavailable("away"),
				new DataAccessResourceFailureException("translated", new MongoTimeoutException("away")))) {
			var answer = new ProblemAdvice().unexpected(away);
			assertThat(answer.getStatusCode().value()).isEqualTo(503);
			assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("5");
		}
	}

	@Test
	void whatTheDatabaseRefusesIsNotAway() throws Exception {
		var answer = new ProblemAdvice().unexpected(new DataAccessResourceFailureException("wrong"));
		assertThat(answer.getStatusCode().value()).isEqualTo(500);
	}
}
