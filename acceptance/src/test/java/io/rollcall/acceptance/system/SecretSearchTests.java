package io.rollcall.acceptance.system;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretSearchTests {
	private static final String SECRET = "Zx9&Q2mB7vLp4TtR8sWn3HcYe";

	private final SecretSearch search = new SecretSearch(
			IntStream.range(0, 1000).mapToObj(i -> i == 500 ? SECRET : "Other%04dSecretOfLetters12".formatted(i))
					.toList());

	@ParameterizedTest
	@ValueSource(strings = {"", "x", "xy", "xyz", "{\"password\":\""})
	void findsEverySpellingWhateverStandsBeforeIt(String before) {
		byte[] text = (before + SECRET + "\"}").getBytes(StandardCharsets.US_ASCII);
		assertThat(search.in("plain", text)).hasSize(1);
		assertThat(search.in("base64", Base64.getEncoder().encode(text))).hasSize(1);
		assertThat(search.in("base64url", Base64.getUrlEncoder().withoutPadding().encode(text))).hasSize(1);
		assertThat(search.in("hex", ascii(HexFormat.of().formatHex(text)))).hasSize(1);
		assertThat(search.in("HEX", ascii(HexFormat.of().withUpperCase().formatHex(text)))).hasSize(1);
		assertThat(search.in("percent", ascii(HexFormat.of().withPrefix("%").formatHex(text)))).hasSize(1);
		assertThat(search.in("backwards", ascii(new StringBuilder(SECRET).reverse().toString()))).hasSize(1);
		assertThat(search.in("UTF-16LE", (before + SECRET).getBytes(StandardCharsets.UTF_16LE))).isNotEmpty();
		assertThat(search.in("UTF-16BE", (before + SECRET).getBytes(StandardCharsets.UTF_16BE))).isNotEmpty();
	}

	@Test
	void findsNothingWhereNothingIsAndNeverRepeatsASecret() {
		assertThat(search.in("log", ascii("Zx9&Q2mB7vLp4TtR8sWn3HcY and Other0001SecretOfLetters13".repeat(100))))
				.isEmpty();
		assertThat(search.in("log", ascii("password " + SECRET))).isEqualTo(List.of("log: plain at 13"));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}
}
