package io.rollcall.contracts;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class AsyncApiTests {
	private static final AsyncApi API = AsyncApi.read();
	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Test
	void documentKnowsEachTopic() {
		assertThat(API.topics()).containsExactlyInAnyOrderElementsOf(Topics.ALL);
	}

	@ParameterizedTest
	@MethodSource("io.rollcall.contracts.WireSamplesTests#wireTypes")
	void sampleIsAsDocumented(Class<?> type) {
		String name = type.getAnnotation(JsonTypeName.class).value();
		String topic = API.topics().stream().filter(it -> API.messages(it).contains(name)).findFirst().orElse("none");
		JsonNode sample = JSON.readTree(AsyncApiTests.class.getResourceAsStream("/wire/" + name + ".json"));
		assertThat(API.faults(topic, sample)).isEmpty();
		assertThat(API.faults(topic, ((ObjectNode) sample.deepCopy()).put("addedLater", 1))).as("an undocumented field")
				.isNotEmpty();
		assertThat(API.faults(topic, ((ObjectNode) sample.deepCopy()).put("recordNumber", "x").putNull("accountId")
				.putNull("importId").putNull("code"))).as("wrong types").isNotEmpty();
	}

	/** Names of columns and of types are no words in a text's place. */
	@Test
	void documentHasTheWordsThatTheContractsHave() {
		Set<String> words = API.words();
		API.topics().forEach(topic -> words.removeAll(API.messages(topic)));
		words.removeAll(
				Set.of("Username", "Fname", "Lname", "Email", "Role", "Org", "Program", "Phone", "Fax", "Address"));
		assertThat(words).containsExactlyInAnyOrderElementsOf(Words.ALL);
	}

	@Test
	void headersAreChecked() {
		assertThat(API.headerFaults(Map.of("ce_id", "1"))).isNotEmpty();
	}
}
