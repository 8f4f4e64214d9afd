package io.rollcall.notification.letters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.rollcall.notification.Addressee;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailKind;
import io.rollcall.notification.Site;
import io.rollcall.platform.Typed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every mail as it is read, held against {@code src/test/resources/mails}. Who changes words on purpose writes these files
 * anew with {@code -Drollcall.golden=write} and looks at the difference; {@code docs/mails/pictures} draws them.
 */
class WordsTests {
	private static final Path GOLDEN = Path.of("src/test/resources/mails");
	private static final boolean WRITE = "write".equals(System.getProperty("rollcall.golden"));
	private static final Instant WHEN = Instant.parse("2026-11-23T13:15:30Z");
	private static final Instant UNTIL = Instant.parse("2026-11-26T13:15:30Z");

	private static final Map<String, String> MAKER = Map.of("maker",
			"Kim Harper, a district test coordinator, created this user account for you at Agawam High (Agawam).");

	record Sample(String name, Mail mail, @Nullable String secret) {
		@Override
		public String toString() {
			return name;
		}
	}

	static Stream<Sample> samples() {
		Stream<Sample> ofASite = Stream.of(Site.values()).flatMap(site -> Stream.of(
				sample(MailKind.USERNAME, site, MAKER, null),
				sample(MailKind.PASSWORD, site, MAKER, "Qm7xK2vTb9LpR4wZ8sHd3NcY"),
				sample(MailKind.PASSWORD_RESET, site, Map.of(), "yT3nV8kQ1rW6mB0sXe5uZa9dLf2hCj7p"),
				sample(MailKind.PASSWORD_CHANGED, site, Map.of(), null)));
		Stream<Sample> ofBoth = Stream.of(sample(MailKind.DEACTIVATED, null, Map.of(), null),
				sample(MailKind.REACTIVATED, null, Map.of(), null),
				sample(MailKind.EMAIL_CHANGED, null, Map.of(), null),
				sample(MailKind.EMAIL_CHANGED_BEFORE, null,
						Map.of("doer", "This was done by a district test coordinator, with a file of users."), null),
				sample(MailKind.ACCESS_CHANGED, null, Map.of("change",
						"Your role is now School Test Coordinator. Before, it was Test Administrator. You were added to Agawam High (Agawam).",
						"doer", "This was done by a district test coordinator, in the portal."), null),
				sample(MailKind.PEER_ADDED, null,
						Map.of("peer", "the user Pat Lee", "way",
								"with a file of users that was uploaded in your name"),
						null),
				sample(MailKind.API_CLIENT_MADE, null,
						Map.of("systems", "the system “Staff sync”", "made", "2026-11-23T13:15:30Z"), null),
				sample(MailKind.API_CLIENT_REVOKED, null, Map.of("count", "2 systems have", "systems",
						"the systems “Staff sync”, “Agawam’s student information system”"), null),
				sample(MailKind.IMPORT_COMPLETED, null, Map.of("import", new UUID(5, 7).toString(), "file",
						"agawam staff 2026.csv", "message",
						"The uploaded file has been processed with errors, but 198 user(s) have been successfully uploaded."
								+ " Errors are detailed in attached file."),
						null),
				sample(MailKind.CONFIRMATION_DUE, null, Map.of("confirmation", new UUID(5, 9).toString(), "called",
						"“Spring 2027”", "deadline", "Friday, December 18, 2026", "open", "12 user accounts wait"),
						null));
		return Stream.concat(ofASite, ofBoth);
	}

	private static Sample sample(MailKind kind, @Nullable Site site, Map<String, String> details,
			@Nullable String secret) {
		var mail = new Mail("5f0c7f5e-2b1c-4a55-9d0e-0d7a6f4f7c11/17/credentials", kind, site, new UUID(1, 2),
				new Addressee("maria.okafor@agawam.example", "María", "O'Kafor-Söhne", "maria.okafor@agawam.example"),
				WHEN, UNTIL, secret == null ? null : "sealed", details, null);
		return new Sample(kind.code() + (site == null ? "" : "-" + site.name().toLowerCase(Locale.ROOT)), mail,
				secret);
	}

