package io.rollcall.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each wire type has a sample under {@code wire/}; what stands on the topics can be read, and is written the same. */
class WireSamplesTests {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final List<Class<?>> CONTRACTS = List.of(UserCommand.class, UserCommandResult.class, UserEvent.class,
			CredentialEvent.class, DeliveryEvent.class, ImportEvent.class, OrganizationEvent.class,
			ConfirmationEvent.class);

	@ParameterizedTest
	@MethodSource("wireTypes")
	void sampleIsReadAndWrittenAgainTheSame(Class<?> type) throws IOException {
		JsonNode sample = JSON.readTree(sample(type));
		Object message = JSON.readValue(JSON.writeValueAsString(sample), contractOf(type));
		assertThat(message).isExactlyInstanceOf(type);
		assertThat(JSON.readTree(JSON.writeValueAsString(message))).isEqualTo(sample);
	}

	@ParameterizedTest
	@MethodSource("wireTypes")
	void fieldAddedByANewerWriterIsIgnored(Class<?> type) throws IOException {
		String newer = new String(sample(type)).strip().replaceFirst("\\{", "{\"addedLater\": 1,");
		assertThat(JSON.readValue(newer, contractOf(type))).isExactlyInstanceOf(type);
	}

	/** So that it is counted wherever it is read. */
	@Test
	void whatANewerWriterWritesIsOfUnknownType() {
		for (Class<?> contract : CONTRACTS) {
			if (contract == UserCommand.class) continue;
			assertThat(JSON.readValue("{\"type\":\"AddedLater\",\"x\":1}", contract)).as(contract.getSimpleName())
					.isInstanceOf(OfUnknownType.class);
		}
	}

	@Test
	void unknownCommandCannotBeRead() {
		assertThatThrownBy(() -> JSON.readValue("{\"type\":\"DropUser\"}", UserCommand.class))
				.hasMessageContaining("DropUser");
	}

	/** Of an instance that is older than warnings, or of a row that gives no reason for one. */
	@Test
	void resultWithoutWarningsIsReadAndWrittenWithoutThem() throws IOException {
		for (Class<?> type : List.of(UserCommandResult.Created.class, UserCommandResult.Updated.class)) {
			ObjectNode before = ((ObjectNode) JSON.readTree(sample(type))).without("warnings");
			Object result = JSON.readValue(JSON.writeValueAsString(before), UserCommandResult.class);
			assertThat(result).extracting("warnings").isEqualTo(List.of());
			assertThat(JSON.readTree(JSON.writeValueAsString(result))).isEqualTo(before);
		}
	}

	/** Of an instance that knows no undo, or of a row that keeps nothing. */
	@Test
	void resultWithoutNotesIsReadAndWrittenWithoutThem() throws IOException {
		for (Class<?> type : List.of(UserCommandResult.Updated.class, UserCommandResult.Unchanged.class)) {
			ObjectNode before = ((ObjectNode) JSON.readTree(sample(type))).without("notes");
			Object result = JSON.readValue(JSON.writeValueAsString(before), UserCommandResult.class);
			assertThat(result).extracting("notes").isEqualTo(List.of());
			assertThat(JSON.readTree(JSON.writeValueAsString(result))).isEqualTo(before);
		}
	}

	static Stream<Class<?>> wireTypes() {
		return CONTRACTS.stream().flatMap(WireSamplesTests::leaves)
				.filter(type -> type.isAnnotationPresent(JsonTypeName.class));
	}

	private static Stream<Class<?>> leaves(Class<?> type) {
		return type.isSealed()
				? Arrays.stream(type.getPermittedSubclasses()).flatMap(WireSamplesTests::leaves)
				: Stream.of(type);
	}

	private static Class<?> contractOf(Class<?> type) {
		return CONTRACTS.stream().filter(contract -> contract.isAssignableFrom(type)).findFirst().orElseThrow();
	}

	private static byte[] sample(Class<?> type) throws IOException {
		String name = "/wire/" + type.getAnnotation(JsonTypeName.class).value() + ".json";
		try (InputStream in = WireSamplesTests.class.getResourceAsStream(name)) {
			assertThat(in).as("sample %s", name).isNotNull();
			return in.readAllBytes();
		}
	}
}
