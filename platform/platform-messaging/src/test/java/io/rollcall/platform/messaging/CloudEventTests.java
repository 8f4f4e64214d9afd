package io.rollcall.platform.messaging;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserCommand.AddUser;
import io.rollcall.contracts.UserCommandResult;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class CloudEventTests {
	private static final UUID IMPORT = UUID.fromString("5f0c7f5e-2b1c-4a55-9d0e-0d7a6f4f7c11");
	private static final Instant TIME = Instant.parse("2026-11-23T08:15:30Z");
	private final CloudEvents events = new CloudEvents(JsonMapper.builder().build());

	private static String header(ProducerRecord<String, byte[]> record, String name) {
		return new String(record.headers().lastHeader(name).value(), UTF_8);
	}

	@Test
	void commandStandsOnItsTopicAsKafkasBinaryBindingAsks() {
		var command = new AddUser(IMPORT + "/1", IMPORT, 1, Map.of("Username", "Maria"), UUID.randomUUID(), false);
		String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
		ProducerRecord<String, byte[]> record = events.of(command, "maria", TIME, trace).toRecord("import-service");
		assertThat(record.topic()).isEqualTo(Topics.USER_COMMANDS);
		assertThat(record.key()).isEqualTo("maria");
		assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
		assertThat(header(record, "ce_id")).isEqualTo(IMPORT + "/1");
		assertThat(header(record, "ce_type")).isEqualTo("io.rollcall.AddUser");
		assertThat(header(record, "ce_source")).isEqualTo("/import-service");
		assertThat(header(record, "ce_subject")).isEqualTo(IMPORT.toString());
		assertThat(header(record, "ce_time")).isEqualTo("2026-11-23T08:15:30Z");
		assertThat(header(record, "content-type")).isEqualTo("application/json");
		assertThat(header(record, "traceparent")).isEqualTo(trace);
		assertThat(new String(record.value(), UTF_8)).contains("\"type\":\"AddUser\"").contains("Maria");
	}

	@Test
	void whatNobodyTracedGetsATraceOfItsOwn() {
		var result = new UserCommandResult.Unchanged(IMPORT + "/1", IMPORT, 1, UUID.randomUUID());
		String first = header(events.of(result, TIME, null).toRecord("user-service"), "traceparent");
		String second = header(events.of(result, TIME, null).toRecord("user-service"), "traceparent");
		assertThat(first).matches("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01").isNotEqualTo(second);
	}
}
