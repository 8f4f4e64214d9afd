package io.rollcall.acceptance.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The one browser of this JVM. {@code ROLLCALL_CHROMIUM} says where it is, otherwise it is looked for where Debian puts it. Where
 * there is none the tests are skipped, and say so, unless {@code ROLLCALL_BROWSER_REQUIRED} is {@code true}, as in CI.
 */
public final class Chromium {
	/** It runs as root and without a network of its own; what it would fetch by itself is turned off. */
	private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-quic",
			"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-gpu");
	/** The headless shell first: it draws no window of its own and takes a quarter less time. */
	private static final List<String> PLACES = List.of("/usr/bin/chromium-headless-shell", "/usr/bin/chromium",
			"/usr/bin/chromium-browser",
			"/usr/bin/google-chrome");

	/** How long a page may take to show what is waited for: beside another build, everything takes its time. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static @Nullable Browser shared;
	private static @Nullable Playwright playwright;

	private Chromium() {}

	/** The running browser; skips the test that asks where there is none. */
	public static synchronized Browser shared() {
		Browser running = shared;
		if (running != null) return running;
		Path program = program().orElse(null);
		if (program == null) {
			String message = "NO BROWSER: the portal's tests in a browser are skipped. Install Chromium (apt-get install chromium-headless-shell) or set ROLLCALL_CHROMIUM to where it is.";
			if ("true".equals(System.getenv("ROLLCALL_BROWSER_REQUIRED"))) throw new AssertionError(message);
			System.out.println(message);
			Assumptions.abort(message);
			throw new IllegalStateException(message);
		}
		PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
		Playwright driver = Playwright
				.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		// Its driver ends with this JVM, whose end of a pipe it waits for, and the browser with the driver.
		Browser started = driver.chromium().launch(new LaunchOptions().setExecutablePath(program).setArgs(FLAGS));
		playwright = driver;
		shared = started;
		return started;
	}

	/** For a program that is to end by itself: the driver's threads would keep its JVM alive. Tests leave it to their runner. */
	public static synchronized void quit() {
		Playwright running = playwright;
		if (running != null) running.close();
		playwright = null;
		shared = null;
	}

	private static Optional<Path> program() {
		String told = System.getenv("ROLLCALL_CHROMIUM");
		Stream<String> places = told == null || told.isBlank() ? PLACES.stream() : Stream.of(told);
		return places.map(Path::of).filter(Files::isExecutable).findFirst();
	}
}
