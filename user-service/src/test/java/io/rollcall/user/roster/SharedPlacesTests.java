package io.rollcall.user.roster;

import java.util.Set;

import org.junit.jupiter.api.Test;

import io.rollcall.user.directory.Organization;
import io.rollcall.user.testing.Fixtures;

import static org.assertj.core.api.Assertions.assertThat;

class SharedPlacesTests {
	private final SharedPlaces places = new SharedPlaces();

	@Test
	void equalOnesAreOne() {
		RosterEntry.Places one = places.of(Set.of(Fixtures.DOERING, Fixtures.ROBINSON));
		assertThat(places.of(Set.of(Fixtures.ROBINSON, Fixtures.DOERING))).isSameAs(one);
		assertThat(one.scope()).containsExactlyInAnyOrder(Fixtures.DOERING.code(), Fixtures.ROBINSON.code(),
				Fixtures.AGAWAM.code());
	}

	@Test
	void whereNobodyIsAnyMoreIsForgotten() {
		for (int i = 0; i < SharedPlaces.MOST + 10; i++)
			places.of(Set.of(Organization.school("00050000-" + i, "00050000")));
		assertThat(places.size()).isEqualTo(10);
	}
}
