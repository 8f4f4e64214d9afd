package io.rollcall.user.permission;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

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
	void fileGrantsTheFiveRolesOfTheGuideAlone() {
		assertThat(Role.ofCode(" stc ")).contains(STC);
		assertThat(Role.ofCode("SC")).isEmpty();
		assertThat(Role.ofCode("OPS")).isEmpty();
		assertThat(Role.ofCode("IT")).isEmpty();
	}
}
