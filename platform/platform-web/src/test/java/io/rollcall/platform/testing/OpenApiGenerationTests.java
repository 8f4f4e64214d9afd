package io.rollcall.platform.testing;

import java.util.Map;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class OpenApiGenerationTests {
	private final Operation operation = new Operation().operationId("compareList")
			.addParametersItem(new Parameter().in("query").name("table"));

	@Test
	void describesWhatIsThereAndTheKeyThatIsPartOfACall() {
		OpenApiGeneration.describe(operation, Map.of("table", "How it is read."));
		OpenApiGeneration.describe(operation, Map.of("Idempotency-Key", "Visible characters."));
		assertThat(operation.getParameters())
				.extracting(Parameter::getName, Parameter::getIn, Parameter::getDescription)
				.containsExactly(tuple("table", "query", "How it is read."),
						tuple("Idempotency-Key", "header", "Visible characters."));
	}

	@Test
	void failsWhereWhatIsDescribedIsNotThere() {
		assertThatThrownBy(() -> OpenApiGeneration.describe(operation, Map.of("file", "As for an upload.")))
				.isInstanceOf(AssertionError.class).hasMessageContaining("file of compareList");
		assertThat(operation.getParameters()).hasSize(1);
	}
}
