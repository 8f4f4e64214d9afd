package io.rollcall.imports.web;

import java.time.Clock;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.persistence.PauseSwitch;
import io.rollcall.platform.security.Caller;

/** Pauses and resumes the sending of rows, for all instances. Imports are taken all the same, and wait. */
@RestController
@RequestMapping("/api/operations/imports/dispatch")
class DispatchController {
	private static final Logger LOG = LoggerFactory.getLogger(DispatchController.class);

	record DispatchResponse(boolean paused, @Nullable String by, @Nullable Instant since) {}

	private final PauseSwitch dispatch;
	private final Clock clock;

	DispatchController(PauseSwitch dispatch, Clock clock) {
		this.dispatch = dispatch;
		this.clock = clock;
	}

	@PostMapping("/pause")
	@PreAuthorize("hasRole('OPS')")
	DispatchResponse pause(@AuthenticationPrincipal Caller caller) {
		return turn(true, caller);
	}

	@PostMapping("/resume")
	@PreAuthorize("hasRole('OPS')")
	DispatchResponse resume(@AuthenticationPrincipal Caller caller) {
		return turn(false, caller);
	}

	private DispatchResponse turn(boolean paused, Caller caller) {
		PauseSwitch.State state = dispatch.turn(paused, caller.accountId(), clock.instant());
		LOG.info("Dispatch {}", paused ? "paused" : "resumed");
		return new DispatchResponse(state.paused(), state.by(), state.since());
	}
}
