package io.rollcall.user.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.api.AccountJson.AccountRequest;
import io.rollcall.user.api.AccountJson.AccountResponse;
import io.rollcall.user.api.AccountJson.ChangeRequest;
import io.rollcall.user.api.AccountJson.MeResponse;
import io.rollcall.user.delivery.Delivery;
import io.rollcall.user.testing.Fixtures;

import static org.assertj.core.api.Assertions.assertThat;

class AccountJsonTests {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	static final List<Field> DETAILS = Field.DETAILS;

	@ParameterizedTest
	@FieldSource("DETAILS")
	void everyDetailIsAskedForAndAnswered(Field field) {
		Account account = Fixtures.accountWithAllDetails("doe.jane");
		String value = account.profile().text(field);
		String json = JSON.writeValueAsString(Map.of(field.id(), value));
		assertThat(JSON.readValue(json, AccountRequest.class).draft().text(field)).isEqualTo(value);
		assertThat(JSON.readValue(json, ChangeRequest.class).form().draft().text(field)).isEqualTo(value);
		assertThat(JSON.valueToTree(AccountResponse.of(account, Delivery.QUEUED, null, Instant.EPOCH, Set.of()))
				.path(field.id()).asString()).isEqualTo(value);
		assertThat(
				JSON.valueToTree(MeResponse.of(account, List.of(), null, null, Set.of())).path(field.id()).asString())
				.isEqualTo(value);
	}
}
