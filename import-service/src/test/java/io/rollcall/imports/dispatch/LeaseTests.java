package io.rollcall.imports.dispatch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeaseTests {
	private final Map<String, LeaseStore.Beat> beats = new HashMap<>();
	private final LeaseStore store = new LeaseStore() {
		@Override
		public Optional<Beat> read(String lease) {
			return Optional.ofNullable(beats.get(lease));
		}

		@Override
		public boolean replace(String lease, Optional<Beat> seen, Beat next) {
			if (!read(lease).equals(seen)) return false;
			beats.put(lease, next);
			return true;
		}
	};
	private long seconds;
	private final Lease first = lease();
	private final Lease second = lease();

	private Lease lease() {
		return new Lease(store, "dispatcher", Duration.ofSeconds(4), () -> Duration.ofSeconds(seconds).toNanos());
	}

	@Test
	void oneHoldsItAsLongAsItAsks() {
		for (seconds = 0; seconds < 60; seconds++) {
			assertThat(first.isHeld()).isTrue();
			assertThat(second.isHeld()).isFalse();
		}
	}

	@Test
	void anotherTakesOverWhenTheHolderIsSilent() {
		assertThat(first.isHeld()).isTrue();
		assertThat(second.isHeld()).isFalse();
		seconds = 3;
		assertThat(second.isHeld()).isFalse();
		seconds = 4;
		assertThat(second.isHeld()).isTrue();
		assertThat(first.isHeld()).as("it was paused and does not know").isFalse();
	}

	@Test
	void anotherTakesOverAtOnceWhenTheHolderLetsGo() {
		assertThat(first.isHeld()).isTrue();
		first.release();
		assertThat(second.isHeld()).isTrue();
		assertThat(first.isHeld()).isFalse();
	}

	@Test
	void signOfLifeWhoseAnswerWasLostIsRecognised() {
		assertThat(first.isHeld()).isTrue();
		LeaseStore.Beat mine = store.read("dispatcher").orElseThrow();
		beats.put("dispatcher", new LeaseStore.Beat(mine.holder(), mine.count() + 1));
		seconds = 1;
		assertThat(first.isHeld()).isFalse();
		assertThat(first.isHeld()).isTrue();
	}
}
