package io.rollcall.organization.persistence;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.rollcall.organization.Level;
import io.rollcall.organization.Organization;
import io.rollcall.organization.OrganizationRepository;
import io.rollcall.organization.OrganizationRepository.State;
import io.rollcall.organization.Revision;
import io.rollcall.platform.testing.PersistenceContext;
import io.rollcall.testing.Backend;
import io.rollcall.testing.StoredDocuments;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands in the database is read, and written again to the byte ({@link StoredDocuments}). */
class StoredDocumentsTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");

	private final PersistenceContext context = PersistenceContext.on(Backend.EMBEDDED, NOW)
			.start("io.rollcall.organization.persistence");
	private final StoredDocuments stored = context.stored();
	private final OrganizationRepository organizations = context.get(OrganizationRepository.class);

	@AfterEach
	void close() {
		context.close();
	}

	@Test
	void school() {
		var school = new Organization("00050000-00050303", "Clifford M Granger", Level.SCHOOL, "public",
				"Feeding Hills",
				"00050000", false);
		var first = new Revision(school, 1, NOW);
		organizations.save(List.of(first));
		organizations.save(List.of(first));
		stored.assertHolds("organizations", "school");
		assertThat(organizations.all()).containsExactly(first);
		assertThat(organizations.unannounced()).containsExactly(first);

		var closed = new Revision(new Organization(school.code(), school.name(), school.level(), school.type(),
				school.town(), school.parent(), true), 2, NOW.plusSeconds(1));
		organizations.save(List.of(closed));
		organizations.announced(List.of(closed));
		stored.assertHolds("organizations", "school-closed");
		assertThat(organizations.all()).containsExactly(closed);
		assertThat(organizations.unannounced()).isEmpty();
	}

	@Test
	void districtWithNothingThatItNeedNotHave() {
		var district = new Revision(
				new Organization("0123456789abcdefabcdef01", "Agawam", Level.DISTRICT, "public", null,
						null, false),
				1, NOW);
		organizations.save(List.of(district));
		stored.assertHolds("organizations", "district");
		assertThat(organizations.all()).containsExactly(district);
		var closed = new Revision(new Organization("0123456789abcdefabcdef01", "Agawam", Level.DISTRICT, "public", null,
				null, true), 2, NOW);
		organizations.save(List.of(closed));
		assertThat(organizations.all()).containsExactly(closed);
	}

	/** Numbers of another width, and not closed because nothing was ever said of it. */
	@Test
	void organizationOfTheFirstReleases() {
		stored.put("organizations", "older");
		assertThat(organizations.all()).singleElement().satisfies(it -> {
			assertThat(it.number()).isEqualTo(3);
			assertThat(it.organization().closed()).isFalse();
		});
		assertThat(organizations.unannounced()).hasSize(1);
	}

	@Test
	void dayOfTheList() {
		organizations.loaded(LocalDate.of(2026, 11, 2));
		organizations.loaded(LocalDate.of(2026, 11, 1));
		stored.assertHolds("directory", "loaded");
		assertThat(organizations.state()).contains(new State(LocalDate.of(2026, 11, 2), 2));
	}
}
