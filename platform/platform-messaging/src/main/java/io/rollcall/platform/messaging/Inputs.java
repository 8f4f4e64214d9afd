package io.rollcall.platform.messaging;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.kafka.ListenerContainerWithDlqAndRetryCustomizer;
import org.springframework.cloud.stream.binder.kafka.properties.KafkaConsumerProperties;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * The input bindings of this service: how each consumes, when all of them run, and whether they do. They start when everything else
 * does its work and stop before anything else ceases to, which the binder's own order does not give.
 */
public final class Inputs implements ListenerContainerWithDlqAndRetryCustomizer, SmartLifecycle {
	static boolean isInput(String binding) {
		return binding.endsWith("-in-0");
	}

	private final Map<String, AbstractMessageListenerContainer<?, ?>> containers = new ConcurrentSkipListMap<>();
	private final Supplier<Set<String>> configured;
	private final Supplier<BindingsLifecycleController> bindings;
	private final CommonErrorHandler waiting = waiting();
	private final SimpleAsyncTaskExecutor threads = threads();
	private volatile boolean running;

	/**
	 * @param configured names of all bindings that the settings describe
	 * @param bindings asked when the service starts, for it is made of the bindings themselves
	 */
	public Inputs(Supplier<Set<String>> configured, Supplier<BindingsLifecycleController> bindings) {
		this.configured = configured;
		this.bindings = bindings;
	}

	/** For ever: what reaches the container is temporary, everything else {@link BatchConsumer} has dealt with. */
	private static CommonErrorHandler waiting() {
		var backOff = new ExponentialBackOff(200, 1.6);
		backOff.setMaxInterval(2_000);
		var handler = new DefaultErrorHandler(backOff);
		handler.defaultFalse(true);
		handler.addRetryableExceptions(Exception.class);
		return handler;
	}

	/**
	 * Platform threads, also where requests have virtual ones: a batch computes for as long as it takes, and a virtual thread gives
	 * its processor to nobody meanwhile, so that people would wait for it. Of the lowest priority, for a JVM that is told to make
	 * something of it ({@code -XX:ThreadPriorityPolicy=1}): rows wait while people want the processors.
	 */
	private static SimpleAsyncTaskExecutor threads() {
		var threads = new SimpleAsyncTaskExecutor("kafka-");
		threads.setThreadPriority(Thread.MIN_PRIORITY);
		return threads;
	}

	/**
	 * @throws IllegalStateException when the settings let the binder itself retry, convert or give up records, each of which loses
	 *         some
	 */
	@Override
	public void configure(AbstractMessageListenerContainer<?, ?> container, String destination, String group,
			@Nullable BiFunction<ConsumerRecord<?, ?>, Exception, TopicPartition> deadLetters,
			@Nullable BackOff backOff,
			ExtendedConsumerProperties<KafkaConsumerProperties> settings) {
		String binding = settings.getBindingName();
		if (deadLetters != null || !settings.isBatchMode() || !settings.isUseNativeDecoding())
			throw new IllegalStateException(binding + " is not set as every input is (rollcall-messaging.yml)");
		container.setBeanName(binding);
		container.setCommonErrorHandler(waiting);
		container.getContainerProperties().setListenerTaskExecutor(threads);
		containers.put(binding, container);
	}

	@Override
	public void configure(AbstractMessageListenerContainer<?, ?> container, String destination, String group,
			@Nullable BiFunction<ConsumerRecord<?, ?>, Exception, TopicPartition> deadLetters,
			@Nullable BackOff backOff) {
		throw new IllegalStateException("the binder tells the settings, too");
	}

	/** @throws IllegalStateException when an input is described that has no function, of which the binder itself only warns */
	@Override
	public void start() {
		Set<String> missing = new TreeSet<>(configured.get());
		missing.removeIf(binding -> !isInput(binding) || containers.containsKey(binding));
		if (!missing.isEmpty()) throw new IllegalStateException("inputs without a function: " + missing);
		containers.keySet().forEach(bindings.get()::start);
		running = true;
	}

	/** All at once: each finishes the batch it is at. */
	@Override
	public void stop() {
		var stopped = new CountDownLatch(containers.size());
		containers.values().forEach(container -> container.stop(stopped::countDown));
		try {
			stopped.await();
		} catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		running = false;
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 100;
	}

	/** Down when an input has died: an {@code Error} ends a consumer while its binding says that it runs. */
	Health health() {
		var health = Health.up();
		containers.forEach((binding, container) -> {
			boolean well = container.isRunning() && container.isInExpectedState();
			if (!well) health.down();
			health.withDetail(binding, well ? "running" : "stopped");
		});
		return health.build();
	}

	/** How many records this instance knows of that {@code binding} has not fetched yet. */
	public long lag(String binding) {
		var container = containers.get(binding);
		if (container == null) return 0;
		return container.metrics().values().stream().map(Map::entrySet).flatMap(Collection::stream)
				.filter(metric -> metric.getKey().name().equals("records-lag"))
				.mapToLong(metric -> metric.getValue().metricValue() instanceof Double lag && lag > 0
						? lag.longValue()
						: 0)
				.sum();
	}
}
