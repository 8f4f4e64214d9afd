package io.rollcall.platform.persistence;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.mongodb.core.MongoTemplate;

import io.rollcall.platform.persistence.PauseSwitch.State;
import io.rollcall.testing.Backend;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(Backend.class)
class PauseSwitchTests {
	private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

	private static MongoClient client;

	@Parameter
	Backend backend;

	@BeforeParameterizedClassInvocation
	static void connect(Backend backend) {
		client = MongoClients.create(backend.mongo());
	}

	@AfterParameterizedClassInvocation
	static void disconnect() {
		client.close();
	}

	private static PauseSwitch untouched() {
		return new PauseSwitch(new MongoTemplate(client, "switches-" + UUID.randomUUID()), "switches", "sending");
	}

	@Test
	void itRemembersWhoTurnedItLast() {
		PauseSwitch sending = untouched();
		assertThat(sending.state()).isEqualTo(new State(false, null, null));
		assertThat(sending.turn(false, "a", NOON)).as("it stood there").isEqualTo(new State(false, null, null));
		assertThat(sending.turn(true, "b", NOON)).isEqualTo(new State(true, "b", NOON));
		assertThat(sending.turn(true, "c", NOON.plusSeconds(1))).isEqualTo(new State(true, "b", NOON));
		assertThat(sending.turn(false, "d", NOON.plusSeconds(2)))
				.isEqualTo(new State(false, "d", NOON.plusSeconds(2)));
		assertThat(sending.state()).isEqualTo(new State(false, "d", NOON.plusSeconds(2)));
	}

	@Test
	void ofSeveralWhoPauseAtOnceOneDidItAndAllAreToldThatOne() {
		PauseSwitch sending = untouched();
		for (int round = 0; round < 20; round++) {
			sending.turn(false, "before", NOON);
			Set<State> told = ConcurrentHashMap.newKeySet();
			var together = new CyclicBarrier(8);
			try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
				for (int i = 0; i < 8; i++) {
					String by = "operator-" + i;
					threads.submit(() -> {
						together.await();
						return told.add(sending.turn(true, by, NOON));
					});
				}
			}
			assertThat(told).containsExactly(sending.state());
			assertThat(sending.state().paused()).isTrue();
		}
	}
}
