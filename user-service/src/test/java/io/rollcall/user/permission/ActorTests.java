package io.rollcall.user.permission;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.rollcall.user.directory.Organization;

import static io.rollcall.user.testing.Fixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

class ActorTests {
	private static final UUID SOMEBODY = UUID.randomUUID();

	private static Reach reach(Actor actor, Role role, Organization... organizations) {
		return actor.reach(SOMEBODY, role, List.of(organizations));
	}

	@Test
	void districtContainsItsSchoolsAndASchoolNotItsDistrict() {
		Actor district = aCoordinatorOf(Role.DTC, AGAWAM);
		assertThat(List.of(AGAWAM, DOERING, ROBINSON)).allMatch(district::owns);
		assertThat(List.of(BOSTON, BOSTON_LATIN)).noneMatch(district::owns);
		Actor school = aCoordinatorOf(Role.STC, DOERING);
		assertThat(school.owns(DOERING)).isTrue();
		assertThat(List.of(AGAWAM, ROBINSON, BOSTON_LATIN)).noneMatch(school::owns);
	}

	@Test
	void serviceCenterOwnsEverything() {
		assertThat(serviceCenter().isStateWide()).isTrue();
		assertThat(DIRECTORY.values()).allMatch(serviceCenter()::owns).allMatch(Actor.SYSTEM::owns);
		assertThat(aCoordinatorOf(Role.DTC, AGAWAM).isStateWide()).isFalse();
	}

	@Test
	void nobodyHasNoRightAtAll() {
		assertThat(Actor.NOBODY.isStateWide()).isFalse();
		assertThat(DIRECTORY.values()).noneMatch(Actor.NOBODY::owns);
		assertThat(Role.values()).noneMatch(Actor.NOBODY.role()::manages);
		assertThat(reach(Actor.NOBODY, Role.TA, DOERING)).isEqualTo(new Reach.Unseen());
	}

	@Test
	void oneSeesWhoHasAnOrganizationOfOnesOwnAndOneself() {
		Actor actor = aCoordinatorOf(Role.TA, DOERING);
		assertThat(actor.sees(SOMEBODY, List.of(BOSTON_LATIN, DOERING))).isTrue();
		assertThat(actor.sees(SOMEBODY, List.of(BOSTON_LATIN, ROBINSON))).isFalse();
		assertThat(actor.sees(SOMEBODY, List.of())).isFalse();
		assertThat(actor.sees(actor.accountId(), List.of(BOSTON_LATIN))).isTrue();
		assertThat(serviceCenter().sees(SOMEBODY, List.of())).isTrue();
		assertThat(actor.is(actor.accountId())).isTrue();
		assertThat(actor.is(SOMEBODY)).isFalse();
		assertThat(Actor.SYSTEM.is(SOMEBODY)).isFalse();
	}

	@Test
	void reachGoesAsFarAsRoleAndOrganizationsDo() {
		Actor actor = aCoordinatorOf(Role.DTC, AGAWAM);
		assertThat(reach(actor, Role.TA, DOERING, ROBINSON)).isEqualTo(new Reach.Whole());
		assertThat(reach(actor, Role.DTC, AGAWAM)).isEqualTo(new Reach.Whole());
		assertThat(reach(actor, Role.TA, DOERING, BOSTON_LATIN))
				.isEqualTo(new Reach.InPart(List.of(BOSTON_LATIN)));
		assertThat(reach(actor, Role.TA, BOSTON_LATIN)).isEqualTo(new Reach.Unseen());
		assertThat(reach(aCoordinatorOf(Role.TA, DOERING), Role.TA, DOERING)).isEqualTo(new Reach.SeenOnly());
		assertThat(reach(aCoordinatorOf(Role.STC, DOERING), Role.DTC, DOERING)).isEqualTo(new Reach.SeenOnly());
		assertThat(reach(serviceCenter(), Role.OPS)).isEqualTo(new Reach.Whole());
		assertThat(reach(serviceCenter(), Role.DTC, BOSTON)).isEqualTo(new Reach.Whole());
	}

	@Test
	void nobodyReachesFurtherOverOneselfThanOnesProfile() {
		for (Role role : Role.values()) {
			var actor = new Actor(SOMEBODY, role, Set.of(AGAWAM.code()));
			assertThat(reach(actor, role, AGAWAM)).as(role.name()).isEqualTo(new Reach.Oneself());
			assertThat(reach(actor, role, BOSTON)).as(role.name()).isEqualTo(new Reach.Oneself());
		}
	}
}
