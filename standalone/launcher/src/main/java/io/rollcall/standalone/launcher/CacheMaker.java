package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import sun.misc.Signal;
import sun.misc.SignalHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes caches of what JVMs have noted, one after another, in a process of its own that takes what processor time nobody else
 * wants. It begins when the system has stopped, and ends when one is started again: what is left is made after the next stop.
 */
public final class CacheMaker {
	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** Exit code of a process after SIGKILL. */
	private static final int KILLED = 128 + 9;

	private CacheMaker() {}

	/** Begins, unless there is nothing to make or somebody is at it. Returns at once. */
	static void begin(Path folder) {
		try {
			if (noted(folder).isEmpty() || running(folder).isPresent()) return;
			var command = new ArrayList<>(Yielding.toAll());
			command.addAll(List.of(Jvm.JAVA, "-XX:+UseSerialGC", "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp",
					Jvm.joined(Jvm.ownClassPath()), CacheMaker.class.getName(),
					folder.toAbsolutePath().toString()));
			var process = new ProcessBuilder(OwnerOnly.command(command)).directory(folder.toFile())
					.redirectErrorStream(true).redirectOutput(folder.resolve("maker.log").toFile())
					.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
			Files.write(note(folder), JSON.writeValueAsBytes(DataFolder.Noted.of("maker", process.toHandle())));
		} catch (IOException _) {
			// then without caches
		}
	}

	/** Ends one that is at it, for whoever starts now wants the processors. */
	static void end(Path folder) {
		running(folder).ifPresent(process -> DataFolder.end(process, Duration.ofSeconds(5)));
	}

	/** The process that is at it. */
	public static Optional<ProcessHandle> running(Path folder) {
		try {
			return JSON.readValue(Files.readAllBytes(note(folder)), DataFolder.Noted.class).alive();
		} catch (IOException | JacksonException _) {
			return Optional.empty();
		}
	}

	/** Standard error and output are the maker's log. */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		for (String signal : List.of("INT", "HUP")) // of the terminal in which the system was stopped
			Signal.handle(new Signal(signal), SignalHandler.SIG_IGN);
		makeAll(Path.of(arguments[0]));
	}

	/** Returns when everything is made that can be. */
	static void makeAll(Path folder) throws IOException, InterruptedException {
		for (AotCache cache : noted(folder))
			make(cache);
	}

	private static void make(AotCache cache) throws IOException, InterruptedException {
		var how = cache.how();
		Path made = AotCache.unfinished(cache.file());
		Path said = AotCache.unfinished(cache.failure());
		var command = new ArrayList<>(how.java());
		command.addAll(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + cache.notes(), "-XX:AOTCache=" + made));
		var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
		builder.environment().putAll(how.environment());
		var process = builder.start();
		var stop = new Thread(process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(stop);
		int exitCode = process.waitFor();
		if (exitCode == KILLED) return; // by the hook, or by somebody who needs memory: another time
		Runtime.getRuntime().removeShutdownHook(stop);
		if (exitCode == 0 && Files.exists(made)) {
			cache.made(made);
			Files.deleteIfExists(said);
		} else {
			Files.move(said, cache.failure());
			Files.deleteIfExists(made);
			cache.forgetNotes();
		}
	}

	/** Of all programs. */
	private static List<AotCache> noted(Path folder) throws IOException {
		var noted = new ArrayList<AotCache>();
		try (var programs = Files.newDirectoryStream(folder, Files::isDirectory)) {
			for (Path program : programs)
				noted.addAll(AotCache.noted(program));
		}
		return noted;
	}

	private static Path note(Path folder) {
		return folder.resolve("maker.json");
	}
}
