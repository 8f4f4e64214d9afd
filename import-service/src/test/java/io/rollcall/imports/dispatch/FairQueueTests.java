package io.rollcall.imports.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.rollcall.imports.OpenImport;

import static org.assertj.core.api.Assertions.assertThat;

class FairQueueTests {
	private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

	private final FairQueue queue = new FairQueue(Duration.ofSeconds(60));
	private int submitted;

	private OpenImport submit(String district, int rows) {
		OpenImport open = new OpenImport(UUID.randomUUID(), district, NOON.plusMillis(submitted++), rows, 20_000, 0, 0,
				NOON, 0);
		queue.put(open);
		return open;
	}

	private List<String> dispatch(int rows, int chunk) {
		List<String> order = new ArrayList<>();
		for (Slice slice : queue.next(rows, chunk, Integer.MAX_VALUE, NOON)) {
			order.add(slice.of().turn() + ":" + slice.from() + "-" + slice.to());
			queue.dispatched(slice.of().id(), slice.to(), NOON);
		}
		return order;
	}

	private static OpenImport done(OpenImport of, int done, Instant at) {
		return new OpenImport(of.id(), of.turn(), of.submittedAt(), of.total(), of.bytes(), 0, done, at, 0);
	}

	@Test
	void districtsTakeTurns() {
		submit("A", 50);
		submit("B", 10);
		submit("C", 30);
		assertThat(dispatch(1000, 20)).containsExactly("A:1-20", "B:1-10", "C:1-20", "A:21-40", "C:21-30", "A:41-50");
		assertThat(dispatch(1000, 20)).isEmpty();
	}

	@Test
	void turnsGoOnWhereTheyStopped() {
		submit("A", 1000);
		submit("B", 1000);
		submit("C", 1000);
		assertThat(dispatch(20, 20)).containsExactly("A:1-20");
		assertThat(dispatch(20, 20)).containsExactly("B:1-20");
		submit("D", 5);
		assertThat(dispatch(45, 20)).containsExactly("C:1-20", "D:1-5", "A:21-40");
	}

	@Test
	void districtsOldestImportGoesFirst() {
		OpenImport first = submit("A", 30);
		OpenImport second = submit("A", 30);
		List<Slice> next = queue.next(45, 20, Integer.MAX_VALUE, NOON);
		assertThat(next).extracting(slice -> slice.of().id()).containsExactly(first.id(), first.id(), second.id());
		assertThat(next).extracting(Slice::to).containsExactly(20, 30, 15);
	}

	@Test
	void whatIsNotDispatchedIsNextAgain() {
		submit("A", 10);
		assertThat(queue.next(10, 20, 1, NOON)).hasSize(1);
		assertThat(queue.next(10, 20, 1, NOON)).hasSize(1);
	}

	@Test
	void rowsUnderWayAreThoseDispatchedAndNotDone() {
		OpenImport a = submit("A", 100);
		dispatch(60, 20);
		assertThat(queue.inFlight()).isEqualTo(60);
		queue.put(done(a, 25, NOON));
		assertThat(queue.inFlight()).isEqualTo(35);
		queue.put(done(a, 10, NOON)); // older news
		assertThat(queue.inFlight()).isEqualTo(35);
		queue.put(done(a, 100, NOON));
		assertThat(queue.inFlight()).isZero();
		assertThat(queue.size()).isZero();
	}

	@Test
	void importThatStandsStillWhileOthersMoveDoesNotFillTheWindow() {
		submit("A", 10);
		OpenImport b = submit("B", 100);
		dispatch(1000, 20);
		assertThat(queue.inFlight()).isEqualTo(110);
		queue.put(done(b, 1, NOON.plusSeconds(61)));
		assertThat(queue.inFlight()).isEqualTo(99);
	}

	@Test
	void whatAFileDecidesIsNoSignThatRowsAreAnswered() {
		submit("A", 10);
		dispatch(10, 20);
		Instant later = NOON.plusSeconds(61);
		queue.put(new OpenImport(UUID.randomUUID(), "B", later, 10, 20_000, 0, 3, later, 0));
		assertThat(queue.inFlight()).isEqualTo(10);
	}

	@Test
	void nothingMovingKeepsTheWindow() {
		submit("A", 10);
		dispatch(10, 20);
		assertThat(queue.inFlight()).isEqualTo(10);
		assertThat(queue.overdue(NOON.plusSeconds(599), Duration.ofMinutes(10))).isEmpty();
		assertThat(queue.overdue(NOON.plusSeconds(601), Duration.ofMinutes(10))).isPresent();
	}

	@Test
	void waitForSendingAgainDoublesEachTime() {
		OpenImport again = new OpenImport(UUID.randomUUID(), "A", NOON, 10, 1, 10, 0, NOON, 3);
		assertThat(again.isOverdue(NOON.plusSeconds(80 * 60), Duration.ofMinutes(10))).isFalse();
		assertThat(again.isOverdue(NOON.plusSeconds(80 * 60 + 1), Duration.ofMinutes(10))).isTrue();
	}

	@Test
	void importThatCannotBeDispatchedIsLeftAside() {
		OpenImport a = submit("A", 10);
		submit("B", 10);
		queue.suspend(a.id(), NOON.plusSeconds(5));
		assertThat(dispatch(1000, 20)).containsExactly("B:1-10");
		assertThat(queue.next(1000, 20, 9, NOON.plusSeconds(6))).extracting(slice -> slice.of().id())
				.containsExactly(a.id());
	}

	@Test
	void roundTakesOnlySoManyBytesOfFiles() {
		for (int i = 0; i < 5; i++)
			queue.put(new OpenImport(UUID.randomUUID(), "D" + i, NOON, 10, 5_000_000, 0, 0, NOON, 0));
		assertThat(queue.next(1000, 20, Integer.MAX_VALUE, NOON)).hasSize(1);
	}
}
