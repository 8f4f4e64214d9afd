package io.rollcall.user.credential;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.rollcall.user.credential.PasswordRules.PasswordRule;
import io.rollcall.user.credential.PasswordRules.Profile;
import io.rollcall.user.credential.PasswordRules.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is typed in as a password is judged, in one spelling, and what the guide's rules let through is what the guide says. */
class PasswordFuzzTests {
	/** The guide's section III.B once more, as one expression over code points. */
	private static final Pattern GUIDE = Pattern.compile(
			"(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[~!@#$%^&*()_+={}|\\[\\]:\"';<>?]).{12,32}", Pattern.DOTALL);
	private static final CommonPasswords COMMON = new CommonPasswords();

	private final PasswordRules guide = new PasswordRules(new Settings(Profile.GUIDE, Duration.ofDays(365)), COMMON);
	private final PasswordRules nist = new PasswordRules(new Settings(Profile.NIST, Duration.ofDays(365)), COMMON);

	@DictionaryEntries({"Aa1!", "password", "Correct+Horse+4", "\\xe2\\x80\\x9c", "\\xe2\\x80\\x99", "e\\xcc\\x81"})
	@FuzzTest(maxDuration = "60s")
	void everyPasswordIsJudgedAsTheGuideSays(FuzzedDataProvider data) {
		String username = data.consumeString(50);
		var password = new Password(data.consumeRemainingAsString());
		assertThat(new Password(password.value())).isEqualTo(password);
		assertThat(password.toString()).isEqualTo("Password[…]");

		List<String> broken = codes(guide, password, username);
		assertThat(broken.stream()
				.allMatch(code -> code.equals("password-common") || code.equals("password-control-character")))
				.isEqualTo(GUIDE.matcher(password.value()).matches());
		int length = password.value().codePointCount(0, password.value().length());
		assertThat(codes(nist, password, username).contains("password-too-short")).isEqualTo(length < 15);
	}

	private static List<String> codes(PasswordRules rules, Password password, String username) {
		return rules.judge(password, username).stream().map(PasswordRule::code).toList();
	}
}
