package io.rollcall.user.permission;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static io.rollcall.user.directory.Level.DISTRICT;
import static io.rollcall.user.directory.Level.SCHOOL;
import static io.rollcall.user.permission.Role.*;
import static org.assertj.core.api.Assertions.assertThat;

class RoleTests {
	/** Table 1 of the guide, a line a feature in its order: DTC, STC, TA, TC, RAO. */
	private static final String TABLE_1 = """
			X X . X .
			X X . X .
			X X . X .
			X X . X .
			X X . . .
			X X . X .
			X X X X .
			X X . X .
			X X X X .
			X X . . .
			X . . . .
			X X . X .
			X X . X .
			X X . X .
			X X . . .
			X X . X X
			""";

	@Test
	void permissionsAreThoseOfTable1() {
		String[] lines = TABLE_1.strip().split("\n");
		assertThat(lines).hasSameSizeAs(Permission.values());
		for (Permission permission : Permission.values()) {
			String line = Arrays.stream(new Role[]{DTC, STC, TA, TC, RAO})
					.map(role -> role.permissions().contains(permission) ? "X" : ".").collect(Collectors.joining(" "));
			assertThat(line).as(permission.id()).isEqualTo(lines[permission.ordinal()]);
		}
	}

	@Test
	void oneManagesTheRolesWhosePermissionsOneHas() {
		Map<Role, Set<Role>> manages = Arrays.stream(values()).collect(Collectors.toMap(role -> role,
				role -> Arrays.stream(values()).filter(role::manages).collect(Collectors.toSet())));
		assertThat(manages).isEqualTo(Map.of(SC, Set.of(values()), DTC, Set.of(DTC, STC, TC, TA, RAO), STC,
				Set.of(STC, TC, TA, RAO), TC, Set.of(TC, TA, RAO), TA, Set.of(), RAO, Set.of(), OPS, Set.of()));
	}

	@Test
	void programsActForThoseWhoManageUsersAlone() {
		assertThat(values()).filteredOn(Role::mayHaveApiClients).containsExactlyInAnyOrder(SC, DTC, STC, TC);
	}

	@Test
	void fileGrantsTheFiveRolesOfTheGuideAlone() {
		for (Role role : new Role[]{DTC, STC, TC, TA, RAO}) {
			assertThat(Role.ofCode(role.name())).contains(role);
			assertThat(Role.ofCode(" " + role.name().toLowerCase(Locale.ROOT) + " ")).contains(role);
			assertThat(role.runsTheSystem()).isFalse();
		}
		for (String code : new String[]{"SC", "OPS", "IT", "", "D TC"})
			assertThat(Role.ofCode(code)).isEmpty();
	}

	@Test
	void lettersThatOnlyLookLikeThoseOfACodeAreOthers() {
		assertThat(Role.ofCode("\u017FTC")).as("a long s, whose upper case is S").isEmpty();
		assertThat(Role.ofAnyCode("\u017Fc")).isEmpty();
		assertThat(Role.ofCode("\u0422\u0410")).as("the Cyrillic Te and A").isEmpty();
	}

	@Test
	void formGrantsTheTwoThatRunTheSystemToo() {
		for (Role role : values())
			assertThat(Role.ofAnyCode(" " + role.name().toLowerCase(Locale.ROOT) + " ")).contains(role);
		assertThat(Role.ofAnyCode("IT")).isEmpty();
		assertThat(SC.runsTheSystem()).isTrue();
		assertThat(OPS.runsTheSystem()).isTrue();
	}

	@Test
	void levelsAreThoseOfTable4() {
		assertThat(Arrays.stream(values()).collect(Collectors.toMap(role -> role, Role::levels))).isEqualTo(
				Map.of(DTC, Set.of(DISTRICT), TC, Set.of(DISTRICT, SCHOOL), STC, Set.of(SCHOOL), TA, Set.of(SCHOOL),
						RAO, Set.of(DISTRICT, SCHOOL), SC, Set.of(), OPS, Set.of()));
	}

	@Test
	void titlesAreThoseOfTheGuide() {
		assertThat(Arrays.stream(values()).map(Role::title)).containsExactly("District Test Coordinator",
				"School Test Coordinator", "Test Administrator", "Technology Coordinator", "Reports Access Only",
				"Service Center", "Operations");
	}

	@Test
	void permissionsAreNamedAsInTokensAndDescribedAsInTable1() {
		assertThat(Arrays.stream(Permission.values()).map(Permission::id)).startsWith("manage-users",
				"site-readiness-links", "site-readiness-passwords").endsWith("view-reports").doesNotHaveDuplicates();
		assertThat(Permission.REACTIVATE_TESTS.description()).isEqualTo("Reactivate previously turned-in test");
		assertThat(Arrays.stream(Permission.values()).map(Permission::description)).doesNotHaveDuplicates();
	}
}
