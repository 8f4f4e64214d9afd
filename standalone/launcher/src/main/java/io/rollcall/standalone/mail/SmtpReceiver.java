package io.rollcall.standalone.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.StreamProvider;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.ServerSetup;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GreenMail's SMTP conversation over our log: mails go there instead of into GreenMail's mailboxes, which would need a
 * user for each recipient and would keep every body in memory.
 */
final class SmtpReceiver extends SmtpServer {
	private static final Logger LOG = LoggerFactory.getLogger(SmtpReceiver.class);

	static {
		// Jakarta Mail looks for its parser on the whole class path, with each mail anew, unless it is named.
		System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
	}

	private final Map<String, String> refusals;

	private SmtpReceiver(int port, Managers managers, Map<String, String> refusals) {
		super(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP), managers);
		this.refusals = refusals;
	}

	/** Port 0 is any free one. */
	static SmtpReceiver start(int port, MailLog log, Clock clock) throws IOException {
		var refusals = new ConcurrentHashMap<String, String>();
		var receiver = new SmtpReceiver(port, new LogInsteadOfMailboxes(log, clock, refusals), refusals);
		receiver.startService();
		try {
			if (!receiver.waitTillRunning(10_000)) {
				receiver.stopService();
				throw new IOException("Cannot listen for SMTP on port " + port);
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while starting", e);
		}
		return receiver;
	}

	/** From now on {@code RCPT TO} this address is answered with the reply; null accepts it again. */
	void refuse(String recipient, @Nullable String reply) {
		if (reply == null) {
			refusals.remove(recipient);
		} else {
			refusals.put(recipient, reply);
		}
	}

	@Override
	protected void handleClientSocket(Socket clientSocket) throws SocketException {
		// GreenMail writes its EHLO answer in two pieces, which costs 40 ms with Nagle's algorithm.
		clientSocket.setTcpNoDelay(true);
		super.handleClientSocket(clientSocket);
	}

	@Override
	protected ProtocolHandler createProtocolHandler(Socket clientSocket) {
		return new SmtpHandler(new SmtpCommandRegistry(), managers.getSmtpManager(), clientSocket) {
			@Override
			public void run() {
				try {
					super.run();
				} catch (IllegalStateException | IllegalArgumentException _) {
					// Its text repeats what had been read of the mail: secrets.
					LOG.info("An SMTP connection broke off in the middle of a mail");
				}
			}
		};
	}

	private static final class LogInsteadOfMailboxes extends Managers {
		private final SmtpManager manager;

		LogInsteadOfMailboxes(MailLog mailLog, Clock clock, Map<String, String> refusals) {
			this.manager = new SmtpManager(getImapHostManager(), getUserManager()) {
				@Override
				public @Nullable String checkRecipient(SmtpState state, MailAddress recipient) {
					return refusals.get(recipient.getEmail());
				}

				@Override
				public synchronized void send(SmtpState state) {
					var moving = state.getMessage();
					MimeMessage message = moving.getMessage();
					try {
						var source = new ByteArrayOutputStream(4096);
						message.writeTo(source);
						mailLog.append(clock.instant().truncatedTo(ChronoUnit.MILLIS),
								moving.getReturnPath().getEmail(),
								moving.getToAddresses().stream().map(MailAddress::getEmail).toList(),
								Objects.requireNonNullElse(message.getSubject(), ""),
								Objects.requireNonNullElse(message.getMessageID(), ""), source.toByteArray());
					} catch (IOException | MessagingException e) {
						throw new IllegalStateException("Cannot log a mail", e);
					}
				}
			};
		}

		@Override
		public SmtpManager getSmtpManager() {
			return manager;
		}
	}
}
