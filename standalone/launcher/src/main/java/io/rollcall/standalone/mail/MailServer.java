package io.rollcall.standalone.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Properties;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/**
 * SMTP on loopback for every recipient, and an inbox page. In tests it lives in the test's JVM and hands out what it
 * received; {@link #main} gives it a JVM of its own.
 */
public final class MailServer implements AutoCloseable {
	private final MailLog log;
	private final SmtpReceiver smtp;
	private final Inbox inbox;

	private MailServer(MailLog log, SmtpReceiver smtp, Inbox inbox) {
		this.log = log;
		this.smtp = smtp;
		this.inbox = inbox;
	}

	/** Starts on free ports; what the directory holds from earlier runs is in the inbox again. */
	public static MailServer start(Path dataDirectory) {
		return start(dataDirectory, 0, 0);
	}

	/** Starts on the given loopback ports; 0 is any free one. */
	public static MailServer start(Path dataDirectory, int smtpPort, int inboxPort) {
		var log = MailLog.open(dataDirectory);
		try {
			var inbox = Inbox.start(inboxPort, log);
			try {
				return new MailServer(log, SmtpReceiver.start(smtpPort, log, Clock.systemUTC()), inbox);
			} catch (IOException | RuntimeException e) {
				inbox.close();
				throw e;
			}
		} catch (IOException e) {
			log.close();
			throw new UncheckedIOException(e);
		} catch (RuntimeException e) {
			log.close();
			throw e;
		}
	}

	/** The loopback port that takes mails. */
	public int smtpPort() {
		return smtp.getPort();
	}

	/** The page, and under {@code api/mails} the same as JSON. */
	public URI inbox() {
		return inbox.address();
	}

	/** How many mails were ever accepted. */
	public int count() {
		return log.size();
	}

	/** All mails, newest first. */
	public List<Mail> mails() {
		return log.find("", 0);
	}

	/** The mails to exactly this address, ignoring case, newest first. */
	public List<Mail> mailsTo(String recipient) {
		return log.find(recipient, 0).stream()
				.filter(mail -> mail.recipients().stream()
						.anyMatch(r -> r.toLowerCase(Locale.ROOT).equals(recipient.toLowerCase(Locale.ROOT))))
				.toList();
	}

	/** The mail with headers and body, read back from the log. */
	public MimeMessage message(Mail mail) {
		var line = log.read(mail.id());
		if (line == null) throw new NoSuchElementException("No mail " + mail.id());
		try {
			return new MimeMessage(Session.getInstance(new Properties()),
					new ByteArrayInputStream(line.source().getBytes(StandardCharsets.ISO_8859_1)));
		} catch (MessagingException e) {
			throw new IllegalStateException("Mail " + mail.id() + " cannot be read back", e);
		}
	}

	/** The mail's text as a reader sees it: its plain part when there is one. */
	public String text(Mail mail) {
		return Content.of(message(mail)).text();
	}

	/** From now on this recipient is refused with a reply such as {@code 550 No such mailbox}. */
	public void refuse(String recipient, String reply) {
		smtp.refuse(recipient, reply);
	}

	/** Ends a refusal. */
	public void accept(String recipient) {
		smtp.refuse(recipient, null);
	}

	@Override
	public void close() {
		smtp.stopService(5_000);
		inbox.close();
		log.close();
	}

	/** A JVM of its own: {@code --data=DIRECTORY [--smtp-port=1025] [--inbox-port=8025]}; runs until SIGTERM. */
	public static void main(String[] arguments) {
		Path data = null;
		int smtpPort = 1025;
		int inboxPort = 8025;
		for (String argument : arguments) {
			String value = argument.substring(argument.indexOf('=') + 1);
			switch (argument.substring(0, argument.length() - value.length())) {
				case "--data=" -> data = Path.of(value);
				case "--smtp-port=" -> smtpPort = Integer.parseInt(value);
				case "--inbox-port=" -> inboxPort = Integer.parseInt(value);
				default -> throw new IllegalArgumentException("Unknown option " + argument);
			}
		}
		if (data == null) throw new IllegalArgumentException("--data=DIRECTORY is missing");
		var server = start(data, smtpPort, inboxPort);
		Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-mail-server"));
		System.out
				.println("The mail server is ready on port " + server.smtpPort() + ", its inbox on " + server.inbox());
	}
}
