package io.rollcall.user.account.profile;

import java.util.EnumMap;
import java.util.Map;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.rollcall.user.account.profile.FieldRules.Judgement;

import static io.rollcall.user.testing.Fixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever stands in the fields is a profile or has faults, and a profile written out and read again is the same one. */
class UsernameFuzzTests {
	private static final String USERNAME = "[A-Za-z0-9._+'@-]{4,50}";

	private final FieldRules rules = new FieldRules(PROGRAMS);

	@DictionaryEntries({"doe.jane@agawam.example", "00050000-00050303", "00050000", "TA", "413-555-0100", "1030|1034",
			"SC", "|"})
	@FuzzTest(maxDuration = "60s")
	void everyUsernameIsOneOrIsNotAndSoIsEveryField(FuzzedDataProvider data) {
		Map<Field, String> texts = new EnumMap<>(Map.of(Field.FIRST_NAME, "Jane", Field.LAST_NAME, "Doe", Field.EMAIL,
				"doe.jane@agawam.example", Field.ROLE, "TA", Field.ORGANIZATIONS, DOERING.code()));
		texts.put(Field.USERNAME, data.consumeString(60));
		for (int i = data.consumeInt(0, 3); i > 0; i--)
			texts.put(data.pickValue(Field.values()), data.consumeString(80));
		Draft draft = new Draft(data.pickValue(Draft.Source.values()), Draft.row(texts).values());

		Username username = draft.username();
		if (username != null) {
			assertThat(username.value()).matches(USERNAME).containsPattern("[A-Za-z0-9]");
			assertThat(new Username(username.key())).isEqualTo(username).hasSameHashCodeAs(username);
		}
		if (!(rules.judgeNew(draft, serviceCenter(), DIRECTORY) instanceof Judgement.Sound(Profile profile))) return;
		assertThat(profile.username()).isEqualTo(username);
		Map<Field, String> written = new EnumMap<>(Field.class);
		for (Field field : Field.values())
			written.put(field, profile.text(field));
		assertThat(
				rules.judgeNew(new Draft(Draft.Source.FORM, Draft.row(written).values()), serviceCenter(), DIRECTORY))
				.isEqualTo(new Judgement.Sound(profile));
	}
}
