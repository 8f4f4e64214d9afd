package io.rollcall.user.credential;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.passay.FailureRuleResult;
import org.passay.PasswordData;
import org.passay.RuleResult;
import org.passay.SuccessRuleResult;
import org.passay.UnicodeString;
import org.passay.data.CharacterData;
import org.passay.data.EnglishCharacterData;
import org.passay.rule.CharacterRule;
import org.passay.rule.LengthRule;
import org.passay.rule.Rule;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/**
 * What a password of one's own must be, and for how long it is good. Two profiles: {@code guide} is the guide's section III.B
 * with its composition and its 365 days; {@code nist} is NIST SP 800-63B-4, 3.1.1.2, which asks for length, for a blocklist and
 * for neither. What is common or says only who one is, is refused in both.
 */
@Component
public class PasswordRules {
	/** By which of the two passwords are judged. */
	public enum Profile {
		GUIDE, NIST
	}

	/**
	 * @param profile {@code guide}: the guide's section III.B; {@code nist}: NIST SP 800-63B-4, 3.1.1.2
	 * @param lifetime after which an own password must be replaced; by the profile {@code guide} alone
	 */
	@ConfigurationProperties("rollcall.passwords")
	public record Settings(@DefaultValue("guide") Profile profile, @DefaultValue("365d") Duration lifetime) {}

	/** One rule, by a code for programs and in the words for people, who read it before and after they have broken it. */
	public record PasswordRule(String code, String message) {}

	public static final PasswordRule REUSED = new PasswordRule("password-reused",
			"Must not be your last password");

	/** The guide's list, section III.B. */
	static final String SPECIAL = "~!@#$%^&*()_+={}|[]:\"';<>?";

	private record Check(PasswordRule rule, Rule passes) {
		Check(String code, String message, Rule passes) {
			this(new PasswordRule(code, message), passes);
		}
	}

	private final Settings settings;
	private final List<Check> checks;

	public PasswordRules(Settings settings, CommonPasswords common) {
		this.settings = settings;
		this.checks = switch (settings.profile()) {
			case GUIDE -> List.of(new Check("password-too-short", "Minimum of 12 characters", atLeast(12)),
					new Check("password-too-long", "Maximum of 32 characters", atMost(32)),
					new Check("password-uppercase", "One uppercase letter",
							new CharacterRule(EnglishCharacterData.UpperCase)),
					new Check("password-lowercase", "One lowercase letter",
							new CharacterRule(EnglishCharacterData.LowerCase)),
					new Check("password-number", "One number", new CharacterRule(EnglishCharacterData.Digit)),
					new Check("password-special", "One special character (" + SPECIAL + ")",
							new CharacterRule(new SpecialCharacters())),
					controls(), common(common));
			case NIST -> List.of(new Check("password-too-short", "Minimum of 15 characters", atLeast(15)),
					new Check("password-too-long", "Maximum of 128 characters", atMost(128)), controls(),
					common(common));
		};
	}

	private static Rule atLeast(int length) {
		return new LengthRule(length, Integer.MAX_VALUE);
	}

	private static Rule atMost(int length) {
		return new LengthRule(0, length);
	}

	private static Check controls() {
		return new Check("password-control-character", "No control characters", password -> result(
				password.getPassword().toString().codePoints()
						.noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)));
	}

	private static Check common(CommonPasswords common) {
		return new Check("password-common", "Not a common password, and not just your username", password -> {
			UnicodeString username = password.getUsername();
			return result(!common.contains(password.getPassword().toString(),
					username == null ? null : username.toString()));
		});
	}

	private static RuleResult result(boolean valid) {
		return valid ? new SuccessRuleResult() : new FailureRuleResult();
	}

	private record SpecialCharacters() implements CharacterData {
		@Override
		public String getErrorCode() {
			return "INSUFFICIENT_SPECIAL";
		}

		@Override
		public String getCharacters() {
			return SPECIAL;
		}
	}

	/** The rules that it breaks, all of them, in order; that it must not be the last one is for those who know the last one. */
	public List<PasswordRule> judge(Password password, String username) {
		var data = new PasswordData(username.toLowerCase(Locale.ROOT), password.value());
		return checks.stream().filter(check -> !check.passes().validate(data).isValid()).map(Check::rule).toList();
	}

	/** All rules, for those who are about to choose a password. */
	public List<PasswordRule> rules() {
		return Stream.concat(checks.stream().map(Check::rule), Stream.of(REUSED)).toList();
	}

	/** When a credential stops being good for signing in, if ever. */
	public Optional<Instant> expiry(@Nullable Credential credential) {
		return switch (credential) {
			case Credential.Own own when settings.profile() == Profile.GUIDE ->
				Optional.of(own.setAt().plus(settings.lifetime()));
			case Credential.Generated generated -> Optional.of(generated.expiresAt());
			case null, default -> Optional.empty();
		};
	}
}
