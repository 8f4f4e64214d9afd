package io.rollcall.imports.web;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import io.rollcall.imports.progress.Progress;
import io.rollcall.imports.progress.ProgressBoard;

/**
 * Progress as server-sent events (HTML Living Standard, 9.2). An event is the whole state, its id names it; so whoever comes
 * back, to whichever instance, gets what has changed since and nothing else. A stream ends with the import, with
 * the rights it was opened by, and also after a while, so that a browser comes again with a token of that time.
 */
@Component
class ProgressStreams {
	/**
	 * @param heartbeat silence at most: so often, too, it is asked here and at the gateway whether the listener still may, which is
	 *        known within five seconds
	 * @param lifetime a stream at most; a browser connects again by itself
	 * @param most streams of this instance at once
	 * @param mostOfOne streams of one account at once
	 */
	@ConfigurationProperties("rollcall.imports.progress")
	record Settings(@DefaultValue("2s") Duration heartbeat, @DefaultValue("5m") Duration lifetime,
			@DefaultValue("500") int most, @DefaultValue("20") int mostOfOne) {}

	private final ProgressBoard board;
	private final Settings settings;
	private final Map<String, Integer> streams = new HashMap<>();
	private int all;

	ProgressStreams(ProgressBoard board, Settings settings) {
		this.board = board;
		this.settings = settings;
	}

	/**
	 * @param known the state that the client has; blank for none
	 * @param allowed whether the client still may know
	 * @return empty when there are too many already
	 */
	Optional<SseEmitter> open(Progress now, String known, String accountId, BooleanSupplier allowed) {
		if (!enter(accountId)) return Optional.empty();
		var emitter = new SseEmitter(0L); // its end is ours to say
		Thread.ofVirtual().name("progress-" + now.id()).start(() -> {
			try {
				stream(emitter, now, known, allowed);
				emitter.complete();
			} catch (IOException | IllegalStateException e) {
				emitter.completeWithError(e); // the client has gone
			} catch (InterruptedException e) {
				emitter.complete();
			} finally {
				leave(accountId);
			}
		});
		return Optional.of(emitter);
	}

	private void stream(SseEmitter emitter, Progress now, String known, BooleanSupplier allowed)
			throws IOException, InterruptedException {
		long end = System.nanoTime() + settings.lifetime().toNanos();
		Progress last = now;
		if (now.state().equals(known)) {
			emitter.send(SseEmitter.event().comment("")); // so that the client knows it is connected
		} else {
			send(emitter, now);
		}
		try (ProgressBoard.Watch watch = board.watch(now.id())) {
			while (!last.hasEnded() && board.isRunning() && System.nanoTime() < end) {
				Optional<Progress> next = watch.next(last.state(), settings.heartbeat());
				if (!allowed.getAsBoolean()) return;
				if (next.isPresent()) {
					last = next.get();
					send(emitter, last);
				} else {
					emitter.send(SseEmitter.event().comment(""));
				}
			}
		}
	}

	private static void send(SseEmitter emitter, Progress progress) throws IOException {
		emitter.send(SseEmitter.event().id(progress.state()).name(progress.hasEnded() ? "completed" : "progress")
				.data(progress, MediaType.APPLICATION_JSON));
	}

	private synchronized boolean enter(String accountId) {
		if (all >= settings.most() || streams.getOrDefault(accountId, 0) >= settings.mostOfOne()) return false;
		all++;
		streams.merge(accountId, 1, Integer::sum);
		return true;
	}

	private synchronized void leave(String accountId) {
		all--;
		streams.computeIfPresent(accountId, (_, count) -> leftOf(count));
	}

	private static @Nullable Integer leftOf(int count) {
		return count == 1 ? null : count - 1;
	}
}
