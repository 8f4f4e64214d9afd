package io.rollcall.notification.letters;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

import jakarta.mail.Header;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.rollcall.notification.Addressee;
import io.rollcall.notification.Letter;
import io.rollcall.notification.LetterWriter.InvalidAddress;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailKind;
import io.rollcall.notification.Site;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HostileInputTests {
	private final MimeLetterWriter writer = Shipped.letters();

	private Letter letter(String firstName, String username, String address) {
		return writer.write(new Mail("cause/1", MailKind.USERNAME, Site.PORTAL, new UUID(1, 2),
				new Addressee(username, firstName, "Okafor", address), Instant.parse("2026-11-23T08:15:30.123Z"),
				Instant.parse("2026-11-26T08:15:30.123Z"), null, Map.of(), null), null);
	}

	private static MimeMessage parsed(Letter letter) throws Exception {
		return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(letter.content()));
	}

	private static String part(Letter letter, int index) throws Exception {
		return ((MimeMultipart) parsed(letter).getContent()).getBodyPart(index).getContent().toString();
	}

	@ParameterizedTest
	@ValueSource(strings = {"Mal\r\nBcc: victim@example.org", "Mal\nBcc: victim@example.org", "Mal\rBcc: v@example.org",
			"Mal\r\n\r\nA body", "Mal\u2028Bcc: v@example.org", "Mal\u2029Bcc: v@example.org", "Mal\u0085Bcc: v@e.org",
			"Mal\u000bBcc: v@e.org", "\u202egro.elpmaxe@v\u202c", "\u2066Mal\u2069", "Mal\u0000",
			"Mal\" <v@example.org>, \"",
			"Mal>, <v@example.org", "=?UTF-8?Q?Mal=0D=0ABcc:_v@example.org?=", "Mal\u560a\u560dBcc: v@example.org",
			"Mal\ud800", "Mal,v@example.org;v2@example.org", "(comment) Mal\\", "\u760aBcc: v@example.org"})
	void aNameAddsNeitherHeaderNorRecipientNorBody(String name) throws Exception {
		Letter letter = letter(name, "user1", "m@agawam.example");
		MimeMessage message = parsed(letter);

		List<String> headers = Collections.list(message.getAllHeaders()).stream().map(Header::getName).toList();
		assertThat(headers).containsExactly("Date", "From", "To", "Message-ID", "Subject", "Auto-Submitted",
				"MIME-Version", "Content-Type");
		assertThat(message.getRecipients(Message.RecipientType.TO))
				.containsExactly(new InternetAddress("m@agawam.example"));
		assertThat(letter.to()).isEqualTo("m@agawam.example");
		String personal = ((InternetAddress) message.getRecipients(Message.RecipientType.TO)[0]).getPersonal();
		if (personal != null) {
			assertThat(personal.codePoints()).noneMatch(Character::isISOControl)
					.noneMatch(c -> Character.getType(c) == Character.FORMAT);
		}
		assertThat(part(letter, 0).lines().filter(line -> line.startsWith("Hello"))).hasSize(1);
	}

	@Test
	void markupInANameIsShownAsText() throws Exception {
		Letter letter = letter("<img src=x onerror=alert(1)>", "<b>user</b>", "m@agawam.example");
		assertThat(part(letter, 1)).contains("&lt;b&gt;user").doesNotContain("<img", "<b>user", "onerror");
	}

	@Test
	void namesOfAnyScriptArriveAsTheyAre() throws Exception {
		for (String name : List.of("María-José", "Łukasz", "王小明", "علي", "O'Brien", "नि\u200dखिल")) {
			Letter letter = letter(name, "user1", "m@agawam.example");
			var to = (InternetAddress) parsed(letter).getRecipients(Message.RecipientType.TO)[0];
			assertThat(to.getPersonal()).isEqualTo(name + " Okafor");
			assertThat(part(letter, 0)).contains("Hello " + name + " Okafor,");
			assertThat(part(letter, 1)).contains("Hello ");
		}
	}

	@Test
	void noLineIsLongerThanAServerMustTake() {
		Letter letter = letter("M".repeat(3000), "u".repeat(3000), "m@agawam.example");
		assertThat(new String(letter.content(), ISO_8859_1).split("\r\n")).allMatch(line -> line.length() <= 998);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "nobody", "a@b", "@agawam.example", "a b@agawam.example", "a@agawam.example\r\nX: y",
			"a@agawam.example,b@agawam.example", "<a@agawam.example>", "\"a\r\nb\"@agawam.example",
			"\"a b\"@agawam.example",
			"a@agawam.example>\r\nRCPT TO:<b@agawam.example", "a..b@agawam.example", ".a@agawam.example",
			"a@[127.0.0.1]",
			"a@-agawam.example", "a\u2028@agawam.example", "\u202ea@agawam.example", "a@agawam\u0000.example",
			"@one.example:a@two.example", "a%0d%0a@agawam example", "ä@agawam.example"})
	void whatIsNoAddressIsNotWrittenTo(String address) {
		assertThatThrownBy(() -> letter("A", "user1", address)).isInstanceOf(InvalidAddress.class);
	}

	@Test
	void aDomainOfAnotherScriptIsWrittenInAscii() {
		assertThat(letter("A", "user1", "a@schüle.example").to()).isEqualTo("a@xn--schle-mva.example");
	}

	@Test
	void theSameMailIsTheSameLetter() {
		assertThat(letter("María", "user1", "m@agawam.example").content())
				.isEqualTo(letter("María", "user1", "m@agawam.example").content());
	}
}
