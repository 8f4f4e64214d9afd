package io.rollcall.notification.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import io.rollcall.notification.DeliveryReports.Report;
import io.rollcall.notification.Endings;
import io.rollcall.notification.LetterWriter;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailCarrier;
import io.rollcall.notification.MailCarrier.Connection;
import io.rollcall.notification.MailCarrier.Reply;
import io.rollcall.notification.MailLedger;
import io.rollcall.notification.Outcome;
import io.rollcall.notification.Outcome.Failed;
import io.rollcall.notification.Outcome.Reason;
import io.rollcall.notification.Outcome.Sent;
import io.rollcall.notification.SecretOpener;
import io.rollcall.notification.delivery.Dispatcher.Away;
import io.rollcall.notification.delivery.Throttle.Turn;
import io.rollcall.platform.Failures;
import io.rollcall.platform.Traceparent;

/** Sends mails one after the other over one connection that it keeps, those of an account in their order. */
final class Lane implements Runnable {
	private static final Pauses STORE_PAUSES = new Pauses(Duration.ofMillis(50), Duration.ofSeconds(2));
	private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

	/** What all lanes work with. */
	record Tools(MailLedger ledger, Endings endings, LetterWriter writer, SecretOpener opener, MailCarrier carrier,
			Clock clock,
			DeliverySettings settings, Claim claim, Gate gate, Throttle throttle, Semaphore inDoubt, Reporter reporter,
			Consumer<Work> dropped) {}

	private final Tools tools;
	private final Clock clock;
	private final Pauses retry;
	private final AccountQueues queues;
	private final KeptConnection connection;

	Lane(Tools tools) {
		this.tools = tools;
		this.clock = tools.clock();
		this.retry = new Pauses(tools.settings().retry().first(), tools.settings().retry().longest());
		this.queues = new AccountQueues(clock, tools.gate());
		this.connection = new KeptConnection(tools.carrier(), clock, tools.settings());
	}

	@Nullable
	Away away() {
		return connection.away();
	}

	void accept(Work work) {
		queues.add(work);
	}

	/** The mail in flight is finished, no other begun. */
	void stop() {
		queues.close();
	}

	@Override
	public void run() {
		for (Work work = take(); work != null; work = take()) {
			try {
				deliver(work);
			} catch (Throwable e) { // a lane that dies would leave its accounts without mail
				LOG.atError().addKeyValue("cause", work.cause).setCause(Failures.withoutText(e))
						.log("A mailing could not be handled and is put off");
				postpone(work);
			} finally {
				work.forgetSecrets();
				leave(work);
			}
		}
		connection.close();
	}

	/** Waits for a mailing that is due; null when the lane is to stop. */
	private @Nullable Work take() {
		try {
			while (true) {
				Work work = queues.take(connection.idleAt());
				if (work != null || queues.isClosed()) return work;
				connection.close();
			}
		} catch (InterruptedException e) {
			return null;
		}
	}

	/** Makes room for the account's next mailing once this one is finished or given up. */
	private void leave(Work work) {
		boolean over = work.next() == null || work.isGivenBack() || !tools.claim().holds(work.owner);
		queues.release(work, over);
		if (over && work.next() != null) tools.dropped().accept(work);
	}

	private void deliver(Work work) {
		if (!isItsTurn(work)) return;
		Optional<Instant> ended = null;
		for (Mail mail = work.next(); mail != null; mail = work.next()) {
			if (queues.isClosed() || !tools.gate().isOpen() || !tools.claim().holds(work.owner)) return;
			if (mail.isExpired(clock.instant())) {
				finish(work, mail, new Failed(clock.instant(), Reason.EXPIRED, null));
				continue;
			}
			Connection before = connection.present();
			Connection current = connection.open(whileWanted(mail));
			if (current == null) continue; // look again at what has changed meanwhile
			boolean reused = current == before;
			// Asked again once there was no connection, for that may have taken days.
			if (ended == null || !reused) ended = tools.endings().latest(work.accountId);
			if (mail.kind().endsWithItsSecret() && ended.filter(mail.occurredAt()::isBefore).isPresent()) {
				finish(work, mail, new Failed(clock.instant(), Reason.SUPERSEDED, null));
				continue;
			}
			if (!attempt(work, mail, current, reused)) return;
		}
	}

	/** Asks for the mailing's turn, once; one that will not get it soon is given back to the store. */
	private boolean isItsTurn(Work work) {
		Instant now = clock.instant();
		Instant turn = work.turn();
		if (turn != null) return !now.isBefore(turn);
		return switch (tools.throttle().turn(work.rest(), now)) {
			case Turn.Reserved(Instant at) -> {
				work.takeTurn(at);
				yield !now.isBefore(at);
			}
			case Turn.ComeAgain(Instant at) -> {
				stored(() -> tools.ledger().defer(work.cause, at));
				work.giveBack();
				yield false;
			}
		};
	}

