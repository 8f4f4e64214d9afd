package io.rollcall.imports.file;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UserFileTests {
	@Test
	void personIsTheUsernameInOneSpelling() {
		var file = new UserFile(List.of("USERNAME"),
				List.of(List.of(" Jose\u0301.X\u00A0"), List.of("\u00A0 "), List.of("x".repeat(5000)),
						List.of("O’Br\u200Bien")));
		assertThat(IntStream.rangeClosed(1, 4).mapToObj(file::person)).containsExactly("jos\u00E9.x", "",
				"x".repeat(200), "o'brien");
	}

	@Test
	void columnsAreThoseOfTheFileInItsOrder() {
		var file = new UserFile(List.of("role", "Username"), List.of());
		assertThat(file.columns()).containsExactly(Column.ROLE, Column.USERNAME);
	}
}
