package io.rollcall.imports.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FileNamesTests {
	@Test
	void nameIsWithoutFoldersAndTricks() {
		assertThat(FileNames.clean("C:\\Users\\me\\new users.csv")).isEqualTo("new users.csv");
		assertThat(FileNames.clean("../../etc/passwd")).isEqualTo("passwd");
		assertThat(FileNames.clean("a\r\nSet-Cookie: x\u202Evsc.csv")).isEqualTo("aSet-Cookie: xvsc.csv");
		assertThat(FileNames.clean("x".repeat(1000))).hasSize(150);
		assertThat(FileNames.clean("/")).isEqualTo("import.csv");
		assertThat(FileNames.clean(null)).isEqualTo("import.csv");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			agawam.csv | attachment; filename="agawam-errors.csv"
			Agawam.CSV | attachment; filename="Agawam-errors.csv"
			users      | attachment; filename="users-errors.csv"
			a"b;c.csv  | attachment; filename="a_b_c-errors.csv"; filename*=UTF-8''a%22b%3Bc-errors.csv
			école.csv  | attachment; filename="_cole-errors.csv"; filename*=UTF-8''%C3%A9cole-errors.csv
			""")
	void errorFileIsNamedAfterTheUpload(String uploaded, String disposition) {
		assertThat(FileNames.errorFileDisposition(uploaded)).isEqualTo(disposition);
	}
}
