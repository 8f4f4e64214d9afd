package io.rollcall.imports.table;

import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.rollcall.imports.file.Column;

import static org.assertj.core.api.Assertions.assertThat;

class TargetTests {
	@Test
	void columnOfATableMayBeEachColumnOfTheTemplate() {
		Stream<String> single = Arrays.stream(Target.values()).filter(target -> target.columns().size() == 1)
				.map(Target::title);
		assertThat(single).containsExactlyElementsOf(Arrays.stream(Column.values()).map(Column::title).toList());
	}

	@Test
	void eachTargetIsFoundByItsTitle() {
		assertThat(Target.values()).allSatisfy(target -> assertThat(Target.titled(target.title())).contains(target));
	}
}
