package io.rollcall.platform.web;

import java.util.List;

import com.mongodb.MongoTimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ProblemDetail;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;

import io.rollcall.platform.TemporarilyUnavailable;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemAdviceTests {
	private static final WebRequest REQUEST = new ServletWebRequest(new MockHttpServletRequest(),
			new MockHttpServletResponse());

	@Test
	void whatNobodyExpectedSaysNothingOfTheInside() throws Exception {
		var answer = new ProblemAdvice()
				.unexpected(
						new IllegalStateException("mongodb://user:secret@db",
								new RuntimeException("maria.okafor")),
						REQUEST);
		assertThat(answer.getStatusCode().value()).isEqualTo(500);
		assertThat(answer.getBody()).isInstanceOfSatisfying(ProblemDetail.class,
				problem -> assertThat(problem.getProperties()).containsEntry("code", "internal"));
		assertThat(answer.getBody().toString()).doesNotContain("secret", "maria", "Exception");
	}

	@Test
	void whatIsAwayIsWaitedForHoweverItIsWrapped() throws Exception {
		for (Exception away : List.of(new MongoTimeoutException("away"), new TemporarilyUnavailable("away"),
				new DataAccessResourceFailureException("translated", new MongoTimeoutException("away")))) {
			var answer = new ProblemAdvice().unexpected(away, REQUEST);
			assertThat(answer.getStatusCode().value()).isEqualTo(503);
			assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("5");
		}
	}

	@Test
	void whatTheDatabaseRefusesIsNotAway() throws Exception {
		var answer = new ProblemAdvice().unexpected(new DataAccessResourceFailureException("wrong"), REQUEST);
		assertThat(answer.getStatusCode().value()).isEqualTo(500);
	}
}
