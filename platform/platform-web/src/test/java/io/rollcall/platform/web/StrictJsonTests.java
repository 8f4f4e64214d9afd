package io.rollcall.platform.web;

import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

/** Requests as a service reads them, with the converters and the advice that every service has. */
class StrictJsonTests {
	private static final JsonMapper JSON = JsonMapper.builder().build();

	record Person(String name, List<String> programs, Integer age, Boolean active, Person friend,
			UUID id, Instant createdAt, List<UUID> ids) {}

	@RestController
	static class People {
		@PostMapping("/people")
		@PreAuthorize("permitAll()")
		Person echo(@RequestBody Person person) {
			return person;
		}

		@PostMapping("/changes")
		@PreAuthorize("permitAll()")
		Map<String, Object> echo(@RequestBody Map<String, Object> changes) {
			return changes;
		}
	}

	/** Of a type that nobody has said the spelling of. */
	@RestController
	static class Days {
		record Event(String name, Map<String, List<LocalDate>> days) {}

		@PostMapping("/days")
		@PreAuthorize("permitAll()")
		void add(@RequestBody Event event) {}
	}

	private record Answer(int status, JsonNode body) {}

	private static Answer send(String address, String body) {
		return send(address, MediaType.APPLICATION_JSON_VALUE, body.getBytes(UTF_8));
	}

