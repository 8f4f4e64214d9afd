package io.rollcall.platform.operations;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.platform.messaging.Subscription;
import io.rollcall.platform.operations.Settlements.Action;
import io.rollcall.platform.operations.Settlements.Settlement;
import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.PageResponse;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;

/** The streams of this service for the role operations: how they stand, what could not be handled, and its replay. */
@RestController
@RequestMapping("/api/operations/${rollcall.operations.part}")
class OperationsController {
	private static final int LARGEST_PAGE = 1_000;

	private final String part;
	private final StreamMonitor monitor;
	private final DeadLetterBox box;
	private final Settlements settlements;
	private final List<PipelinePart> parts;
	private final JsonMapper json;
	private final Clock clock;

	OperationsController(OperationsSettings settings, StreamMonitor monitor, DeadLetterBox box, Settlements settlements,
			ObjectProvider<PipelinePart> parts, JsonMapper json, Clock clock) {
		this.part = settings.part();
		this.monitor = monitor;
		this.box = box;
		this.settlements = settlements;
		this.parts = parts.orderedStream().toList();
		this.json = json;
		this.clock = clock;
	}

	record ConsumerResponse(String group, String topic, long lag, @Nullable Instant idleSince, long deadLetters,
			@Nullable Instant oldestDeadLetter, Map<String, Long> causes) {}

	record PipelineResponse(String part, Instant at, List<ConsumerResponse> consumers,
			Map<String, Map<String, Object>> parts, List<Alert> alerts) {}

	/** @param body as JSON with its texts masked; null where it is no JSON */
	record LetterResponse(DeadLetter letter, String key, @Nullable JsonNode body) {}

	record IdsRequest(@Nullable List<String> ids) {}

	record OutcomeResponse(String id, String outcome) {}

	record OutcomesResponse(List<OutcomeResponse> results) {}

	@GetMapping("/pipeline")
	@PreAuthorize("hasRole('OPS')")
	PipelineResponse pipeline() {
		List<Alert> alerts = new ArrayList<>();
		StreamMonitor.Snapshot snapshot = monitor.snapshot();
		if (snapshot.brokerAwaySince() != null) {
			alerts.add(new Alert("broker-away", snapshot.brokerAwaySince(),
					"The broker does not answer: nothing moves, nothing is lost."));
		}
		List<ConsumerResponse> consumers = new ArrayList<>();
		for (StreamMonitor.Lag lag : snapshot.lags()) {
			Subscription it = lag.subscription();
			long open = box.open(it);
			if (monitor.isStuck(lag)) {
				alerts.add(new Alert("consumer-stuck", lag.idleSince(),
						it.group() + " handles nothing of " + it.topic() + " although " + lag.lag()
								+ " records wait."));
			}
			if (open > 0) {
				alerts.add(new Alert("dead-letters", box.oldest(it), open
						+ (open == 1 ? " dead letter of " : " dead letters of ") + it.topic() + " for " + it.group()
						+ "."));
			}
			consumers.add(new ConsumerResponse(it.group(), it.topic(), lag.lag(), lag.idleSince(), open, box.oldest(it),
					box.causes(it)));
		}
		Map<String, Map<String, Object>> figures = new LinkedHashMap<>();
		for (PipelinePart each : parts) {
			try {
				PipelinePart.State state = each.state();
				figures.put(each.name(), state.figures());
				alerts.addAll(state.alerts());
			} catch (RuntimeException e) {
				alerts.add(new Alert(each.name() + "-unknown", null, "The state of " + each.name()
						+ " could not be read: " + e.getClass().getSimpleName() + "."));
			}
		}
		return new PipelineResponse(part, clock.instant(), consumers, figures, alerts);
	}

	/** Open letters, oldest first; {@code topic} and {@code cause} narrow the list down. */
	@GetMapping("/dead-letters")
	@PreAuthorize("hasRole('OPS')")
	PageResponse<DeadLetter> deadLetters(@RequestParam(required = false) @Nullable String topic,
			@RequestParam(required = false) @Nullable String cause, @RequestParam(defaultValue = "0") int page,
			@RequestParam(defaultValue = "50") int size) {
		checkPage(page, size);
		List<DeadLetter> found = box.all().stream().filter(it -> topic == null || it.topic().equals(topic))
				.filter(it -> cause == null || it.cause().equals(cause)).toList();
		return PageResponse.of(PageResponse.part(found, page, size), page, size, found.size());
	}

	@GetMapping("/dead-letters/{id}")
	@PreAuthorize("hasRole('OPS')")
	LetterResponse deadLetter(@PathVariable String id) {
		DeadLetterBox.Opened opened = box.open(id);
		if (opened == null) {
			throw Problems.refusal(HttpStatus.NOT_FOUND, "not-found", "There is no open dead letter with this id.");
		}
		String key = opened.record().key();
		return new LetterResponse(opened.letter(), key == null ? "" : Mask.unlessId(key),
				Mask.body(opened.record().value(), json));
	}

	/** Puts letters back onto their topic. */
	@PostMapping("/dead-letters/replays")
	@PreAuthorize("hasRole('OPS')")
	OutcomesResponse replay(@RequestBody IdsRequest request, @AuthenticationPrincipal Caller caller) {
		return settle(request, Action.REPLAY, caller);
	}

	/** Sets letters aside for good: they stay on their topic until its retention ends, and are listed no more. */
	@PostMapping("/dead-letters/discards")
	@PreAuthorize("hasRole('OPS')")
	OutcomesResponse discard(@RequestBody IdsRequest request, @AuthenticationPrincipal Caller caller) {
		return settle(request, Action.DISCARD, caller);
	}

	private OutcomesResponse settle(IdsRequest request, Action action, Caller caller) {
		List<String> ids = request.ids();
		if (ids == null || ids.isEmpty() || ids.size() > LARGEST_PAGE || ids.contains(null)) {
			throw Problems.invalid(HttpStatus.BAD_REQUEST, List.of(new FieldError("ids", "ids-count",
					"Name 1 to " + LARGEST_PAGE + " dead letters in 'ids'.")));
		}
		Map<String, String> outcomes = box.settle(ids, action, caller.accountId());
		return new OutcomesResponse(
				ids.stream().map(id -> new OutcomeResponse(id, outcomes.getOrDefault(id, "unknown"))).toList());
	}

	/** Who settled which letter how and when, newest first. */
	@GetMapping("/dead-letters/settlements")
	@PreAuthorize("hasRole('OPS')")
	PageResponse<Settlement> settlements(@RequestParam(defaultValue = "0") int page,
			@RequestParam(defaultValue = "50") int size) {
		checkPage(page, size);
		return PageResponse.of(settlements.page(page, size), page, size, settlements.count());
	}

	private static void checkPage(int page, int size) {
		List<FieldError> errors = PageResponse.errors(page, size, LARGEST_PAGE);
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
	}
}
