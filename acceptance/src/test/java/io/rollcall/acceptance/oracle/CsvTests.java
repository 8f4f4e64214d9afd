package io.rollcall.acceptance.oracle;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CsvTests {
	@Test
	void readsQuotesAndLineEndsOfAllKinds() {
		assertThat(Csv.read("\uFEFFa,b\r\n\"x,\"\"y\"\"\",\"1\r\n2\"\r\r,\n3,4"))
				.containsExactly(List.of("a", "b"), List.of("x,\"y\"", "1\r\n2"), List.of("", ""), List.of("3", "4"));
	}
}
