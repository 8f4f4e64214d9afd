package io.rollcall.imports.web;

import java.time.Duration;

import org.springframework.stereotype.Component;

import io.rollcall.platform.web.Turns;

/**
 * The turns of requests that hold a whole import in memory: 16 MB of files at once among the uploads, and as much among the looks and
 * the comparisons. Whoever has waited for 20 s, or for 10 s to compare, is refused with 503 {@code busy} (decision 25).
 */
@Component
class ImportTurns {
	private static final Duration PATIENCE = Duration.ofSeconds(20);
	/** With the 16 s that user-service has for it, within the gateway's 30 s. */
	private static final Duration PATIENCE_TO_COMPARE = Duration.ofSeconds(10);

	/** What a table counts as, in bytes: a workbook may unpack to many times its file. So two are read at once. */
	static final long OF_A_TABLE = 8 << 20;

	/** To store an import, to commit one, to read a table: four at once at most. */
	final Turns uploads = new Turns(4, PATIENCE);
	/** To show rows or a file, to correct records: sixteen at once at most. */
	final Turns looks = new Turns(16, PATIENCE);
	/** To compare a list: two at once. They wait for user-service, and no upload is to wait for them. */
	final Turns comparisons = new Turns(2, PATIENCE_TO_COMPARE);
}
