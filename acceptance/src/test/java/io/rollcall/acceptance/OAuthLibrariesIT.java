package io.rollcall.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** Client libraries that nobody here wrote, certified for OpenID Connect, against the authorization server: {@code oauth/}. */
class OAuthLibrariesIT {
	private static final String OWN = "Schoolhouse1844!";
	private static final Path SOURCES = Path.of("oauth");
	private static final Path FOLDER = Path.of("target/oauth");

	private final RunningSystem system = RunningSystem.shared();

	@Test
	void openidClientAndOauth4webapiGetAlong() throws Exception {
		skipUnless(succeeds("node", "--version") && succeeds("npm", "--version"), "node and npm are not at hand");
		Files.createDirectories(FOLDER);
		for (String file : List.of("package.json", "package-lock.json", ".npmrc", "conformance.mjs")) {
			Files.write(FOLDER.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
		}
		skipUnless(succeeds("npm", "ci"), "npm cannot get the libraries");

		Row person = People.of("oauth", 1).getFirst();
		assertThat(system.imports().run("oauth.csv", People.file(List.of(person)), "add").created()).isEqualTo(1);
		system.secrets().add(OWN);
		String generated = system.inbox().awaitPassword(person.cell(Column.EMAIL), "MCAS Portal");
		system.visitor().signInFirst(system.portal(), person.cell(Column.USERNAME), generated, OWN);

		var steps = run(Map.of("BASE", system.portal(), "USERNAME", person.cell(Column.USERNAME), "PASSWORD", OWN,
				"PORTAL_SECRET", system.secret("portal-client-secret"), "BOOTSTRAP_SECRET",
				system.secret("bootstrap-client-secret")), "node", "conformance.mjs");
		System.out.println(steps.output());
		assertThat(steps.exitCode()).as(steps.output()).isZero();
		assertThat(steps.output()).contains("All steps passed.");
	}

	/** In CI nothing is skipped. */
	private static void skipUnless(boolean possible, String why) {
		if (possible) return;
		String skipped = "The OAuth client libraries were not run: " + why + ".";
		System.out.println(skipped);
		assertThat(System.getenv("CI")).as(skipped).isNull();
		Assumptions.abort(skipped);
	}

	private record Run(int exitCode, String output) {}

	private static boolean succeeds(String... command) throws Exception {
		try {
			Run run = run(Map.of(), command);
			if (run.exitCode() != 0) System.out.println(run.output());
			return run.exitCode() == 0;
		} catch (IOException e) {
			return false;
		}
	}

	private static Run run(Map<String, String> environment, String... command) throws Exception {
		var builder = new ProcessBuilder(command).redirectErrorStream(true);
		if (Files.isDirectory(FOLDER)) builder.directory(FOLDER.toFile());
		builder.environment().putAll(environment);
		Path output = Files.createTempFile("rollcall-oauth", ".log");
		Process process = builder.redirectOutput(output.toFile()).start();
		if (!process.waitFor(2, TimeUnit.MINUTES)) process.destroyForcibly().waitFor();
		try (Stream<String> lines = Files.lines(output)) {
			return new Run(process.exitValue(), String.join("\n", lines.toList()));
		} finally {
			Files.delete(output);
		}
	}
}
