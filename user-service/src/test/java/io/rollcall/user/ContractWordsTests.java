package io.rollcall.user;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.rollcall.contracts.UserEvent;
import io.rollcall.contracts.Words;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.Lifetime;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.credential.Site;
import io.rollcall.user.permission.Role;

import static org.assertj.core.api.Assertions.assertThat;

class ContractWordsTests {
	@Test
	void theContractsKnowTheRolesSitesAndStatuses() {
		assertThat(Arrays.stream(Role.values()).map(Role::name)).containsExactlyInAnyOrderElementsOf(Words.ROLES);
		assertThat(Arrays.stream(Site.values()).map(Site::name)).containsExactlyInAnyOrderElementsOf(Words.SITES);
		assertThat(Arrays.stream(Lifetime.Status.values()).map(it -> it.name().toLowerCase(Locale.ROOT)))
				.containsExactlyInAnyOrderElementsOf(Words.STATUSES);
	}

	@Test
	void theEventsKnowEveryDetail() {
		Map<String, String> details = Field.DETAILS.stream().collect(Collectors.toMap(Field::id, Field::column));
		var account = new UserEvent.Account("jane", "Jane", "Doe", "jane@agawam.example", "TA", List.of(), List.of(),
				details, "active");
		assertThat(account.details()).isEqualTo(details);
	}
}
