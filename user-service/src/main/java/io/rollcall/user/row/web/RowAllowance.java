package io.rollcall.user.row.web;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

import io.rollcall.platform.web.Waiting;

/**
 * How many rows somebody may have judged in a day: as many as the dry runs of a day could bring, for a row tells whether a username is
 * taken, and asking by it must not be quicker than by files. Each instance counts for itself, in memory.
 */
@Component
class RowAllowance {
	/** A thousand files of two hundred records. */
	static final int ROWS_A_DAY = 200_000;
	private static final Duration DAY = Duration.ofDays(1);

	private record Window(AtomicInteger taken, long end) {
		Window() {
			this(new AtomicInteger(), System.nanoTime() + DAY.toNanos());
		}
	}

	/** Lists that somebody has asked about: another look at one asks about no other usernames. */
	private final Cache<String, Boolean> known = Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(DAY)
			.build();
	private final Cache<UUID, Window> windows = Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(DAY)
			.build();

	/**
	 * Takes nothing for a list that the account has asked about within the day: whoever works through one looks at it again and again.
	 *
	 * @param list what tells it from every other
	 * @throws ErrorResponseException 429 when there are not so many left
	 */
	void takeOnce(UUID account, int rows, String list) {
		String key = account + "/" + list;
		if (known.getIfPresent(key) != null) return;
		take(account, rows);
		known.put(key, true);
	}

	/** @throws ErrorResponseException 429 when there are not so many left */
	void take(UUID account, int rows) {
		Window window = windows.get(account, _ -> new Window());
		if (window.taken().addAndGet(rows) <= ROWS_A_DAY) return;
		window.taken().addAndGet(-rows); // who is refused has had none
		Duration left = Duration.ofNanos(Math.max(0, window.end() - System.nanoTime()));
		throw Waiting.refusal("row-allowance",
				"You have had as many records checked as is possible in one day. Upload them as a file.", left);
	}
}
