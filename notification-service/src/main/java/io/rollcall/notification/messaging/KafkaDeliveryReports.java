package io.rollcall.notification.messaging;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.contracts.DeliveryEvent;
import io.rollcall.contracts.DeliveryEvent.EmailFailed;
import io.rollcall.contracts.DeliveryEvent.EmailSent;
import io.rollcall.notification.DeliveryReports;
import io.rollcall.notification.LetterWriter;
import io.rollcall.notification.Mail;
import io.rollcall.notification.Outcome.Failed;
import io.rollcall.notification.Outcome.Sent;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvents;

/** Reports as {@code delivery-events}; their ids follow from the mail, so one told twice is recognised. */
@Component
class KafkaDeliveryReports implements DeliveryReports {
	private final AcknowledgedPublisher publisher;
	private final CloudEvents events;
	private final LetterWriter letters;

	KafkaDeliveryReports(AcknowledgedPublisher publisher, CloudEvents events, LetterWriter letters) {
		this.publisher = publisher;
		this.events = events;
		this.letters = letters;
	}

	@Override
	public void publish(List<Report> reports) {
		publisher.publish(
				reports.stream().map(report -> events.of(event(report), report.mail().traceparent())).toList());
	}

	private DeliveryEvent.OfMail event(Report report) {
		Mail mail = report.mail();
		String messageId = letters.messageId(mail);
		String kind = mail.kind().code();
		return switch (report.outcome()) {
			case Sent sent -> new EmailSent(mail.id() + "/sent", sent.at(), mail.accountId(), mail.cause(), messageId,
					kind, site(mail));
			case Failed failed -> new EmailFailed(mail.id() + "/failed", failed.at(), mail.accountId(), mail.cause(),
					messageId, kind, site(mail), failed.reason().code(), failed.smtpStatus());
		};
	}

	private static @Nullable String site(Mail mail) {
		return mail.site() == null ? null : mail.site().name();
	}
}
