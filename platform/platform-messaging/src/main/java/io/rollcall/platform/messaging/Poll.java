package io.rollcall.platform.messaging;

import java.lang.reflect.Type;
import java.util.AbstractList;
import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.converter.BatchMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * The records of a poll as they came, which is all that a function gets. The framework's exceptions print it, so its text has no key
 * and no body.
 */
final class Poll extends AbstractList<ConsumerRecord<?, ?>> {
	private final List<ConsumerRecord<?, ?>> records;

	private Poll(List<ConsumerRecord<?, ?>> records) {
		this.records = records;
	}

	@Override
	public ConsumerRecord<?, ?> get(int index) {
		return records.get(index);
	}

	@Override
	public int size() {
		return records.size();
	}

	@Override
	public String toString() {
		return size() + " records";
	}

	/**
	 * Converts nothing. The binder's own converter makes lists of bodies and headers, in which nobody can tell any more which record it
	 * was that could not be read; one that fails it leaves out without a word.
	 */
	static final class Converter implements BatchMessageConverter {
		@Override
		public Message<?> toMessage(List<ConsumerRecord<?, ?>> records, @Nullable Acknowledgment acknowledgment,
				@Nullable Consumer<?, ?> consumer, Type payloadType) {
			return new GenericMessage<>(new Poll(records));
		}

		@Override
		public List<ProducerRecord<?, ?>> fromMessage(Message<?> message, String defaultTopic) {
			throw new UnsupportedOperationException("an input sends nothing");
		}
	}
}
