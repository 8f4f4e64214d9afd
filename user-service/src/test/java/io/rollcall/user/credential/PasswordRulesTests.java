package io.rollcall.user.credential;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.rollcall.user.credential.PasswordRules.PasswordRule;
import io.rollcall.user.credential.PasswordRules.Profile;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordRulesTests {
	private static final CommonPasswords COMMON = new CommonPasswords();
	private final PasswordRules guide = rules(Profile.GUIDE);
	private final PasswordRules nist = rules(Profile.NIST);

	private static PasswordRules rules(Profile profile) {
		return new PasswordRules(new PasswordRules.Settings(profile, Duration.ofDays(365)), COMMON);
	}

	private static List<String> codes(PasswordRules rules, String password) {
		return rules.judge(new Password(password), "maria.okafor@agawam.example").stream().map(PasswordRule::code)
				.toList();
	}

	@Test
	void allFaultsAreFoundAtOnceInTheGuidesOrder() {
		assertThat(codes(guide, "ä")).containsExactly("password-too-short", "password-uppercase",
				"password-lowercase", "password-number", "password-special");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = {"Correct+Horse+4 ", "Correct+Hor4 ", "Correct+Ho4 password-too-short",
			"Correct+Horse+Battery+Staple+1234 password-too-long", "correct+horse+4 password-uppercase",
			"CORRECT+HORSE+4 password-lowercase", "Correct+Horse+ password-number",
			"CorrectHorse4-x password-special"})
	void guideAsksFor12To32OfFourKinds(String password, String code) {
		assertThat(codes(guide, password)).isEqualTo(code == null ? List.of() : List.of(code));
	}

	@Test
	void eachSpecialCharacterOfTheGuideCounts() {
		PasswordRules.SPECIAL.chars().forEach(c -> assertThat(codes(guide, "CorrectHorse4" + (char) c)).isEmpty());
		assertThat(PasswordRules.SPECIAL).hasSize(26);
	}

	@Test
	void typographicQuotesArePlainOnes() {
		assertThat(codes(guide, "CorrectHorse4\u201D")).isEmpty();
		assertThat(codes(guide, "CorrectHorse4\u2019")).isEmpty();
		assertThat(new Password("Correct\u201CHorse\u2018")).isEqualTo(new Password("Correct\"Horse'"));
	}

	@Test
	void charactersAreWhatAPersonCounts() {
		assertThat(codes(guide, "Aa1!" + "\uD83D\uDC34".repeat(28))).isEmpty();
		assertThat(codes(guide, "Aa1!" + "\uD83D\uDC34".repeat(7))).containsExactly("password-too-short");
	}

	@ParameterizedTest
	@ValueSource(strings = {"Password123!", "Iloveyou2026!!", "Maria.Okafor@Agawam.Example1", "Aa1!Aa1!Aa1!"})
	void whatIsTriedFirstIsRefusedWhateverDecoratesIt(String password) {
		assertThat(codes(guide, password)).containsExactly("password-common");
	}

	@ParameterizedTest
	@CsvSource({"ta.s, TA.S-ta.s-1234!", "ta.s, ta.sta.sta.s", "ta.s, 12ta.s!TA.S?", "7_ta.s-, 1Ta.s!Ta.s",
			"1234567, 1234567-1234567"})
	void usernameIsNoPasswordHoweverOftenItStandsThere(String username, String password) {
		assertThat(COMMON.contains(password, username)).isTrue();
		assertThat(COMMON.contains(password + "x", username)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = {"!1!password-2026", "2026-PassWord", "password", "(password)"})
	void decorationsInFrontCountAsLittleAsThoseBehind(String password) {
		assertThat(COMMON.contains(password, null)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = {"!@#$%^&*()!@", "1#2#3#4#5#7#", "zpasswordz", "xmaria.okaforx"})
	void whatIsNotAWordWithDecorationsIsNotCommon(String password) {
		assertThat(COMMON.contains(password, "maria.okafor")).isFalse();
		assertThat(COMMON.contains(password, "")).isFalse();
		assertThat(COMMON.contains(password, "12345")).isFalse();
	}

	@Test
	void passwordIsNotPrinted() {
		assertThat(new Password("Correct+Horse+4")).hasToString("Password[…]");
	}

	@Test
	void nistAsksForLengthAndNotForKinds() {
		assertThat(codes(nist, "correct horse battery")).isEmpty();
		assertThat(codes(nist, "x".repeat(32) + "correct horse battery staple and more")).isEmpty();
		assertThat(codes(nist, "correct horse")).containsExactly("password-too-short");
		assertThat(codes(nist, "aaaaaaaaaaaaaaa")).containsExactly("password-common");
		assertThat(codes(nist, "correct horse\u0000battery")).containsExactly("password-control-character");
		assertThat(codes(nist, "correct horse\uD800battery")).containsExactly("password-control-character");
	}

	@Test
	void generatedPasswordsSatisfyBothProfiles() {
		for (int i = 0; i < 200; i++) {
			String password = GeneratedPassword.random(new SecureRandom()).value();
			assertThat(codes(guide, password)).isEmpty();
			assertThat(codes(nist, password)).isEmpty();
		}
	}

	@Test
	void onlyTheGuideLetsPasswordsExpire() {
		var own = new Credential.Own("hash", java.time.Instant.EPOCH, null);
		assertThat(guide.expiry(own)).contains(java.time.Instant.EPOCH.plus(Duration.ofDays(365)));
		assertThat(nist.expiry(own)).isEmpty();
	}

	@Test
	void rulesAreListedWithTheOneOnReuse() {
		assertThat(guide.rules()).extracting(PasswordRule::code).contains("password-special", "password-reused");
	}
}
