package io.rollcall.imports;

import java.time.Clock;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.rollcall.imports.file.UploadedFiles;

/** Deletes what people uploaded when its time is over: files, rows, outcomes. That there was an import, and its counts, stays. */
@Component
class Retention {
	private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

	private final ImportRepository imports;
	private final UploadedFiles files;
	private final Clock clock;

	Retention(ImportRepository imports, UploadedFiles files, Clock clock) {
		this.imports = imports;
		this.files = files;
		this.clock = clock;
	}

	/** By every instance; the second finds nothing left. */
	@Scheduled(fixedDelayString = "${rollcall.imports.sweep-interval:1h}")
	void sweep() {
		Instant now = clock.instant();
		long rows = imports.deleteRowsDue(now);
		long deleted = files.deleteDue(now);
		if (rows + deleted > 0) LOG.info("Retention: rows of {} imports and {} files deleted", rows, deleted);
	}
}
