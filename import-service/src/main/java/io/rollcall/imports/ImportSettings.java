package io.rollcall.imports;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what people upload is kept and remembered.
 *
 * @param retention how long a file, its rows and the error file are kept after the upload, and a list that is compared
 *        ({@code comparisons}); the summary of an import stays
 * @param sameContentWithin for how long somebody who uploads the same bytes again is told so
 * @param undoWithin for how long after it was completed an import can be undone: at least a day, and no longer than its rows are kept
 */
@ConfigurationProperties("rollcall.imports")
public record ImportSettings(@DefaultValue("90d") Duration retention,
		@DefaultValue("24h") Duration sameContentWithin, @DefaultValue("30d") Duration undoWithin) {
	public ImportSettings {
		if (undoWithin.toDays() < 1 || undoWithin.compareTo(retention) > 0)
			throw new IllegalArgumentException("undo-within is at least a day, and no longer than retention");
	}
}
