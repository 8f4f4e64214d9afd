package io.rollcall.standalone.kafka;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaContractTests extends KafkaContract {
	private static KafkaBroker broker;

	@BeforeAll
	static void start(@TempDir Path data) {
		broker = KafkaBroker.start(data);
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@Override
	String servers() {
		return broker.bootstrapServers();
	}
}
