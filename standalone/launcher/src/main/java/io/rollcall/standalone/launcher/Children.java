package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The programs of one system by name, and the note in its folder of their processes, by which the next launcher ends what this one leaves. */
final class Children implements AutoCloseable {
	private final DataFolder folder;
	private final Ports ports;
	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
	private final HttpClient http = HttpClient.newBuilder().executor(threads).connectTimeout(Duration.ofSeconds(2))
			.proxy(HttpClient.Builder.NO_PROXY).build();
	/** Replaced when one is added, never changed: it is read by several threads. */
	private volatile Map<String, Child> children = Map.of();
	private volatile boolean ready;
	private volatile boolean closing;

	/** Takes the folder over. */
	Children(DataFolder folder, Ports ports) {
		this.folder = folder;
		this.ports = ports;
	}

	/** @param endedByItself told when its process ends though nobody asked it to */
	synchronized void add(Program program, Consumer<Child> endedByItself) {
		var more = new LinkedHashMap<>(children);
		more.put(program.name(), new Child(program, folder.path(),
				new LogFile(folder.logs().resolve(program.name() + ".log")), http,
				child -> ended(child, endedByItself)));
		children = more;
	}

	private void ended(Child child, Consumer<Child> endedByItself) {
		try {
			if (!closing && child.startAgainWithoutCache()) {
				note();
				return;
			}
		} catch (IOException _) {
			// as if it had no cache
		}
		endedByItself.accept(child);
	}

	/** It has ended and is not started again: who asks what runs is told. */
	void giveUp(Child child) {
		child.giveUp();
		note();
	}

	/** In the order in which they were added. */
	Map<String, Child> byName() {
		return children;
	}

	Child get(String name) {
		var child = children.get(name);
		if (child == null) throw new IllegalArgumentException("There is no " + name + " among " + children.keySet());
		return child;
	}

	void start(Child child) throws IOException {
		child.start();
		note();
	}

	/** Runs something on a thread of its own, which ends with the children. */
	CompletableFuture<Void> meanwhile(Runnable work) {
		return CompletableFuture.runAsync(work, threads);
	}

	/** All have been started, and were ready. */
	void allReady() {
		ready = true;
		note();
	}

	boolean areAllReady() {
		return ready;
	}

	boolean areClosing() {
		return closing;
	}

	private synchronized void note() {
		if (closing) return;
		var processes = children.values().stream().flatMap(child -> child.noted().stream()).toList();
		folder.note(new DataFolder.Running(DataFolder.Noted.of("launcher", ProcessHandle.current()), ready, ports,
				processes));
	}

	/** Stops everything, last started first, and leaves no process behind. */
	@Override
	public void close() {
		if (closing) return;
		closing = true;
		// A service that stops still writes to what it needs, so that goes last; those that need the same go together.
		var levels = new TreeMap<Integer, List<Child>>();
		children.values().forEach(child -> levels
				.computeIfAbsent(child.program().needs().isEmpty() ? 0 : 1, _ -> new ArrayList<>()).add(child));
		for (List<Child> level : levels.descendingMap().values()) {
			CompletableFuture.allOf(level.stream().map(child -> meanwhile(() -> {
				try {
					child.stop();
				} catch (InterruptedException e) {
					throw new CompletionException(e);
				}
			})).toArray(CompletableFuture[]::new)).join();
		}
		children.values().forEach(child -> child.log().close());
		folder.forget();
		folder.close();
		http.shutdownNow();
		threads.shutdownNow();
	}
}
