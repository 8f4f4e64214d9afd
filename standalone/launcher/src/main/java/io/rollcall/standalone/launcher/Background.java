package io.rollcall.standalone.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A launcher in a process of its own, which goes on when this one ends. */
final class Background {
	private Background() {}

	/**
	 * What runs on a folder. When nothing does, it is started, and what its launcher says is repeated here until all is ready.
	 *
	 * @throws StartFailure when it cannot be started
	 */
	static DataFolder.Running running(DataFolder folder) throws IOException, InterruptedException {
		var running = folder.running();
		if (running.isPresent() && running.get().ready()) return running.get();
		Path log = folder.logs().resolve("launcher.log");
		folder.prepare();
		Optional<ProcessHandle> another = running.flatMap(it -> it.launcher().alive());
		ProcessHandle launcher = another.isPresent() ? another.get() : start(log);
		try (var lines = Files.newBufferedReader(log)) {
			while (true) {
				repeat(lines);
				running = folder.running();
				if (running.isPresent() && running.get().ready()) return running.get();
				if (!launcher.isAlive()) {
					repeat(lines);
					throw new StartFailure("Rollcall could not be started; the reason stands above.");
				}
				Thread.sleep(100);
			}
		}
	}

	private static ProcessHandle start(Path log) throws IOException {
		Files.deleteIfExists(log);
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-Xmx96m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
				System.getProperty("java.class.path"), Launcher.class.getName(), "--background")
				.redirectErrorStream(true).redirectOutput(OwnerOnly.file(log).toFile())
				.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start().toHandle();
	}

	private static void repeat(BufferedReader lines) throws IOException {
		for (String line = lines.readLine(); line != null; line = lines.readLine())
			System.out.println(line);
	}
}
