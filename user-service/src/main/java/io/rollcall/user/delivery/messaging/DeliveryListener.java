package io.rollcall.user.delivery.messaging;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;

import io.rollcall.contracts.DeliveryEvent;
import io.rollcall.contracts.Topics;
import io.rollcall.platform.messaging.BatchConsumer;
import io.rollcall.platform.messaging.BatchConsumers;
import io.rollcall.platform.messaging.DeadLetters;
import io.rollcall.platform.messaging.Fetching;
import io.rollcall.platform.messaging.Received;
import io.rollcall.user.credential.Site;
import io.rollcall.user.delivery.Deliveries;
import io.rollcall.user.delivery.Deliveries.Reported;
import io.rollcall.user.delivery.Delivery.Mail;
import io.rollcall.user.delivery.Delivery.Report;

/** Takes what became of mails; of those, only the ones with credentials concern the accounts. */
@Configuration(proxyBeanMethods = false)
class DeliveryListener {
	private static final String GROUP = "user-service-deliveries";

	private final Deliveries deliveries;
	private final BatchConsumer<DeliveryEvent> consumer;

	DeliveryListener(Deliveries deliveries, BatchConsumers consumers) {
		this.deliveries = deliveries;
		this.consumer = consumers.of(DeliveryEvent.class, GROUP, this::handle);
	}

	@Bean
	static NewTopic deliveryDeadLetters() {
		return DeadLetters.topic(Topics.DELIVERY_EVENTS, GROUP);
	}

	@KafkaListener(id = "deliveries", topics = Topics.DELIVERY_EVENTS, groupId = GROUP, properties = Fetching.UNHURRIED)
	void onReports(List<ConsumerRecord<String, byte[]>> records) {
		consumer.accept(records);
	}

	private void handle(List<Received<DeliveryEvent>> batch) {
		deliveries.report(batch.stream().map(it -> reported(it.message())).filter(Objects::nonNull).toList());
	}

	private static @Nullable Reported reported(DeliveryEvent event) {
		return switch (event) {
			case DeliveryEvent.EmailSent e -> reported(e, new Report(null));
			case DeliveryEvent.EmailFailed e -> reported(e, new Report(e.reason()));
			case DeliveryEvent.Unrecognized _ -> null;
		};
	}

	private static @Nullable Reported reported(DeliveryEvent.OfMail event, Report report) {
		String site = event.site();
		boolean ofCredentials = event.kind().equals("username") || event.kind().equals("password");
		if (site == null || !ofCredentials) return null;
		return new Reported(event.causeId(), Site.valueOf(site), Mail.valueOf(event.kind().toUpperCase(Locale.ROOT)),
				report, event.occurredAt());
	}
}
