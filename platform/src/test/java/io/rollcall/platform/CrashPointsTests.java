package io.rollcall.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CrashPointsTests {
	@TempDir
	private Path folder;

	@Test
	void pointIsReachedAtTheHitThatItsFileNames() throws IOException {
		assertThat(CrashPoints.isReached(folder, "a")).isFalse();
		Files.writeString(folder.resolve("a.halt"), "3\n");
		assertThat(CrashPoints.isReached(folder, "a")).isFalse();
		assertThat(CrashPoints.isReached(folder, "b")).isFalse();
		assertThat(CrashPoints.isReached(folder, "a")).isTrue();
		assertThat(folder.resolve("a")).hasSize(3);
	}

	@Test
	void withoutTheSettingAPointIsNothing() {
		CrashPoints.pass("a");
		assertThat(folder).isEmptyDirectory();
	}
}
