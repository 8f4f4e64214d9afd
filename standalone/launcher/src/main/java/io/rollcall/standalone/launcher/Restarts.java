package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Starts again what ended by itself, so often and no oftener, after pauses that double. */
final class Restarts {
	private static final int DOUBLINGS = 5;

	private final Children children;
	private final int most;
	private final Consumer<String> out;
	private final Map<String, Integer> used = new ConcurrentHashMap<>();
	/** What was ready once while others still start. What ends before it was ready is seen by whoever waits for it. */
	private final Set<String> begun = ConcurrentHashMap.newKeySet();

	/** @param most of each program; 0 leaves it dead */
	Restarts(Children children, int most, Consumer<String> out) {
		this.children = children;
		this.most = most;
		this.out = out;
	}

	/** From now on a child that ends is started again although others still start. */
	void begin(Child child) {
		begun.add(child.program().name());
	}

	void endedByItself(Child child) {
		String name = child.program().name();
		if (children.areClosing() || !children.areAllReady() && !begun.contains(name)) return;
		out.accept(child.lastWords());
		int restart = used.merge(name, 1, Integer::sum);
		if (restart > most) {
			if (most > 0) out.accept(name + " has ended too often and stays down; the rest runs on.");
			return;
		}
		try {
			Thread.sleep(Duration.ofSeconds(1L << Math.min(DOUBLINGS, restart - 1)));
			if (children.areClosing()) return;
			out.accept("Starting " + name + " again");
			children.start(child);
			if (child.awaitReady(FirstStart.LIMIT)) out.accept(name + " is ready again");
		} catch (IOException | IllegalStateException e) {
			out.accept(name + " cannot be started again: " + e.getMessage());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
