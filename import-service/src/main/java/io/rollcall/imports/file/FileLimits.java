package io.rollcall.imports.file;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a file may be at most.
 *
 * @param maxFileSize 5 MB at most, since a file and its rows are documents of the database
 * @param maxRecords the guide's limit of records a file (section V.D)
 * @param maxListed how many records a list of all staff that is compared may have; 10,000 at most
 */
@ConfigurationProperties("rollcall.imports")
public record FileLimits(@DefaultValue("5MB") DataSize maxFileSize, @DefaultValue("200") int maxRecords,
		@DefaultValue("10000") int maxListed) {
	/** An import is one document of at most 16 MB, and a byte of Windows-1252 can become three of UTF-8. */
	private static final DataSize STORABLE = DataSize.ofMegabytes(5);

	/** There may be titles, and blank lines. */
	private static final int MOST_SPARE_LINES = 800;
	/** What user-service compares at once. */
	private static final int MOST_LISTED = 10_000;

	/** Of a cell, in characters. The longest that is valid names 500 organizations. */
	public static final int LONGEST_CELL = 10_000;

	public static boolean isTooLong(String cell) {
		return cell.length() > LONGEST_CELL && cell.codePointCount(0, cell.length()) > LONGEST_CELL;
	}

	public FileLimits {
		if (maxFileSize.toBytes() < 1 || maxFileSize.compareTo(STORABLE) > 0) {
			throw new IllegalArgumentException("rollcall.imports.max-file-size must be at most " + STORABLE);
		}
		if (maxRecords < 1 || maxRecords > 10_000) {
			throw new IllegalArgumentException("rollcall.imports.max-records must be between 1 and 10000");
		}
		if (maxListed < 1 || maxListed > MOST_LISTED) {
			throw new IllegalArgumentException("rollcall.imports.max-listed must be between 1 and " + MOST_LISTED);
		}
	}

	/** How many lines of a table are read. */
	public int mostLines() {
		return Math.max(maxRecords, maxListed) + MOST_SPARE_LINES;
	}
}
