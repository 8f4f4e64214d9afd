package io.rollcall.imports.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.rollcall.imports.ImportServiceApplication;
import io.rollcall.platform.testing.OpenApiGeneration;
import io.rollcall.testing.Backends;

/** A test of the service as it runs, started once for all such tests. */
@SpringBootTest(classes = ImportServiceApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT, properties = "logging.level.root=WARN")
@Import(OpenApiGeneration.class)
public abstract class WholeService {
	/** Where Tomcat may put uploads. */
	protected static final Path TOMCAT = newDirectory();

	@DynamicPropertySource
	static void backends(DynamicPropertyRegistry properties) {
		Backends.register(properties);
		OpenApiGeneration.register(properties);
		properties.add("server.tomcat.basedir", TOMCAT::toString);
		properties.add("rollcall.org-directory-url", ReferencePlayer.playing()::url);
		properties.add("rollcall.user-service-url", ReferencePlayer.playing()::url);
		properties.add("rollcall.slowest-request.grace", () -> "4s");
		properties.add("rollcall.imports.progress.heartbeat", () -> "200ms");
		properties.add("rollcall.imports.progress.most-of-one", () -> "3");
	}

	private static Path newDirectory() {
		try {
			return Files.createTempDirectory("rollcall-tomcat");
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
