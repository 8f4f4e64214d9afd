package io.rollcall.user;

import java.util.Arrays;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import io.rollcall.contracts.Words;
import io.rollcall.user.account.Account;
import io.rollcall.user.credential.Site;
import io.rollcall.user.permission.Role;

import static org.assertj.core.api.Assertions.assertThat;

class ContractWordsTests {
	@Test
	void theContractsKnowTheRolesSitesAndStatuses() {
		assertThat(Arrays.stream(Role.values()).map(Role::name)).containsExactlyInAnyOrderElementsOf(Words.ROLES);
		assertThat(Arrays.stream(Site.values()).map(Site::name)).containsExactlyInAnyOrderElementsOf(Words.SITES);
		assertThat(Arrays.stream(Account.Status.values()).map(it -> it.name().toLowerCase(Locale.ROOT)))
				.containsExactlyInAnyOrderElementsOf(Words.STATUSES);
	}
}
