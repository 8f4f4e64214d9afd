package io.rollcall.notification.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/** The mailings of a lane, a queue for each account: one that was put off holds back those behind it, and nobody else's. */
final class AccountQueues {
	private record Parked(Instant until, UUID accountId) {}

	private final Clock clock;
	private final Gate gate;
	private final ReentrantLock lock = new ReentrantLock();
	private final Condition changed = lock.newCondition();
	private final Map<UUID, Deque<Work>> accounts = new HashMap<>();
	private final Queue<UUID> ready = new ArrayDeque<>();
	private final PriorityQueue<Parked> parked = new PriorityQueue<>(Comparator.comparing(Parked::until));
	private volatile boolean closed;

	AccountQueues(Clock clock, Gate gate) {
		this.clock = clock;
		this.gate = gate;
	}

	void add(Work work) {
		lock.lock();
		try {
			Deque<Work> queue = accounts.computeIfAbsent(work.accountId, _ -> new ArrayDeque<>());
			queue.addLast(work);
			if (queue.size() == 1) lineUp(work);
			changed.signal();
		} finally {
			lock.unlock();
		}
	}

	/** Nothing is taken any more. */
	void close() {
		lock.lock();
		try {
			closed = true;
			changed.signalAll();
		} finally {
			lock.unlock();
		}
	}

	boolean isClosed() {
		return closed;
	}

	/**
	 * Waits for a mailing that is due, which stays the first of its account until it is {@link #release released}.
	 *
	 * @param deadline as {@link System#nanoTime}
	 * @return null when there is none before the deadline, or the queues are closed
	 */
	@Nullable
	Work take(long deadline) throws InterruptedException {
		lock.lock();
		try {
			while (!closed) {
				for (Parked next = parked.peek(); next != null
						&& !clock.instant().isBefore(next.until()); next = parked.peek()) {
					ready.add(next.accountId());
					parked.remove();
				}
				boolean paused = !gate.isOpen();
				UUID account = paused ? null : ready.poll();
				if (account != null) return queue(account).getFirst();
				long left = deadline - System.nanoTime();
				if (left <= 0) return null;
				changed.awaitNanos(parked.isEmpty() && !paused ? left : Math.min(left, Pauses.TICK.toNanos()));
			}
			return null;
		} finally {
			lock.unlock();
		}
	}

	/** @param over whether the account's next mailing has its turn; else this one is due again */
	void release(Work work, boolean over) {
		lock.lock();
		try {
			Deque<Work> queue = queue(work.accountId);
			if (over) queue.removeFirst();
			if (queue.isEmpty()) accounts.remove(work.accountId);
			else
				lineUp(queue.getFirst());
		} finally {
			lock.unlock();
		}
	}

	private Deque<Work> queue(UUID account) {
		Deque<Work> queue = accounts.get(account);
		if (queue == null) throw new IllegalStateException("no queue of this account");
		return queue;
	}

	private void lineUp(Work first) {
		Instant turn = first.turn();
		Instant due = turn == null || turn.isBefore(first.dueAt()) ? first.dueAt() : turn;
		if (clock.instant().isBefore(due)) parked.add(new Parked(due, first.accountId));
		else
			ready.add(first.accountId);
	}
}
