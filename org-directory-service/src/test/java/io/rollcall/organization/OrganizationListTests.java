package io.rollcall.organization;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.rollcall.organization.OrganizationList.InvalidList;

import static io.rollcall.organization.Organizations.AGAWAM;
import static io.rollcall.organization.Organizations.AGAWAM_HIGH;
import static io.rollcall.organization.Organizations.DOERING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OrganizationListTests {
	private static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");
	private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

	@Test
	void theFirstListIsAllNew() {
		assertThat(list(AGAWAM, DOERING).changesTo(List.of(), NOW))
				.containsExactly(new Revision(AGAWAM, 1, NOW), new Revision(DOERING, 1, NOW));
	}

	@Test
	void theSameListChangesNothing() {
		assertThat(list(AGAWAM, DOERING).changesTo(known(AGAWAM, DOERING), NOW)).isEmpty();
	}

	@Test
	void aNewerListAddsRenamesAndCloses() {
		Organization renamed = Organization.district("00050000", "Agawam Public Schools", "Public School District",
				null);

		assertThat(list(renamed, AGAWAM_HIGH).changesTo(known(AGAWAM, DOERING), NOW)).containsExactly(
				new Revision(renamed, 2, NOW), new Revision(AGAWAM_HIGH, 1, NOW),
				new Revision(DOERING.close(), 2, NOW));
	}

	@Test
	void whatIsClosedStaysClosedUntilAListNamesItAgain() {
		List<Revision> known = known(AGAWAM, DOERING.close());

		assertThat(list(AGAWAM).changesTo(known, NOW)).isEmpty();
		assertThat(list(AGAWAM, DOERING).changesTo(known, NOW)).containsExactly(new Revision(DOERING, 2, NOW));
	}

	@Test
	void aListThatCannotBeRightIsRefused() {
		assertThatThrownBy(() -> list()).isInstanceOf(InvalidList.class).hasMessageContaining("empty");
		assertThatThrownBy(() -> list(AGAWAM, AGAWAM)).isInstanceOf(InvalidList.class).hasMessageContaining("twice");
		assertThatThrownBy(() -> list(DOERING)).isInstanceOf(InvalidList.class)
				.hasMessageContaining("lacks the district");
	}

	private static OrganizationList list(Organization... organizations) {
		return new OrganizationList(LocalDate.of(2026, 11, 24), List.of(organizations));
	}

	private static List<Revision> known(Organization... organizations) {
		return Stream.of(organizations).map(organization -> Revision.first(organization, EARLIER)).toList();
	}
}
