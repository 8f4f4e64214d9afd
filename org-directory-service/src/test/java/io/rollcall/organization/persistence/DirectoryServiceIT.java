package io.rollcall.organization.persistence;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

import io.rollcall.organization.DirectoryService;
import io.rollcall.organization.Organization;
import io.rollcall.organization.OrganizationList;
import io.rollcall.organization.OrganizationRepository;
import io.rollcall.organization.Revision;
import io.rollcall.platform.testing.PersistenceContext;
import io.rollcall.testing.Backend;

import static io.rollcall.organization.Organizations.AGAWAM;
import static io.rollcall.organization.Organizations.AGAWAM_HIGH;
import static io.rollcall.organization.Organizations.DOERING;
import static org.assertj.core.api.Assertions.assertThat;

class DirectoryServiceIT {
	private static final LocalDate LAST_YEAR = LocalDate.of(2025, 12, 19);
	private static final LocalDate THIS_YEAR = LocalDate.of(2026, 12, 18);

	private final PersistenceContext context = PersistenceContext.on(Backend.EMBEDDED, Instant.EPOCH)
			.start("io.rollcall.organization.persistence");
	private final OrganizationRepository repository = context.get(OrganizationRepository.class);

	@AfterEach
	void close() {
		context.close();
	}

	@Test
	void anInstanceServesItsListAndOwesAnAnnouncementForEach() {
		var service = start(LAST_YEAR, AGAWAM, DOERING);

		assertThat(service.directory().find(DOERING.code())).contains(DOERING);
		assertThat(repository.unannounced()).extracting(Revision::code).containsExactlyInAnyOrder(AGAWAM.code(),
				DOERING.code());
	}

	@Test
	void aSecondStartOwesNothingMore() {
		start(LAST_YEAR, AGAWAM, DOERING);
		repository.announced(repository.unannounced());

		start(LAST_YEAR, AGAWAM, DOERING);

		assertThat(repository.unannounced()).isEmpty();
		assertThat(repository.all()).extracting(Revision::number).containsOnly(1L);
	}

	@Test
	void aRunningInstanceTakesOverWhatAnotherLoads() {
		var running = start(LAST_YEAR, AGAWAM, DOERING);
		start(THIS_YEAR, AGAWAM, AGAWAM_HIGH);
		assertThat(running.directory().find(AGAWAM_HIGH.code())).isEmpty();

		running.refresh();

		assertThat(running.directory().find(AGAWAM_HIGH.code())).contains(AGAWAM_HIGH);
		assertThat(running.directory().find(DOERING.code())).get().matches(Organization::closed);
	}

	@Test
	void anInstanceWithAnOlderListServesTheNewerOne() {
		start(THIS_YEAR, AGAWAM, AGAWAM_HIGH);
		var late = start(LAST_YEAR, AGAWAM, DOERING);

		assertThat(late.directory().find(AGAWAM_HIGH.code())).contains(AGAWAM_HIGH);
		assertThat(late.directory().find(DOERING.code())).isEmpty();
	}

	@Test
	void instancesThatStartTogetherMakeOneRevision() throws Exception {
		start(LAST_YEAR, AGAWAM);
		Organization renamed = Organization.district(AGAWAM.code(), "Agawam Public Schools", AGAWAM.type(), null);

		try (var pool = Executors.newFixedThreadPool(4)) {
			for (var instance : pool
					.invokeAll(List.<Callable<DirectoryService>>of(() -> start(THIS_YEAR, renamed, DOERING),
							() -> start(THIS_YEAR, renamed, DOERING), () -> start(THIS_YEAR, renamed, DOERING),
							() -> start(THIS_YEAR, renamed, DOERING)))) {
				assertThat(instance.get().directory().find(AGAWAM.code())).contains(renamed);
			}
		}

		assertThat(repository.all()).extracting(revision -> revision.code() + "/" + revision.number())
				.containsExactlyInAnyOrder("00050000/2", "00050000-00050303/1");
	}

	@Test
	void anAnnouncementThatWasOvertakenIsMadeAgainAsItIsNow() {
		start(LAST_YEAR, AGAWAM, DOERING);
		List<Revision> slow = repository.unannounced();
		start(THIS_YEAR, AGAWAM);
		repository.announced(repository.unannounced()); // a quicker instance, while the slow one is publishing

		repository.announced(slow);

		assertThat(repository.unannounced()).extracting(revision -> revision.code() + "/" + revision.number())
				.containsExactly("00050000-00050303/2");
	}

	private DirectoryService start(LocalDate asOf, Organization... list) {
		return new DirectoryService(() -> new OrganizationList(asOf, List.of(list)),
				new MongoOrganizations(context.get(MongoTemplate.class)), Clock.systemUTC());
	}
}
