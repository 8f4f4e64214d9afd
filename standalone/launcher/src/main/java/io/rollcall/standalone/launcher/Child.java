package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.rollcall.standalone.launcher.Program.Readiness;

/** A program and its present process, if it has one. */
final class Child {
	private static final Duration STOP_GRACE = Duration.ofSeconds(20);
	/** Of a JVM that notes beside what it has to finish what it has learned: some seconds, of which nine share the processors. */
	private static final Duration STOP_GRACE_RECORDING = Duration.ofSeconds(60);

	private final Program program;
	private final Path directory;
	private final LogFile log;
	private final HttpClient http;
	private final Consumer<Child> unexpectedEnd;

	private @Nullable Process process;
	private @Nullable Thread output;
	private @Nullable Launch launch;
	private boolean endIsExpected;
	private boolean staysDown;
	private volatile boolean saidReady;
	private volatile boolean wasReady;

	/** @param unexpectedEnd called when the process ends though nobody asked it to */
	Child(Program program, Path directory, LogFile log, HttpClient http, Consumer<Child> unexpectedEnd) {
		this.program = program;
		this.directory = directory;
		this.log = log;
		this.http = http;
		this.unexpectedEnd = unexpectedEnd;
	}

	Program program() {
		return program;
	}

	LogFile log() {
		return log;
	}

	synchronized void start() throws IOException {
		if (process != null && process.isAlive()) throw new IllegalStateException(program.name() + " runs already");
		launch = program.launch().get();
		var builder = new ProcessBuilder(OwnerOnly.command(launch.command())).directory(directory.toFile())
				.redirectErrorStream(true);
		builder.environment().putAll(program.environment());
		saidReady = false;
		wasReady = false;
		endIsExpected = false;
		staysDown = false;
		var started = builder.start();
		process = started;
		// A platform thread: reading a pipe holds the thread that runs a virtual one, and nine of them left none to stop anything with.
		output = Thread.ofPlatform().daemon().name("log-" + program.name())
				.start(() -> log.copy(started.getInputStream(), this::notice));
		started.onExit().thenAccept(this::ended);
	}

	/** Starts it again when it ended before it was ready and a bad cache may be why. That is thrown away, so it is once. */
	synchronized boolean startAgainWithoutCache() throws IOException {
		if (!mayStartAgain() || !(launch instanceof Launch.FromCache from)) return false;
		from.cache().discard();
		log.write("It ended before it was ready, and is started again without the cache of its JVM");
		start();
		return true;
	}

	private synchronized boolean mayStartAgain() {
		return launch instanceof Launch.FromCache && !wasReady && !endIsExpected;
	}

	/** It has ended, and nobody starts it again. */
	synchronized void giveUp() {
		staysDown = true;
	}

	/** What is noted of its last process, for whoever asks from outside. */
	synchronized Optional<DataFolder.Noted> noted() {
		if (staysDown) return Optional.of(DataFolder.Noted.ended(program.name()));
		return Optional.ofNullable(process).map(it -> DataFolder.Noted.of(program.name(), it.toHandle()));
	}

	/** The running process, or null. */
	synchronized @Nullable ProcessHandle handle() {
		return process != null && process.isAlive() ? process.toHandle() : null;
	}

	boolean runs() {
		return handle() != null;
	}

	private synchronized boolean hasEnded() {
		return !runs() && !mayStartAgain();
	}

	/** The exit code of the last process; -1 while it runs or when there was none. */
	private synchronized int exitCode() {
		return process == null || process.isAlive() ? -1 : process.exitValue();
	}

	/** Why it is not ready, for people. */
	String whyNotReady(Duration waited) {
		return runs()
				? program.name() + " runs but was not ready within " + waited.toMinutes() + " minutes; its log is "
						+ log.path()
				: lastWords();
	}

	/** That its process has ended, and what that said last: its reader may still be at it when the process is gone. */
	String lastWords() {
		Thread words;
		synchronized (this) {
			words = output;
		}
		try {
			join(words);
		} catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		var said = new StringBuilder(program.name()).append(" has ended with exit code ").append(exitCode())
				.append("; its log is ").append(log.path()).append(". Its last lines:");
		log.tail().forEach(line -> said.append("\n    ").append(line));
		return said.toString();
	}

	/** Waits until the program can do its work; false when its process ended or the time is up. */
	boolean awaitReady(Duration limit) throws InterruptedException {
		long begin = System.nanoTime();
		long end = begin + limit.toNanos();
		while (System.nanoTime() < end) {
			if (isReady()) return true;
			if (hasEnded()) return false;
			// Often at first; a program that takes long is not made slower, nor its log longer, by being asked.
			Thread.sleep(Math.clamp((System.nanoTime() - begin) / 20_000_000, 100, 1000));
		}
		return false;
	}

	boolean isReady() {
		boolean ready = runs() && switch (program.readiness()) {
			case Readiness.Line _ -> saidReady;
			case Readiness.Connects(int port) -> connects(port);
			case Readiness.Answers(int port, String path) -> answers(port, path);
		};
		if (ready) wasReady = true;
		return ready;
	}

	/** SIGKILL: nothing of the process runs any more when this returns. */
	void kill() throws InterruptedException {
		end(true);
	}

	/** SIGTERM, and SIGKILL to one that does not go. Returns when the process is gone and its last words are logged. */
	void stop() throws InterruptedException {
		end(false);
	}

	private void end(boolean atOnce) throws InterruptedException {
		Process ending;
		Thread words;
		Launch launched;
		synchronized (this) {
			endIsExpected = true;
			ending = process;
			words = output;
			launched = launch;
		}
		if (ending == null) return;
		var recording = launched instanceof Launch.Recording it ? it : null;
		Duration grace = recording != null && wasReady ? STOP_GRACE_RECORDING : STOP_GRACE;
		// Not Process.destroy(): that closes the pipe of the log too.
		if (!atOnce && ending.toHandle().destroy() && ending.waitFor(grace)) {
			join(words);
			if (recording != null) recording.cache().keep(recording.notes(), wasReady && endedInOrder(ending));
			return;
		}
		if (!atOnce && ending.isAlive()) {
			log.write("It did not stop within " + grace.toSeconds() + " s and was killed");
		}
		ending.toHandle().destroyForcibly();
		ending.waitFor();
		join(words);
		if (recording != null) recording.cache().keep(recording.notes(), false);
	}

	/** By itself, or as after SIGTERM: not so when it was killed while it still wrote. */
	private static boolean endedInOrder(Process ended) {
		return ended.exitValue() == 0 || ended.exitValue() == 128 + 15;
	}

	private static void join(@Nullable Thread thread) throws InterruptedException {
		if (thread != null) thread.join(Duration.ofSeconds(2));
	}

	private void notice(String line) {
		if (program.readiness() instanceof Readiness.Line(String part) && line.contains(part)) saidReady = true;
	}

	private void ended(Process ended) {
		synchronized (this) {
			if (endIsExpected || ended != process) return;
		}
		unexpectedEnd.accept(this);
	}

	private static boolean connects(int port) {
		try (var socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
			return true;
		} catch (IOException _) {
			return false;
		}
	}

	private boolean answers(int port, String path) {
		var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
				.timeout(Duration.ofSeconds(2)).build();
		try {
			return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		} catch (IOException _) {
			return false;
		} catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return false;
		}
	}
}
