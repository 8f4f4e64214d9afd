package io.rollcall.user.credential;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordHashingTests {
	private final PasswordHashing hashing = new PasswordHashing();

	/** OWASP Password Storage Cheat Sheet. */
	@Test
	void isArgon2idWith19MiBAndTwoPasses() {
		assertThat(hashing.hash(new Password("Correct+Horse+42"))).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
	}

	@Test
	void whatIsLongerThanAnyPasswordIsNone() {
		String hash = hashing.hash(new Password("Correct+Horse+42"));
		assertThat(hashing.matches(new Password("Correct+Horse+42"), hash)).isTrue();
		assertThat(hashing.matches(new Password("x".repeat(100_000)), hash)).isFalse();
		assertThat(hashing.matches(new Password("Correct+Horse+42"), null)).isFalse();
	}
}
