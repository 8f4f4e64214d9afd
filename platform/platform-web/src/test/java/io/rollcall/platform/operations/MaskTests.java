package io.rollcall.platform.operations;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.Words;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class MaskTests {
	private static final JsonMapper JSON = JsonMapper.builder().build();

	@ParameterizedTest
	@CsvSource({"Maria Okafor,Xxxxx Xxxxxx", "maria.okafor@agawam.example,xxxxx.xxxxxx@xxxxxx.xxxxxxx",
			"413-555-0123,999-999-9999", "María,Xxx?x", "x9,x9"})
	void showsTheShapeOfATextAlone(String text, String shape) {
		assertThat(Mask.unlessId(text)).isEqualTo(shape);
	}

	@ParameterizedTest
	@ValueSource(strings = {"5f0c7f5e-2b1c-4a55-9d0e-0d7a6f4f7c11", "5f0c7f5e-2b1c-4a55-9d0e-0d7a6f4f7c11/17/created",
			"00050000", "00050000-00050303", "00-771777-001", "2026-11-23T08:15:30.123Z"})
	void idsCodesAndTimesStay(String text) {
		assertThat(Mask.unlessId(text)).isEqualTo(text);
	}

	@Test
	void ofABodyOnlyTheContractsOwnWordsStay() {
		byte[] body = """
				{"type":"AddUser","commandId":"5f0c7f5e-2b1c-4a55-9d0e-0d7a6f4f7c11/17","recordNumber":17,"dryRun":false,
				 "cells":{"Username":"maria","Role":"Okafor","Org":"00050000","Phone":4135550123,"O'Hara":"TA"},
				 "notes":[["Agawam"]]}"""
				.getBytes(UTF_8);
		assertThat(Mask.body(body, JSON)).isEqualTo(JSON.readTree(
				"""
						{"type":"AddUser","commandId":"5f0c7f5e-2b1c-4a55-9d0e-0d7a6f4f7c11/17","recordNumber":17,"dryRun":false,
						 "cells":{"Username":"xxxxx","Role":"Xxxxxx","Org":"00050000","Phone":"9999999999","X'Xxxx":"TA"},
						 "notes":[["Xxxxxx"]]}"""));
	}

	static Set<String> wordsOfTheContracts() {
		return Words.ALL;
	}

	@ParameterizedTest
	@MethodSource("wordsOfTheContracts")
	void wordsOfTheContractsStay(String word) {
		byte[] body = JSON.writeValueAsBytes(Map.of("kind", word));
		assertThat(Mask.body(body, JSON)).isEqualTo(JSON.readTree(body));
	}

	@Test
	void whatIsNoJsonIsNotShown() {
		assertThat(Mask.body("maria okafor".getBytes(UTF_8), JSON)).isNull();
		assertThat(Mask.body(null, JSON)).isNull();
	}
}
