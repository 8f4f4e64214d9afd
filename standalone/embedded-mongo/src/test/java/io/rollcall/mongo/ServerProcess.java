package io.rollcall.mongo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The server in a JVM of its own, as the launcher runs it. */
final class ServerProcess implements AutoCloseable {
	private static final String READY = "Embedded Mongo ready at ";

	private final Process process;
	private final String connectionString;

	private ServerProcess(Process process, String connectionString) {
		this.process = process;
		this.connectionString = connectionString;
	}

	static ServerProcess start(Path data) throws IOException {
		return start(EmbeddedMongo.class, data);
	}

	static ServerProcess start(Class<?> main, Path data) throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx768m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-cp",
				System.getProperty("java.class.path"), main.getName(),
				"--data=" + data, "--port=0").redirectErrorStream(true).start();
		BufferedReader output = process.inputReader();
		StringBuilder before = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith(READY)) return new ServerProcess(process, line.substring(READY.length()));
			before.append(line).append('\n');
		}
		throw new IllegalStateException("The server did not start: " + before);
	}

	/** With a client that notices soon that the server is gone. */
	String connectionString() {
		return connectionString + "/?serverSelectionTimeoutMS=5000";
	}

	/** Resident memory in megabytes. */
	long memory() throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
			return lines.filter(line -> line.startsWith("VmRSS")).map(line -> line.replaceAll("\\D", ""))
					.mapToLong(Long::parseLong).findFirst().orElse(0) / 1024;
		}
	}

	/** kill -9. */
	void kill() throws InterruptedException {
		process.destroyForcibly().waitFor();
	}

	/** SIGTERM. Answers the exit code. */
	int terminate() throws InterruptedException {
		process.destroy();
		if (!process.waitFor(90, TimeUnit.SECONDS)) throw new IllegalStateException("The server does not end");
		return process.exitValue();
	}

	@Override
	public void close() {
		process.destroyForcibly();
	}
}