	/** @return false when the mailing was put off */
	private boolean attempt(Work work, Mail mail, Connection current, boolean reused) {
		var doubt = new Doubt(tools.inDoubt());
		try {
			var letter = tools.writer().write(mail, work.secret(mail, tools.opener()));
			Reply reply = current.send(letter, doubt::begin);
			connection.used();
			switch (reply) {
				case Reply.Accepted _ -> finish(work, mail, new Sent(clock.instant()));
				case Reply.Refused refused ->
					finish(work, mail, new Failed(clock.instant(), Reason.REJECTED, refused.status()));
				case Reply.Deferred deferred -> {
					putOff(work, mail, String.valueOf(deferred.status()));
					return false;
				}
				case Reply.Broken broken -> {
					connection.close();
					// An old connection tells nothing about the mail: once more at once, over a new one.
					if (reused) return true;
					putOff(work, mail, broken.cause());
					return false;
				}
			}
		} catch (LetterWriter.InvalidAddress e) {
			finish(work, mail, new Failed(clock.instant(), Reason.INVALID_ADDRESS, null));
		} catch (SecretOpener.Unreadable e) {
			finish(work, mail, new Failed(clock.instant(), Reason.UNREADABLE_SECRET, null));
		} catch (SecretOpener.KeyMissing e) {
			putOff(work, mail, "key-missing");
			return false;
		} finally {
			doubt.end();
		}
		return true;
	}

	private BooleanSupplier whileWanted(Mail mail) {
		return () -> !queues.isClosed() && tools.gate().isOpen() && tools.claim().isAlive()
				&& !mail.isExpired(clock.instant());
	}

	private void finish(Work work, Mail mail, Outcome meant) {
		Outcome outcome = stored(() -> tools.ledger().finish(mail, meant), meant);
		switch (outcome) {
			case Sent _ -> log(LOG.atDebug(), mail).log("Mail sent");
			// As it should be, and told of on the account's card: a line for all that was left of the mailing.
			case Failed failed when failed.reason() == Reason.SUPERSEDED -> {
				if (work.isLast()) log(LOG.atInfo(), mail).log("Mailing superseded");
			}
			case Failed failed -> log(LOG.atWarn(), mail).addKeyValue("reason", failed.reason().code())
					.addKeyValue("smtpStatus", failed.smtpStatus()).log("Mail failed");
		}
		var report = new Report(mail, outcome);
		boolean last = work.isLast();
		work.finished();
		if (last) tools.reporter().reportLast(report);
		else
			tools.reporter().report(report);
	}

	private void putOff(Work work, Mail mail, String why) {
		postpone(work);
		log(LOG.atInfo(), mail).addKeyValue("why", why).addKeyValue("attempts", work.attempts())
				.addKeyValue("until", work.dueAt()).log("Mail put off");
	}

	private void postpone(Work work) {
		Mail mail = work.next();
		if (mail == null) return;
		Instant until = clock.instant().plus(retry.after(work.attempts() + 1));
		// Not beyond its end: somebody waits to hear that it failed.
		work.postpone(until.isBefore(mail.expiresAt()) ? until : mail.expiresAt());
		stored(() -> tools.ledger().postpone(work.cause, work.attempts(), work.dueAt()));
	}

	private void stored(Runnable write) {
		stored(() -> {
			write.run();
			return true;
		}, true);
	}

	/**
	 * Repeats a write until the store has it: what was sent is not forgotten because the store is away.
	 *
	 * @param otherwise the result when the lane must stop before
	 */
	private <T> T stored(Supplier<T> write, T otherwise) {
		for (int failures = 0;;) {
			try {
				return write.get();
			} catch (RuntimeException e) {
				if (failures++ == 0) LOG.warn("The ledger cannot be written", Failures.withoutText(e));
				if (queues.isClosed() && failures > 3) return otherwise;
				Pauses.pause(STORE_PAUSES.after(failures));
			}
		}
	}

	private static LoggingEventBuilder log(LoggingEventBuilder event, Mail mail) {
		return event.addKeyValue("traceId", Traceparent.traceId(mail.traceparent()))
				.addKeyValue("eventId", mail.cause())
				.addKeyValue("mail", mail.kind().code()).addKeyValue("site",
						mail.site());
	}

	/** The time in which nobody knows whether the mail server has a mail; few may be in it at once. */
	private static final class Doubt {
		private final Semaphore permits;
		private boolean begun;

		Doubt(Semaphore permits) {
			this.permits = permits;
		}

		void begin() {
			permits.acquireUninterruptibly();
			begun = true;
		}

		void end() {
			if (begun) permits.release();
		}
	}
}
