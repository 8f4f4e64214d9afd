package io.rollcall.platform.messaging;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.cloud.stream.config.ProducerMessageHandlerCustomizer;
import org.springframework.integration.channel.NullChannel;
import org.springframework.integration.kafka.outbound.KafkaProducerMessageHandler;
import org.springframework.integration.kafka.support.KafkaIntegrationHeaders;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** The output bindings of this service: what is sent through them becomes a record here, and its sender gets to know the acknowledgement. */
final class Outputs implements ProducerMessageHandlerCustomizer<KafkaProducerMessageHandler<?, ?>> {
	private final String source;
	private final Map<String, KafkaTemplate<?, ?>> templates = new ConcurrentHashMap<>();

	/** @param source this service's name, for {@code ce_source} */
	Outputs(String source) {
		this.source = source;
	}

	/** What is to be sent, and where its acknowledgement is to be added as soon as the producer has taken it. */
	static Message<CloudEvent> message(CloudEvent event, List<Future<?>> acknowledgements) {
		return MessageBuilder.withPayload(event).setHeader(KafkaIntegrationHeaders.FUTURE_TOKEN, acknowledgements)
				.build();
	}

	@Override
	@SuppressWarnings("unchecked")
	public void configure(KafkaProducerMessageHandler<?, ?> bound, String topic) {
		var handler = (KafkaProducerMessageHandler<Object, Object>) bound;
		handler.setProducerRecordCreator(
				(message, _, _, _, _, _,
						_) -> (org.apache.kafka.clients.producer.ProducerRecord<Object, Object>) (Object) ((CloudEvent) message
								.getPayload()).toRecord(source));
		handler.setFuturesChannel((taken, _) -> ((List<Future<?>>) Objects
				.requireNonNull(taken.getHeaders().get(KafkaIntegrationHeaders.FUTURE_TOKEN)))
				.add((Future<?>) taken.getPayload()));
		// The acknowledgement tells of a failure. By default it is logged besides, with the record.
		handler.setSendFailureChannel(new NullChannel());
		templates.put(topic, handler.getKafkaTemplate());
	}

	@SuppressWarnings({"unchecked", "rawtypes"})
	private ProducerRecord<Object, Object> record(CloudEvent event) {
		return (ProducerRecord) event.toRecord(source);
	}

	/** Sends now what waits for more to be sent with it. */
	void flush(Collection<String> topics) {
		topics.forEach(topic -> Objects.requireNonNull(templates.get(topic), topic).flush());
	}

	/** How the producer of an output is set. */
	Map<String, Object> settings(String topic) {
		return Objects.requireNonNull(templates.get(topic), topic).getProducerFactory().getConfigurationProperties();
	}
}
