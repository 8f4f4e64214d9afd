package io.rollcall.imports;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a file may be at most, and how long it is kept.
 *
 * @param maxRecords the guide's limit of records a file (section V.D)
 * @param retention how long the file, its rows and the error file are kept after the upload; the summary stays
 * @param sweepInterval how often what is due is deleted
 * @param sameContentWithin for how long somebody who uploads the same bytes again is told so
 */
@ConfigurationProperties("rollcall.imports")
public record ImportSettings(@DefaultValue("5MB") DataSize maxFileSize, @DefaultValue("200") int maxRecords,
		@DefaultValue("90d") Duration retention, @DefaultValue("1h") Duration sweepInterval,
		@DefaultValue("24h") Duration sameContentWithin) {
	/** An import is one document of at most 16 MB, and a byte of Windows-1252 can become three of UTF-8. */
	private static final DataSize STORABLE = DataSize.ofMegabytes(5);

	public ImportSettings {
		if (maxFileSize.toBytes() < 1 || maxFileSize.compareTo(STORABLE) > 0) {
			throw new IllegalArgumentException("rollcall.imports.max-file-size must be at most " + STORABLE);
		}
		if (maxRecords < 1 || maxRecords > 10_000) {
			throw new IllegalArgumentException("rollcall.imports.max-records must be between 1 and 10000");
		}
	}
}
