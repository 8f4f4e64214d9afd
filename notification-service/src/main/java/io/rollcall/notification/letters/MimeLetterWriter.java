package io.rollcall.notification.letters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import jakarta.mail.internet.MimeUtility;

import org.eclipse.angus.mail.util.QPEncoderStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.notification.Addressee;
import io.rollcall.notification.Letter;
import io.rollcall.notification.LetterWriter;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailKind;
import io.rollcall.notification.Shown;
import io.rollcall.notification.Site;
import io.rollcall.platform.Sha256;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes a mail as {@code multipart/alternative} of text and HTML. Everything in it, the boundary and the date too, follows
 * from the mail. The structure is written here, the encodings of header words and bodies are Jakarta Mail's: its own
 * MimeMessage draws a boundary from the time of day.
 */
@Component
class MimeLetterWriter implements LetterWriter {
	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss '+0000'",
			Locale.US);
	private static final DateTimeFormatter FOR_PEOPLE = DateTimeFormatter
			.ofPattern("EEEE, MMMM d, yyyy 'at' h:mm a zzz", Locale.US);
	private static final String CRLF = "\r\n";
	private static final int USUAL_SIZE = 8192;

	private final MailSettings settings;
	private final Templates templates;
	private final String sender;
	private final String from;
	private final Map<String, String> common;

	MimeLetterWriter(MailSettings settings, Templates templates) {
		this.settings = settings;
		this.templates = templates;
		Mailbox mailbox = Mailbox.of(settings.sender().address());
		this.sender = mailbox.address();
		this.from = mailbox.named(settings.sender().name());
		var center = settings.serviceCenter();
		this.common = Map.of("portal", settings.site(Site.PORTAL).name(), "training",
				settings.site(Site.TRAINING).name(), "centerName", center.name(), "centerWeb", center.web(),
				"centerEmail", center.email(), "centerPhone", center.phone(), "centerTty", center.tty(), "centerHours",
				center.hours());
	}

	@Override
	public String messageId(Mail mail) {
		return "<" + digest(mail) + "." + mail.kind().code()
				+ (mail.site() == null ? "" : "." + mail.site().name().toLowerCase(Locale.ROOT)) + "@"
				+ settings.messageIdDomain() + ">";
	}

	/** Event ids may one day hold what is nobody's business. */
	private static String digest(Mail mail) {
		return Sha256.shortHex(mail.id().getBytes(UTF_8));
	}

	@Override
	public Letter write(Mail mail, @Nullable String secret) {
		Addressee to = mail.to();
		Mailbox mailbox = Mailbox.of(to.address());
		var words = templates.render(mail.kind().code(), values(mail, secret));
		String boundary = "=_" + digest(mail); // "=_" never stands in quoted-printable text

		var head = new StringBuilder(512);
		header(head, "Date", DATE.format(mail.occurredAt().atOffset(ZoneOffset.UTC)));
		header(head, "From", from);
		String name = name(to);
		header(head, "To", name.isEmpty() ? mailbox.address() : mailbox.named(name));
		header(head, "Message-ID", messageId(mail));
		header(head, "Subject", encoded(words.subject()));
		header(head, "Auto-Submitted", "auto-generated"); // RFC 3834: no vacation notices, please
		header(head, "MIME-Version", "1.0");
		header(head, "Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"");

		var content = new Content();
		ascii(content, head + CRLF);
		part(content, boundary, "text/plain", words.text());
		part(content, boundary, "text/html", words.html());
		ascii(content, "--" + boundary + "--" + CRLF);
		return new Letter(sender, mailbox.address(), content.toByteArray());
	}

	private Map<String, String> values(Mail mail, @Nullable String secret) {
		Addressee to = mail.to();
		Map<String, String> values = new HashMap<>(common);
		String name = name(to);
		values.put("name", name);
		values.put("greeting", name.isEmpty() ? "Hello," : "Hello " + name + ",");
		values.put("username", Shown.username(PlainLine.of(to.username())));
		values.put("expires", FOR_PEOPLE.format(mail.expiresAt().atZone(settings.zone())));
		values.put("happened", FOR_PEOPLE.format(mail.occurredAt().atZone(settings.zone())));
		mail.details().forEach((detail, value) -> values.put(detail, PlainLine.of(value)));
		// With the blank before it, for a template cannot see whether there is one.
		String file = Shown.thing(values.getOrDefault("file", ""));
		values.put("file", file);
		values.put("named", file.isEmpty() ? "" : " " + file);
		String called = values.getOrDefault("called", "");
		values.put("called", called.isEmpty() ? "" : " " + called);
		var band = settings.site(mail.site() == null ? Site.PORTAL : mail.site());
		values.put("band", band.name());
		values.put("color", band.color());
		if (mail.kind() == MailKind.API_CLIENT_MADE)
			values.put("made", FOR_PEOPLE
					.format(Instant.parse(mail.details().getOrDefault("made", mail.occurredAt().toString()))
							.atZone(settings.zone())));
		if (mail.kind() == MailKind.IMPORT_COMPLETED)
			values.put("link",
					band.url() + settings.importPath().replace("{import}", values.getOrDefault("import", "")));
		if (mail.kind() == MailKind.CONFIRMATION_DUE)
			values.put("link", band.url() + settings.confirmationPath().replace("{confirmation}",
					values.getOrDefault("confirmation", "")));
		if (mail.site() != null) {
			var site = settings.site(mail.site());
			values.put("site", site.name());
			values.put("link", site.url() + settings.signInPath());
			if (mail.kind() == MailKind.PASSWORD_RESET && secret != null)
				values.put("link", site.url()
						+ settings.passwordResetPath() + "?token=" + URLEncoder.encode(secret, UTF_8));
		}
		if (mail.kind() == MailKind.PASSWORD && secret != null) values.put("password", secret);
		return values;
	}

	/** As far as it is one; blank otherwise. */
	private static String name(Addressee to) {
		return Shown.person(PlainLine.of(to.firstName() + " " + to.lastName()));
	}

	private static void header(StringBuilder head, String name, String value) {
		String folded = MimeUtility.fold(name.length() + 2, value);
		// Whatever came before: a line that is no continuation cannot leave here.
		for (int i = folded.indexOf('\n'); i >= 0; i = folded.indexOf('\n', i + 1)) {
			char next = i + 1 < folded.length() ? folded.charAt(i + 1) : 'x';
			if (next != ' ' && next != '\t') throw new IllegalStateException("a line break in header " + name);
		}
		head.append(name).append(": ").append(folded).append(CRLF);
	}

	private static String encoded(String text) {
		try {
			return MimeUtility.encodeText(PlainLine.of(text), UTF_8.name(), null);
		} catch (UnsupportedEncodingException e) {
			throw new AssertionError(e);
		}
	}

	private static void part(ByteArrayOutputStream content, String boundary, String type, String body) {
		ascii(content, "--" + boundary + CRLF + "Content-Type: " + type + "; charset=UTF-8" + CRLF
				+ "Content-Transfer-Encoding: quoted-printable" + CRLF + CRLF);
		// Quoted-printable whatever it holds: no line longer than 76, nothing that a relay might change.
		try (var encoder = new QPEncoderStream(content)) {
			encoder.write(body.replace("\r\n", "\n").replace("\n", CRLF).getBytes(UTF_8));
			encoder.flush();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		ascii(content, CRLF);
	}

	/** Without the lock that costs more than the byte, where the encoder writes each alone. */
	private static final class Content extends ByteArrayOutputStream {
		Content() {
			super(USUAL_SIZE);
		}

		@Override
		public void write(int b) {
			if (count == buf.length) buf = Arrays.copyOf(buf, 2 * count);
			buf[count++] = (byte) b;
		}
	}

	private static void ascii(ByteArrayOutputStream content, String text) {
		content.writeBytes(text.getBytes(US_ASCII));
	}
}
