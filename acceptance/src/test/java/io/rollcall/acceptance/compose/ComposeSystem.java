package io.rollcall.acceptance.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.standalone.launcher.MakeSecrets;

/** The committed compose file as a project of its own: built, started and, in the end, taken down with its volumes. */
final class ComposeSystem implements AutoCloseable {
	static final URI PORTAL = URI.create("http://localhost:8080");
	static final URI TRAINING = URI.create("http://localhost:8090");
	static final URI MAILPIT = URI.create("http://localhost:8025");

	private static final String PROJECT = "rollcall-it";
	/** Fifteen programs, most of them JVMs, on a machine that may be small. */
	private static final Duration STARTED_WITHIN = Duration.ofMinutes(10);
	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
	private static final Path SECRETS = ROOT.resolve("deploy/secrets");
	private static final Path LOG = Path.of("target/compose.log").toAbsolutePath();

	private final List<String> compose;

	private ComposeSystem(List<String> compose) {
		this.compose = compose;
	}

	/** Returns when everything that has a health check is healthy. What compose says is in {@code target/compose.log}. */
	static ComposeSystem start() throws IOException {
		MakeSecrets.main(new String[]{SECRETS.toString()});
		Files.deleteIfExists(LOG);
		var compose = new ArrayList<>(run(List.of("docker", "compose", "version")) == 0
				? List.of("docker", "compose")
				: List.of("docker-compose"));
		compose.addAll(List.of("--project-name", PROJECT, "--file", "docker-compose.yml"));
		Stream.of(System.getProperty("rollcall.compose.files", "").split(",")).filter(file -> !file.isBlank())
				.forEach(file -> compose.addAll(List.of("--file", file)));
		var system = new ComposeSystem(compose);
		try {
			system.compose("config", "--quiet");
			system.compose("up", "--build", "--detach");
			Await.until("all healthy", STARTED_WITHIN,
					() -> system.has("starting") || system.has("unhealthy") ? null : true);
		} catch (RuntimeException | Error e) {
			system.close();
			throw e;
		}
		return system;
	}

	/** As the service center's program. */
	Imports imports() {
		try {
			return new Imports(PORTAL, Files.readString(SECRETS.resolve("bootstrap-client-secret")));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Override
	public void close() {
		compose("down", "--volumes");
	}

	private boolean has(String health) throws IOException {
		var ps = new ProcessBuilder("docker", "ps", "--quiet", "--filter",
				"label=com.docker.compose.project=" + PROJECT, "--filter", "health=" + health).start();
		return !new String(ps.getInputStream().readAllBytes()).isBlank();
	}

	private void compose(String... command) {
		if (run(Stream.concat(compose.stream(), Stream.of(command)).toList()) != 0) {
			throw new AssertionError("compose " + String.join(" ", command) + " failed, see " + LOG);
		}
	}

	private static int run(List<String> command) {
		var process = new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
		try {
			// The owner of the secrets, who alone can read them.
			for (String id : List.of("uid", "gid")) {
				Object owner = Files.getAttribute(SECRETS.resolve("key-encryption-key"), "unix:" + id);
				process.environment().put("ROLLCALL_" + id.toUpperCase(), owner.toString());
			}
			return process.start().waitFor();
		} catch (IOException e) {
			return 127;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}
}
