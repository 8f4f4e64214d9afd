package io.rollcall.acceptance.crash;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class CrashAgentTests {
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

	/** Whoever renames a method learns of it here, and not first in a campaign. */
	@ParameterizedTest
	@EnumSource
	void everyPointIsInTheCodeOfItsService(CrashPoint point) throws IOException {
		Path compiled = Path.of("..", point.service(), "target", "classes");
		byte[] before = Files.readAllBytes(compiled.resolve(point.type() + ".class"));
		try (var loader = new URLClassLoader(new URL[]{compiled.toUri().toURL()})) {
			assertThat(texts(before)).doesNotContain(point.id());
			assertThat(texts(CrashAgent.withPoints(point.type(), before, loader))).contains(point.id());
		}
	}

	private static Set<String> texts(byte[] type) {
		Set<String> texts = new HashSet<>();
		for (PoolEntry entry : ClassFile.of().parse(type).constantPool())
			if (entry instanceof StringEntry text) texts.add(text.stringValue());
		return texts;
	}
}
