package io.rollcall.platform.security;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Nothing that somebody puts on the topic keeps a token good that is to be refused. */
class AccountFollowerTests {
	private final OvertakenTokens tokens = new OvertakenTokens(Clock.systemUTC());
	private final AccountFollower follower = new AccountFollower(tokens, JsonMapper.builder().build(),
			Clock.systemUTC(), new SimpleMeterRegistry());

	@Test
	void whatCannotBeReadHoldsUpNothing() {
		String account = UUID.randomUUID().toString();
		List<ConsumerRecord<String, byte[]>> records = Stream.of("{", "null", "[]", "{\"type\":\"UserDeactivated\"}",
				"{\"type\":\"UserUpdated\",\"accountId\":\"" + account + "\"}", "[".repeat(100_000),
				"{\"type\":\"UserDeactivated\",\"accountId\":\"" + account + "\",\"version\":2}")
				.map(body -> new ConsumerRecord<>("user-events", 0, 0, "key", body.getBytes(UTF_8))).toList();
		follower.onEvents(records);
		var token = Jwt.withTokenValue("token").header("alg", "none").subject(account).claim("account_version", 1)
				.issuedAt(Instant.now()).build();
		assertThat(tokens.validate(token).hasErrors()).isTrue();
	}
}
