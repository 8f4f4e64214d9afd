package io.rollcall.platform.web;

import org.junit.jupiter.api.Test;
import org.springframework.http.ProblemDetail;

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
}
