package io.rollcall.platform.messaging;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;

/**
 * Keeps a group from going back. What spring-kafka cannot commit while a rebalance goes on it commits afterwards, also of a partition
 * that was lost meanwhile and has come back (4.1.2, {@code KafkaMessageListenerContainer.checkRebalanceCommits}). Another consumer may
 * have read on in between: its offset would be overwritten by an older one, and the group would seem to lag until the next record.
 */
final class ForwardCommits implements MethodInterceptor {
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Consumer<?, ?> consumer;

	private ForwardCommits(Consumer<?, ?> consumer) {
		this.consumer = consumer;
	}

	/** The same consumer, which commits no offset that is not beyond the group's. It fails as a commit does where the broker is away. */
	static <K, V> Consumer<K, V> of(Consumer<K, V> consumer) {
		var factory = new ProxyFactory(Consumer.class, new ForwardCommits(consumer));
		factory.setTarget(consumer);
		@SuppressWarnings("unchecked")
		var forward = (Consumer<K, V>) factory.getProxy();
		return forward;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation call) throws Throwable {
		@Nullable
		Object[] arguments = call.getArguments();
		if (call.getMethod().getName().equals("commitSync") && arguments.length > 0
				&& arguments[0] instanceof Map<?, ?> offsets) {
			Map<?, ?> forward = offsets.entrySet().stream()
					.filter(it -> isForward((TopicPartition) it.getKey(), (OffsetAndMetadata) it.getValue()))
					.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
			if (forward.isEmpty()) return null;
			arguments[0] = forward;
		}
		return call.proceed();
	}

	/** What has just been read is, and costs no question. */
	private boolean isForward(TopicPartition partition, OffsetAndMetadata offset) {
		if (consumer.assignment().contains(partition) && offset.offset() >= consumer.position(partition, PATIENCE)) {
			return true;
		}
		OffsetAndMetadata there = consumer.committed(Set.of(partition), PATIENCE).get(partition);
		return there == null || offset.offset() > there.offset();
	}
}
