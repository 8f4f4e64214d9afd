package io.rollcall.user.delivery.messaging;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.rollcall.contracts.DeliveryEvent;
import io.rollcall.platform.messaging.BatchConsumers;
import io.rollcall.platform.messaging.Received;
import io.rollcall.user.credential.Site;
import io.rollcall.user.delivery.Deliveries;
import io.rollcall.user.delivery.Deliveries.Reported;
import io.rollcall.user.delivery.Delivery.Mail;
import io.rollcall.user.delivery.Delivery.Report;

/** Takes what became of mails; of those, only the ones with credentials concern the accounts. */
@Configuration(proxyBeanMethods = false)
class DeliveryListener {
	private final Deliveries deliveries;

	DeliveryListener(Deliveries deliveries) {
		this.deliveries = deliveries;
	}

	@Bean
	Consumer<List<ConsumerRecord<String, byte[]>>> deliveryReports(BatchConsumers consumers) {
		return consumers.of(DeliveryEvent.class, this::handle);
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
