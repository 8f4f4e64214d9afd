package io.rollcall.standalone.kafka;

import org.junit.jupiter.api.BeforeAll;

import io.rollcall.containers.Containers;

/** The same against Kafka's own image, where there is an engine for it. */
class KafkaContainerContractTests extends KafkaContract {
	private static String servers;

	@BeforeAll
	static void start() {
		servers = Containers.kafka();
	}

	@Override
	String servers() {
		return servers;
	}
}
