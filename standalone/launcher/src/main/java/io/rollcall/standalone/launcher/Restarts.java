package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Starts again what ended by itself, so often and no oftener, after pauses that double. What ran well for a while has all its restarts again. */
final class Restarts {
	private static final int DOUBLINGS = 5;
	/** Whatever ends a program that was well for so long is not what ended it before. */
	static final Duration HEALTHY = Duration.ofMinutes(10);

	private final Children children;
	private final int most;
	private final InstantSource clock;
	private final Consumer<String> out;
	private final Map<String, Integer> used = new ConcurrentHashMap<>();
	/** When what is or was ready got so. What ends before it ever was is seen by whoever waits for it. */
	private final Map<String, Instant> readySince = new ConcurrentHashMap<>();

	/** @param most of each program; 0 leaves it dead */
	Restarts(Children children, int most, InstantSource clock, Consumer<String> out) {
		this.children = children;
		this.most = most;
		this.clock = clock;
		this.out = out;
	}

	/** It is ready: from now on a child that ends is started again although others still start. */
	void begin(Child child) {
		readySince.put(child.program().name(), clock.instant());
	}

	void endedByItself(Child child) {
		String name = child.program().name();
		if (children.areClosing() || !children.areAllReady() && !readySince.containsKey(name)) return;
		out.accept(child.lastWords());
		if (wasHealthy(name)) used.remove(name);
		int restart = used.merge(name, 1, Integer::sum);
		if (restart > most) {
			children.giveUp(child);
			if (most > 0) {
				out.accept(name
						+ " has ended too often and stays down; the rest runs on. Nothing that was accepted is lost."
						+ " When its log says what is wrong and that is mended: ./run --stop, then ./run");
			}
			return;
		}
		try {
			Thread.sleep(Duration.ofSeconds(1L << Math.min(DOUBLINGS, restart - 1)));
			if (children.areClosing()) return;
			out.accept("Starting " + name + " again");
			readySince.put(name, Instant.MAX);
			children.start(child);
			if (!child.awaitReady(FirstStart.LIMIT)) return;
			begin(child);
			out.accept(name + " is ready again");
		} catch (IOException | IllegalStateException e) {
			if (!child.runs()) children.giveUp(child);
			out.accept(name + " cannot be started again: " + e.getMessage());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean wasHealthy(String name) {
		Instant since = readySince.getOrDefault(name, Instant.MAX);
		return !since.isAfter(clock.instant().minus(HEALTHY));
	}
}
