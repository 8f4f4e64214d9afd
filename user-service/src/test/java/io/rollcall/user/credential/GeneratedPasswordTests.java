package io.rollcall.user.credential;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GeneratedPasswordTests {
	@RepeatedTest(50)
	void satisfiesThePasswordRules() {
		String password = GeneratedPassword.random(new SecureRandom()).value();
		assertThat(password).hasSizeBetween(12, 32).matches(".*[A-Z].*").matches(".*[a-z].*").matches(".*[0-9].*")
				.matches(".*[~!@#$%^&*()_+={}|\\[\\]:\"';<>?].*");
		assertThat(password.replaceAll("[^A-Za-z0-9]", "")).hasSizeGreaterThanOrEqualTo(24);
	}

	@Test
	void isNeverTheSame() {
		Set<String> seen = new HashSet<>();
		var random = new SecureRandom();
		for (int i = 0; i < 10_000; i++)
			assertThat(seen.add(GeneratedPassword.random(random).value())).isTrue();
	}

	@Test
	void doesNotShowItself() {
		var password = new GeneratedPassword("s3cretS3cret");
		assertThat(password.toString()).doesNotContain("s3cret");
		assertThat(password.sha256()).hasSize(64).doesNotContain("s3cret");
	}
}
