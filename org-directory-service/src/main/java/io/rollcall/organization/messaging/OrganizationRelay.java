package io.rollcall.organization.messaging;

import java.util.List;
import java.util.Locale;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.rollcall.contracts.OrganizationEvent.OrganizationChanged;
import io.rollcall.organization.Organization;
import io.rollcall.organization.OrganizationRepository;
import io.rollcall.organization.Revision;
import io.rollcall.platform.TemporarilyUnavailable;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvents;

/** Announces what has changed, now and again later what a crash or an absent broker left. */
@Component
class OrganizationRelay {
	private static final Logger LOG = LoggerFactory.getLogger(OrganizationRelay.class);

	private final OrganizationRepository repository;
	private final AcknowledgedPublisher publisher;
	private final CloudEvents events;

	OrganizationRelay(OrganizationRepository repository, AcknowledgedPublisher publisher, CloudEvents events) {
		this.repository = repository;
		this.publisher = publisher;
		this.events = events;
	}

	@Scheduled(fixedDelayString = "${rollcall.directory.refresh-interval}")
	void relay() {
		List<Revision> owed = repository.unannounced();
		if (owed.isEmpty()) return;
		try {
			publisher.publish(owed.stream().map(revision -> events.of(changed(revision))).toList());
		} catch (TemporarilyUnavailable e) {
			LOG.warn("{} changes of organizations are not announced yet: {}", owed.size(), e.getMessage());
			return;
		}
		repository.announced(owed);
		LOG.info("{} changes of organizations are announced", owed.size());
	}

	private static OrganizationChanged changed(Revision revision) {
		Organization organization = revision.organization();
		return new OrganizationChanged(revision.code() + "/" + revision.number(), revision.since(), revision.code(),
				organization.name(), organization.level().name().toLowerCase(Locale.ROOT), organization.type(),
				organization.town(), organization.parent(), organization.closed());
	}
}
