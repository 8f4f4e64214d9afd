package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import io.rollcall.standalone.ports.FreePorts;

/** Starts all programs, each after those that it needs, and gives up when one of them cannot be started. */
final class FirstStart {
	/** Very long for a machine that has nothing else to do; one that is out of processors takes minutes. */
	static final Duration LIMIT = Duration.ofMinutes(10);
	private static final Duration SILENCE = Duration.ofSeconds(30);

	private final Children children;
	private final Restarts restarts;
	private final Consumer<String> out;
	/**
	 * A JVM that boots is busy on one processor and a little more. All at once would finish no sooner, and each of them
	 * much later.
	 */
	private final Semaphore boots = new Semaphore(Runtime.getRuntime().availableProcessors() + 1, true);

	FirstStart(Children children, Restarts restarts, Consumer<String> out) {
		this.children = children;
		this.restarts = restarts;
		this.out = out;
	}

	/** @throws StartFailure when another program listens where one of these is to */
	static void refuseTakenPorts(List<Program> programs) {
		var taken = new TreeMap<Integer, String>();
		for (Program program : programs) {
			program.ports().forEach((port, purpose) -> {
				if (!FreePorts.isFree(port)) taken.put(port, purpose);
			});
		}
		if (taken.isEmpty()) return;
		var message = new StringBuilder();
		taken.forEach((port, purpose) -> message.append("Port ").append(port).append(", needed for ").append(purpose)
				.append(", is taken by another program.\n"));
		message.append("See which one with: lsof -nP -iTCP:").append(taken.firstKey()).append(
				" -sTCP:LISTEN\nStop it, or move all of Rollcall's ports, for example: ROLLCALL_PORT_OFFSET=10000 ./run");
		throw new StartFailure(message.toString());
	}

	/** Returns when all are ready. */
	void run(List<Program> programs) {
		programs.forEach(program -> children.add(program, restarts::endedByItself));
		var started = new LinkedHashMap<String, CompletableFuture<Void>>();
		var failed = new CompletableFuture<Void>();
		try {
			for (Program program : programs) {
				for (String need : program.needs())
					if (started.containsKey(need)) started.get(need).get();
				boots.acquire();
				if (failed.isDone()) break;
				var one = children.meanwhile(() -> start(children.get(program.name())));
				one.whenComplete((_, failure) -> {
					if (failure != null) {
						failed.completeExceptionally(
								failure instanceof CompletionException && failure.getCause() != null
										? failure.getCause()
										: failure);
					}
					boots.release();
				});
				started.put(program.name(), one);
			}
			// The first failure ends the wait: what started beside it is stopped when the children are closed.
			CompletableFuture
					.anyOf(CompletableFuture.allOf(started.values().toArray(CompletableFuture[]::new)), failed).get();
		} catch (ExecutionException e) {
			throw e.getCause() instanceof StartFailure failure ? failure : new IllegalStateException(e.getCause());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new StartFailure("The start was given up.");
		}
		children.allReady();
	}

	private void start(Child child) {
		long begin = System.nanoTime();
		try {
			children.start(child);
			if (children.areClosing()) child.stop(); // they may have been closed just before there was anything to stop
			awaitReady(child);
		} catch (IOException e) {
			throw new StartFailure(child.program().name() + " cannot be started: " + e.getMessage());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new StartFailure("The start was interrupted.");
		}
		out.accept(String.format("  %-22s ready after %4.1f s   port %s", child.program().name(),
				(System.nanoTime() - begin) / 1e9, String.join(", ",
						child.program().ports().keySet().stream().sorted().map(String::valueOf).toList())));
	}

	private void awaitReady(Child child) throws InterruptedException {
		for (Duration waited = Duration.ZERO; !child.awaitReady(SILENCE);) {
			waited = waited.plus(SILENCE);
			if (children.areClosing()) throw new StartFailure("The start was given up.");
			if (!child.runs() || waited.compareTo(LIMIT) >= 0) throw new StartFailure(child.whyNotReady(LIMIT));
			out.accept("  " + child.program().name() + " is not ready yet after " + waited.toSeconds()
					+ " s; its log is " + child.log().path());
		}
		restarts.begin(child);
		if (!child.runs()) throw new StartFailure(child.whyNotReady(LIMIT)); // between the two
	}
}