	@Test
	void mailsOfEveryKindAreHere() {
		assertThat(samples().map(sample -> sample.mail().kind())).contains(MailKind.values());
	}

	@ParameterizedTest
	@MethodSource("samples")
	void mailIsToTheLetterWhatIsOnRecord(Sample sample) throws Exception {
		MimeMessage message = parsed(sample);
		isOnRecord(sample.name() + ".txt", "Subject: " + message.getSubject() + "\n\n" + part(message, 0));
		isOnRecord(sample.name() + ".html", part(message, 1));
	}

	/** The bytes on the wire, for one mail of each kind of header. */
	@Test
	void wholeMailIsToTheByteWhatIsOnRecord() throws Exception {
		Sample sample = samples().filter(it -> it.name().equals("password-portal")).findFirst().orElseThrow();
		isOnRecord("password-portal.eml",
				new String(Shipped.letters().write(sample.mail(), sample.secret()).content(), UTF_8).replace("\r\n",
						"\n"));
	}

	@ParameterizedTest
	@MethodSource("samples")
	void nothingIsLeftUnfilledAndEachPartTellsTheSame(Sample sample) throws Exception {
		MimeMessage message = parsed(sample);
		String text = part(message, 0);
		String html = part(message, 1);
		assertThat(text + html).doesNotContain("${", "[(", "[#", " th:", "\uE000", "null");
		String words = visible(html);
		for (String line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
			String without = line.replaceFirst("^- ", "").replaceFirst("^(Username|Password): ", "").replaceFirst(":$",
					"");
			assertThat(words).as("the HTML says as well").contains(without.replaceAll("\\s+", " "));
		}
	}

	/** Whoever the mail goes to, its sender is official: what somebody chose for a name must not be its first line. */
	@ParameterizedTest
	@MethodSource("samples")
	void nameThatIsMoreThanANameStandsNowhereInAMail(Sample sample) throws Exception {
		Mail mail = sample.mail();
		Map<String, String> details = new HashMap<>(mail.details());
		details.replace("file", "Win $500 now http://evil.example/x.csv");
		var renamed = new Mail(mail.cause(), mail.kind(), mail.site(), mail.accountId(),
				new Addressee(mail.to().username(), "Win $500 now", "http://evil.example/x", mail.to().address()),
				mail.occurredAt(), mail.expiresAt(), mail.sealedSecret(), details, mail.traceparent());
		MimeMessage message = parsed(new Sample(sample.name(), renamed, sample.secret()));
		String all = String.join("\n", Collections.list(message.getAllHeaderLines())) + part(message, 0)
				+ part(message, 1);
		assertThat(all).doesNotContain("evil", "$500");
		assertThat(part(message, 0)).startsWith("Hello,\n");
		assertThat(visible(part(message, 1))).contains(" Hello, ").doesNotContain("  ", " ,");
		assertThat(part(message, 0)).doesNotContain("  ");
	}

	/** Mail programs make links by themselves of what looks like a domain or an address, in either part. */
	@ParameterizedTest
	@MethodSource("samples")
	void usernameBecomesNoLinkAndIsCopiedAsItIs(Sample sample) throws Exception {
		Mail mail = sample.mail();
		var renamed = new Mail(mail.cause(), mail.kind(), mail.site(), mail.accountId(),
				new Addressee("www.evil-deals.com", "María", "Okafor", mail.to().address()), mail.occurredAt(),
				mail.expiresAt(), mail.sealedSecret(), mail.details(), mail.traceparent());
		MimeMessage message = parsed(new Sample(sample.name(), renamed, sample.secret()));
		assertThat(part(message, 0) + part(message, 1)).doesNotContain("www.", "evil-", "deals.", ".com");
		if (mail.kind() == MailKind.USERNAME) {
			assertThat(Typed.identifier(part(message, 0))).contains("\nUsername: www.evil-deals.com\n");
			assertThat(Typed.identifier(visible(part(message, 1)))).contains(" www.evil-deals.com ");
		}
	}

