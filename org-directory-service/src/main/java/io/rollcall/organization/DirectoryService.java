package io.rollcall.organization;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Answers what a code means. It is made with the list already taken in, before the first request can come: an empty directory
 * would call every code invalid.
 */
@Service
public class DirectoryService {
	private static final Logger LOG = LoggerFactory.getLogger(DirectoryService.class);

	/** The directory, and how far the shared state was when it was read. */
	private record Snapshot(Directory directory, OrganizationRepository.@Nullable State state) {}

	private final OrganizationRepository repository;
	private volatile Snapshot snapshot;

	public DirectoryService(ListSource source, OrganizationRepository repository, Clock clock) {
		this.repository = repository;
		takeIn(source.read(), clock);
		snapshot = read(repository.state().orElse(null));
		LOG.info("The directory has {} organizations", snapshot.directory().size());
	}

	private void takeIn(OrganizationList list, Clock clock) {
		LocalDate known = repository.state().map(OrganizationRepository.State::asOf).orElse(LocalDate.MIN);
		if (list.asOf().isBefore(known)) {
			LOG.warn("The list as of {} is older than the one taken in as of {}; left alone", list.asOf(), known);
			return;
		}
		List<Revision> changes = list.changesTo(repository.all(), clock.instant());
		repository.save(changes);
		// Also when nothing has changed: an instance that was killed between the two lines has told nobody.
		repository.loaded(list.asOf());
		LOG.info("The list as of {} changes {} organizations", list.asOf(), changes.size());
	}

	/** Takes over what another instance has loaded since. */
	@Scheduled(fixedDelayString = "${rollcall.directory.refresh-interval}")
	public void refresh() {
		OrganizationRepository.State state = repository.state().orElse(null);
		if (state != null && !state.equals(snapshot.state())) snapshot = read(state);
	}

	/** The state is read before the organizations: what changes in between is taken over by the next refresh. */
	private Snapshot read(OrganizationRepository.@Nullable State state) {
		return new Snapshot(new Directory(repository.all().stream().map(Revision::organization).toList()), state);
	}

	/** One directory for all look-ups of a request, so that its answers agree. */
	public Directory directory() {
		return snapshot.directory();
	}
}
