package io.rollcall.notification.letters;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.rollcall.notification.Addressee;
import io.rollcall.notification.Letter;
import io.rollcall.notification.LetterWriter.InvalidAddress;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailKind;
import io.rollcall.notification.Site;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever people are called and wherever they say they live, a letter to them is one letter of ours to one address, or none. */
class LetterFuzzTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:15:30.123Z");
	private static final Pattern ADDRESS = Pattern.compile("[!-~&&[^<>,;:\"()\\\\\\[\\]@]]+@[A-Za-z0-9.-]+");
	private final MimeLetterWriter writer = Shipped.letters();

	@DictionaryEntries({"\\x0d\\x0aBcc: v@evil.example", "\\x0d\\x0a\\x0d\\x0a", "=?UTF-8?Q?", "?=", "\\xe2\\x80\\xa8",
			"\\xe2\\x80\\xae", "\\x22>, <v@e.org>", "--=_", "@agawam.example", "xn--", "\\x0d\\x0a.\\x0d\\x0a"})
	@FuzzTest(maxDuration = "60s")
	void noNameAndNoAddressAddsAHeaderARecipientOrAPart(FuzzedDataProvider data) {
		Addressee to = new Addressee(data.consumeString(60), data.consumeString(60), data.consumeString(60),
				data.consumeBoolean() ? "jane@agawam.example" : data.consumeString(80));
		Mail mail = new Mail("cause/1", MailKind.USERNAME, Site.PORTAL, new UUID(1, 2), to, NOW, NOW.plusSeconds(60),
				null, Map.of(), null);
		Letter letter;
		try {
			letter = writer.write(mail, null);
		} catch (InvalidAddress e) {
			return;
		}
		assertThat(letter.to()).matches(ADDRESS).hasSizeLessThanOrEqualTo(254);
		String raw = new String(letter.content(), ISO_8859_1);
		assertThat(raw.replace("\r\n", "")).doesNotContain("\r", "\n");
		assertThat(raw.chars()).allMatch(c -> c == '\r' || c == '\n' || c >= ' ' && c < 127);
		assertThat(raw.split("\r\n")).allMatch(line -> line.length() <= 998);
		String head = raw.substring(0, raw.indexOf("\r\n\r\n")).replaceAll("\r\n(?=[ \t])", "");
		assertThat(Stream.of(head.split("\r\n")).map(line -> line.substring(0, Math.max(0, line.indexOf(':')))))
				.isEqualTo(List.of("Date", "From", "To", "Message-ID", "Subject", "Auto-Submitted", "MIME-Version",
						"Content-Type"));
		String boundary = head.replaceFirst("(?s).*boundary=\"([^\"]+)\".*", "$1");
		assertThat(raw.split("\r\n--" + Pattern.quote(boundary) + "(--)?(\r\n|$)", -1)).hasSize(4);
		assertThat(writer.write(mail, null).content()).isEqualTo(letter.content());
	}
}
