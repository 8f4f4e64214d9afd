package io.rollcall.notification.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.notification.Mail;
import io.rollcall.notification.SecretOpener;
import io.rollcall.notification.SecretOpener.Secrets;

/** A mailing on its way: the mails that are left of it. Belongs to one lane, and is touched by its thread alone. */
final class Work {
	final String cause;
	final UUID accountId;
	/** Under which claim it is held; a claim that has ended is worth nothing. */
	final String owner;
	private final Deque<Mail> rest;
	private int attempts;
	private Instant dueAt;
	private @Nullable Instant turn;
	private boolean givenBack;
	private @Nullable String openedSeal;
	private @Nullable Secrets opened;

	Work(String cause, String owner, Collection<Mail> rest, int attempts, Instant dueAt) {
		this.cause = cause;
		this.accountId = rest.iterator().next().accountId();
		this.owner = owner;
		this.rest = new ArrayDeque<>(rest);
		this.attempts = attempts;
		this.dueAt = dueAt;
	}

	@Nullable
	Mail next() {
		return rest.peekFirst();
	}

	boolean isLast() {
		return rest.size() == 1;
	}

	void finished() {
		rest.removeFirst();
		attempts = 0;
	}

	int attempts() {
		return attempts;
	}

	Instant dueAt() {
		return dueAt;
	}

	/** The mails that are left. */
	Collection<Mail> rest() {
		return List.copyOf(rest);
	}

	/** When it is its mails' turn, as their domains allow; null when that was not asked yet. */
	@Nullable
	Instant turn() {
		return turn;
	}

	/** Whether it is in the store again, for whoever comes first. */
	boolean isGivenBack() {
		return givenBack;
	}

	void giveBack() {
		givenBack = true;
	}

	void takeTurn(Instant at) {
		turn = at;
	}

	void postpone(Instant until) {
		attempts++;
		dueAt = until;
		turn = null; // sending again counts again
	}

	/** The mail's secret; the passwords of both sites are opened once. */
	@Nullable
	String secret(Mail mail, SecretOpener opener) {
		if (mail.sealedSecret() == null) return null;
		if (opened == null || !mail.sealedSecret().equals(openedSeal)) {
			opened = opener.open(mail);
			openedSeal = mail.sealedSecret();
		}
		return opened.of(mail);
	}

	void forgetSecrets() {
		opened = null;
		openedSeal = null;
	}
}
