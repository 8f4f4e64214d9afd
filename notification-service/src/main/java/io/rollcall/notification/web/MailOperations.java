package io.rollcall.notification.web;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.notification.delivery.Dispatcher;
import io.rollcall.platform.persistence.PauseSwitch;
import io.rollcall.platform.security.Caller;

/** Pauses and resumes the mails of all instances. Asking again for what is so already changes nothing. */
@RestController
@RequestMapping("/api/operations/mails")
class MailOperations {
	private static final String OPERATIONS = "hasRole('OPS')";

	/**
	 * @param by the account that paused or resumed last
	 * @param since when
	 * @param open events whose mails have not all gone out or failed, and been told of
	 * @param heldHere those of them that the answering instance has
	 */
	record MailsResponse(boolean paused, @Nullable String by, @Nullable Instant since, long open, int heldHere,
			MailServerResponse mailServer) {
		static MailsResponse of(Dispatcher.Status status) {
			PauseSwitch.State sending = status.sending();
			var away = status.away();
			return new MailsResponse(sending.paused(), sending.by(), sending.since(),
					status.open(), status.held(), away == null
							? new MailServerResponse("reachable", null, null)
							: new MailServerResponse("away", away.since(), away.cause()));
		}
	}

	/** @param state {@code reachable} as far as the answering instance knows, or {@code away} */
	record MailServerResponse(String state, @Nullable Instant since, @Nullable String cause) {}

	private final Dispatcher dispatcher;

	MailOperations(Dispatcher dispatcher) {
		this.dispatcher = dispatcher;
	}

	@PreAuthorize(OPERATIONS)
	@GetMapping
	MailsResponse state() {
		return MailsResponse.of(dispatcher.status());
	}

	@PreAuthorize(OPERATIONS)
	@PostMapping("/pause")
	MailsResponse pause(@AuthenticationPrincipal Caller caller) {
		dispatcher.pause(caller.accountId());
		return state();
	}

	@PreAuthorize(OPERATIONS)
	@PostMapping("/resume")
	MailsResponse resume(@AuthenticationPrincipal Caller caller) {
		dispatcher.resume(caller.accountId());
		return state();
	}
}
