package io.rollcall.testing;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives what a test waits for as long as a busy machine may need. A limit only ends the wait for what never comes: how
 * fast something is, benchmarks say.
 */
public final class AwaitilityDefaults implements LauncherSessionListener {
	@Override
	public void launcherSessionOpened(LauncherSession session) {
		Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
	}
}