	/** Sent again, the mails say nothing of who made the account. */
	@ParameterizedTest
	@EnumSource(value = MailKind.class, names = {"USERNAME", "PASSWORD"})
	void whoMadeTheAccountIsSaidOfANewOneAlone(MailKind kind) throws Exception {
		String secret = kind.revealsSecret() ? "secret" : null;
		MimeLetterWriter letters = Shipped.letters();
		Mail again = sample(kind, Site.PORTAL, Map.of(), secret).mail();
		MimeMessage message = message(letters.write(again, secret).content());
		assertThat(part(message, 0) + part(message, 1)).doesNotContain("created", "null").contains("/login");
		assertThat(part(message, 0)).contains("Hello María O'Kafor-Söhne,\n\nYou will receive");
		Mail first = sample(kind, Site.PORTAL, MAKER, secret).mail();
		assertThat(part(message(letters.write(first, secret).content()), 0)).as("whatever was written before")
				.contains(MAKER.get("maker"));
	}

	@ParameterizedTest
	@MethodSource("samples")
	void htmlReadsWellForThoseWhoHearIt(Sample sample) throws Exception {
		String html = part(parsed(sample), 1);
		assertThat(html).startsWith("<!DOCTYPE html>").contains("<html lang=\"en\"", "<main", "<h1",
				"width=device-width");
		assertThat(html.split("<h1", -1)).as("one first heading").hasSize(2);
		assertThat(html).doesNotContain("<table", "<img", "<script", "<h3", "http-equiv", "url(");
		assertThat(html.split("<title>", -1)).hasSize(2);
	}

	@Test
	void templatesOfOnesOwnGoBeforeOursFileByFile(@TempDir Path folder) throws Exception {
		Files.writeString(folder.resolve("reactivated.txt"),
				"Subject: Welcome back\n\nHello [(${name})], you are in.\n");
		MailSettings shipped = Shipped.settings();
		var settings = new MailSettings(shipped.sender(), shipped.messageIdDomain(), shipped.zone(),
				shipped.signInPath(),
				shipped.passwordResetPath(), shipped.importPath(), shipped.confirmationPath(), folder, shipped.sites(),
				shipped.serviceCenter());
		Sample sample = samples().filter(it -> it.name().equals("reactivated")).findFirst().orElseThrow();
		MimeMessage message = message(new MimeLetterWriter(settings, new Templates(settings)).write(sample.mail(), null)
				.content());
		assertThat(message.getSubject()).isEqualTo("Welcome back");
		assertThat(part(message, 0)).isEqualTo("Hello María O'Kafor-Söhne, you are in.\n");
		assertThat(part(message, 1)).contains("was reactivated on");
	}

	private static MimeMessage parsed(Sample sample) throws Exception {
		return message(Shipped.letters().write(sample.mail(), sample.secret()).content());
	}

	private static MimeMessage message(byte[] content) throws Exception {
		return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(content));
	}

	private static String part(MimeMessage message, int index) throws Exception {
		return ((MimeMultipart) message.getContent()).getBodyPart(index).getContent().toString().replace("\r\n", "\n");
	}

	/** The text between the tags, as a reader shows it. */
	private static String visible(String html) {
		String body = html.substring(html.indexOf("<body"));
		String text = body.replaceAll("</(p|li|h1|h2|dt|dd|div|ul)>", " ").replaceAll("<[^>]*>", "");
		return org.unbescape.html.HtmlEscape.unescapeHtml(text).replaceAll("\\s+", " ");
	}

	private static void isOnRecord(String name, String now) throws IOException {
		Path file = GOLDEN.resolve(name);
		if (WRITE) Files.writeString(file, now);
		assertThat(file).as("write it with -Drollcall.golden=write").exists();
		assertThat(now).as(name).isEqualTo(Files.readString(file));
	}
}
