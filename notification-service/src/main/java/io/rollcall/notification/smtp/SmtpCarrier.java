package io.rollcall.notification.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

import io.rollcall.notification.Letter;
import io.rollcall.notification.MailCarrier;

/** SMTP by Jakarta Mail's transport, one a connection; STARTTLS and authentication as configured. */
@Component
class SmtpCarrier implements MailCarrier {
	private final SmtpSettings settings;
	private final Session session;

	SmtpCarrier(SmtpSettings settings, SslBundles bundles) {
		this.settings = settings;
		var properties = new Properties();
		properties.put("mail.smtp.localhost", settings.clientName());
		properties.put("mail.smtp.socketFactory", new PromptSockets());
		properties.put("mail.smtp.starttls.enable", "true");
		properties.put("mail.smtp.starttls.required", String.valueOf(settings.isTlsRequired()));
		properties.put("mail.smtp.ssl.checkserveridentity", "true");
		if (!settings.sslBundle().isBlank())
			properties.put("mail.smtp.ssl.socketFactory",
					bundles.getBundle(settings.sslBundle()).createSslContext().getSocketFactory());
		properties.put("mail.smtp.auth", String.valueOf(!settings.username().isBlank()));
		properties.put("mail.smtp.connectiontimeout", String.valueOf(settings.connectTimeout().toMillis()));
		properties.put("mail.smtp.timeout", String.valueOf(settings.answerTimeout().toMillis()));
		// No time limit for writing: a mail fits into the socket's buffer, so that who does not read is found when the answer does not
		// come; the limit would cost a timer for each piece that is written.
		properties.put("mail.smtp.quitwait", "false");
		this.session = Session.getInstance(properties);
	}

	@Override
	public Connection connect() {
		var conversation = new Conversation(session);
		try {
			boolean anonymous = settings.username().isBlank();
			conversation.connect(settings.host(), settings.port(), anonymous ? null : settings.username(),
					anonymous ? null : settings.password());
			return new SmtpConnection(conversation);
		} catch (AuthenticationFailedException e) {
			throw new Away("authentication refused");
		} catch (MessagingException e) {
			throw new Away(rootCause(e));
		}
	}

	/** The class alone: what a server says in words may repeat an address. */
	private static String rootCause(MessagingException failure) {
		Throwable root = failure;
		while (root.getCause() != null && root.getCause() != root)
			root = root.getCause();
		return root.getClass().getSimpleName();
	}

	/**
	 * Jakarta Mail's transport, with a hook before the final dot. What a letter is written to is a buffer that only a command
	 * empties; so the last line goes as one, and the server has read the letter before the time of doubt begins.
	 */
	private static final class Conversation extends SMTPTransport {
		private Runnable beforeLastDot = () -> {};
		private String lastLine = "";

		Conversation(Session session) {
			super(session, new URLName("smtp", null, -1, null, null, null), "smtp", false);
		}

		void send(Letter letter, Runnable beforeLastDot) throws MessagingException {
			this.beforeLastDot = beforeLastDot;
			var written = new Written(letter);
			this.lastLine = written.lastLine();
			sendMessage(written, new Address[]{strict(letter.to())});
		}

		@Override
		protected void finishData() throws IOException, MessagingException {
			sendCommand(lastLine);
			beforeLastDot.run();
			super.finishData();
		}
	}

	private static InternetAddress strict(String address) throws AddressException {
		return new InternetAddress(address, true);
	}

	/** A letter that is written already; its last line, the end of its last part, is sent apart. */
	private static final class Written extends MimeMessage {
		private final Letter letter;
		private final int lastLine;

		Written(Letter letter) {
			super((Session) null);
			this.letter = letter;
			this.lastLine = start(letter.content());
			this.saved = true;
		}

		/** Where the last line begins. It ends as every line and needs no dot before it, or nothing is sent. */
		private static int start(byte[] content) {
			int end = content.length - 2;
			int start = end;
			while (start > 0 && content[start - 1] != '\n')
				start--;
			if (end < 0 || content[end] != '\r' || content[end + 1] != '\n' || content[start] == '.')
				throw new IllegalArgumentException("a letter that does not end with the end of a part");
			return start;
		}

		String lastLine() {
			return new String(letter.content(), lastLine, letter.content().length - 2 - lastLine,
					StandardCharsets.US_ASCII);
		}

		@Override
		public Address[] getFrom() throws MessagingException {
			return new Address[]{strict(letter.from())};
		}

		@Override
		public void writeTo(OutputStream out, String[] ignored) throws IOException {
			out.write(letter.content(), 0, lastLine);
		}

		@Override
		public Address[] getRecipients(Message.RecipientType type) {
			return new Address[0];
		}
	}

	private record SmtpConnection(Conversation conversation) implements Connection {
		@Override
		public Reply send(Letter letter, Runnable beforeLastDot) {
			try {
				conversation.send(letter, beforeLastDot);
				return new Reply.Accepted();
			} catch (MessagingException e) {
				return reply(e);
			}
		}

		private static Reply reply(MessagingException failure) {
			int status = status(failure);
			// 421: the server hangs up. 530, 535, 538: it does not know us any more. Neither is about the letter.
			boolean aboutUs = status == 421 || status == 530 || status == 535 || status == 538;
			if (aboutUs) return new Reply.Broken(String.valueOf(status));
			return switch (status / 100) {
				case 5 -> new Reply.Refused(status);
				case 4 -> new Reply.Deferred(status);
				default -> new Reply.Broken(rootCause(failure));
			};
		}

		/** The reply code that ended the sending; 0 when there was none. */
		private static int status(MessagingException failure) {
			int status = 0;
			for (Exception e = failure; e != null; e = e instanceof MessagingException m
					? m.getNextException()
					: null) {
				int found = switch (e) {
					case SMTPAddressFailedException refused -> refused.getReturnCode();
					case SMTPSenderFailedException refused -> refused.getReturnCode();
					case SMTPSendFailedException refused -> refused.getReturnCode();
					default -> 0;
				};
				if (found > 0) status = found; // the innermost is the most exact
			}
			return status;
		}

		@Override
		public boolean isAlive() {
			return conversation.isConnected();
		}

		@Override
		public void close() {
			try {
				conversation.close();
			} catch (MessagingException e) {
				// it is of no more use either way
			}
		}
	}
}