	private static WebApplicationContextRunner service() {
		return new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class,
				HttpMessageConvertersAutoConfiguration.class, WebMvcAutoConfiguration.class,
				WebAutoConfiguration.class));
	}

	private static Answer send(String address, String type, byte[] body) {
		var answer = new Answer[1];
		service().withBean(People.class).run(context -> {
			MockHttpServletResponse response = MockMvcBuilders
					.webAppContextSetup((WebApplicationContext) context.getSourceApplicationContext()).build()
					.perform(post(address).contentType(type).content(body)).andReturn()
					.getResponse();
			answer[0] = new Answer(response.getStatus(), JSON.readTree(response.getContentAsByteArray()));
		});
		return answer[0];
	}

	@ParameterizedTest
	@CsvSource(delimiter = '#', value = {
			"""
					{"name":"Ann","name":"Eve"} # The field 'name' appears twice. The second time is at line 1, column 21.""",
			"""
					{"friend":{"age":1,"age":2}} # The field 'age' appears twice""", """
					{"name":"Ann","surname":"Lee"} # There is no field 'surname' here.""", """
					{"friend":{"nmae":"Ann"}} # There is no field 'friend.nmae' here.""", """
					{"a b <script>":1} # There is no field '?' here.""", """
					{"\\ud800":1} # The request is not valid JSON at line 1""", """
					{"name":true} # The field 'name' has a value of the wrong type.""", """
					{"name":12345678} # The field 'name' has a value of the wrong type.""", """
					{"name":1.5} # The field 'name' has a value of the wrong type.""", """
					{"name":["Ann"]} # The field 'name' has a value of the wrong type.""", """
					{"programs":[1030]} # The field 'programs[0]' has a value of the wrong type.""", """
					{"programs":"1030"} # The field 'programs' has a value of the wrong type.""", """
					{"age":"7"} # The field 'age' has a value of the wrong type.""", """
					{"age":7.9} # The field 'age' has a value of the wrong type.""", """
					{"age":true} # The field 'age' has a value of the wrong type.""", """
					{"active":"true"} # The field 'active' has a value of the wrong type.""", """
					{"active":1} # The field 'active' has a value of the wrong type.""", """
					{"age":""} # The field 'age' has a value of the wrong type.""", """
					{"age":" "} # The field 'age' has a value of the wrong type.""", """
					{"active":""} # The field 'active' has a value of the wrong type.""", """
					{"friend":""} # The field 'friend' has a value of the wrong type.""", """
					{"programs":""} # The field 'programs' has a value of the wrong type.""", """
					{"friend":{"name":"A\\ud800"}} # The field 'friend.name' contains something that is not text.""",
			"""
					{"programs":["1030","\\u0000"]} # The field 'programs[1]' contains something that is not text.""",
			"""
					{"name":"Ann"} {"name":"Eve"} # The request is not""", """
					{"name":"Ann" # The request is not valid JSON at line 1"""})
	void whatCouldBeMeantInTwoWaysIsRefused(String body, String detail) {
		Answer answer = send("/people", body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("code").asString()).isEqualTo("malformed-request");
		assertThat(answer.body().get("detail").asString()).startsWith(detail);
	}

	@ParameterizedTest
	@ValueSource(strings = {"0", "-1", "1e99999", "1764547200", "true", "[]", "{}", "\"\"", "\" \"", "\"0\"",
			"\"1764547200\"", "\"2026-12-01T24:00:00Z\"", "\" 2026-12-01T10:00:00Z\"", "\"2026-12-01T10:00:00Z\\t\"",
			"\"2026-12-01\"", "\"2026-12-01T10:00:00\"", "\"2026-02-30T10:00:00Z\"", "\"+10000-01-01T00:00:00Z\""})
	void aMomentHasItsOneSpelling(String moment) {
		assertWrongKind("createdAt", "{\"createdAt\":" + moment + "}");
	}

	@ParameterizedTest
	@ValueSource(strings = {"\"pR6SceGnTtmblZmAasbNNA==\"", "\"\"", "\" \"",
			"\" 8ce89a64-d68a-46e3-bb4e-07d52c40ba54\"",
			"\"8ce89a64-d68a-46e3-bb4e-07d52c40ba54\\t\"", "\"8ce89a64-d68a-46e3-bb4e-7d52c40ba54\"",
			"\"8ce89a64d68a46e3bb4e07d52c40ba54\"", "\"1-1-1-1-1\"", "\"x\"", "0", "true", "[]", "{}",
			"[\"8ce89a64-d68a-46e3-bb4e-07d52c40ba54\"]"})
	void anIdHasItsOneSpelling(String id) {
		assertWrongKind("id", "{\"id\":" + id + "}");
		assertWrongKind("ids[1]", "{\"ids\":[null," + id + "]}");
	}

	private static void assertWrongKind(String field, String body) {
		Answer answer = send("/people", body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().at("/errors/0/field").asString()).startsWith(field);
		assertThat(answer.body().at("/errors/0/code").asString()).isEqualTo("wrong-kind");
	}

	/** So that no service starts that would read something by other rules. */
	@Test
	void whatHasNoRuleEndsTheStart() {
		service().withBean(Days.class).run(context -> assertThat(context).getFailure()
				.hasMessageContaining("java.time.LocalDate").hasMessageContaining("no rule in StrictJson"));
	}

	@Test
	void soIsItInABodyOfAnyFields() {
		assertThat(send("/changes", "{\"name\":\"Ann\",\"name\":\"Eve\"}").status()).isEqualTo(400);
		assertThat(send("/changes", "{\"name\":\"\\udc00\"}").body().get("errors").get(0).get("code").asString())
				.isEqualTo("not-text");
		assertThat(send("/changes", "{\"\\ud800\":1}").status()).isEqualTo(400);
	}

	@Test
	void whatIsClearIsTaken() {
		String body = "{\"name\":\"𠮷野 \\ud83d\\ude00\",\"programs\":[\"1030\",null],\"age\":7,\"active\":true,\"friend\":null,"
				+ "\"id\":\"8ce89a64-d68a-46e3-bb4e-07d52c40ba54\",\"createdAt\":\"2026-12-01T10:00:00.123Z\","
				+ "\"ids\":[\"00000000-0000-0000-0000-000000000000\",null]}";
		assertThat(send("/people", body)).isEqualTo(new Answer(200, JSON.readTree(body)));
		assertThat(send("/people", "{\"name\":null}").status()).as("others may be left out").isEqualTo(200);
		assertThat(send("/changes", "{\"name\":null,\"age\":7}"))
				.isEqualTo(new Answer(200, JSON.readTree("{\"name\":null,\"age\":7}")));
	}

	@ParameterizedTest
	@ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
	void jsonIsUtf8(String encoding) {
		for (String json : List.of("{\"name\":\"Ana\"}", "{}")) {
			byte[] body = json.getBytes(Charset.forName(encoding));
			Answer answer = send("/people", "application/json", body);
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.body().path("detail").asString())
					.isEqualTo("The request is not encoded in UTF-8, as JSON must be.");
			assertThat(send("/people", "application/json;charset=" + encoding, body).status()).isEqualTo(415);
		}
	}

	/** What Jackson would take for Ann, an action and a slash. */
	@ParameterizedTest
	@ValueSource(strings = {"{\"name\":\"\u00C1\u0081nn\"}", "{\"\u00C1\u00AEame\":\"Ann\"}",
			"{\"name\":\"\u00E0\u0080\u00AF\"}",
			"{\"name\":\"\u00ED\u00A0\u0080\"}", "{\"name\":\"\u00FF\"}"})
	void eachCharacterHasItsOneSpelling(String bytes) {
		Answer answer = send("/people", "application/json", bytes.getBytes(ISO_8859_1));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().path("detail").asString())
				.isEqualTo("The request is not encoded in UTF-8, as JSON must be.");
	}

	@Test
	void whoeverSaysThatItIsUtf8IsRight() {
		for (String type : List.of("application/json", "application/json;charset=utf-8",
				"application/json;charset=US-ASCII")) {
			Answer answer = send("/people", type, "{\"name\":\"Zoë 王\"}".getBytes(UTF_8));
			assertThat(answer.status()).as(type).isEqualTo(200);
			assertThat(answer.body().path("name").asString()).isEqualTo("Zoë 王");
		}
	}
}
