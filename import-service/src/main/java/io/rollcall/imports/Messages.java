package io.rollcall.imports;

import io.rollcall.imports.outcome.Counts;

/** The pop-up messages of the guide's Table 5, word for word. */
public final class Messages {
	/** For a file that is refused as no CSV. */
	public static final String NOT_CSV = "The uploaded file is not in the expected .CSV format. Please update the file and try again.";

	private static final String SUCCESS = "The uploaded file has been processed and %d user(s) have been successfully uploaded.";
	private static final String SOME_ERRORS = "The uploaded file has been processed with errors, but %d user(s) have been successfully uploaded. Errors are detailed in attached file.";
	private static final String ONLY_ERRORS = "No users have been uploaded. Errors are detailed in attached file.";
	/** Not of the guide, which knows no dry run: its words would claim that users have been uploaded. */
	private static final String DRY_RUN = "Nothing has been changed. %d of %d record(s) would be successfully uploaded.";

	/** Nor does it know an undo. */
	private static final String UNDO = "The import has been undone for %d of %d record(s).";
	private static final String NOTHING_UNDONE = "The undo has changed nothing.";
	private static final String NOTHING_TO_UNDO = "Nothing has been changed. The undo would change nothing.";
	private static final String UNDO_DRY_RUN = "Nothing has been changed. The import would be undone for %d of %d record(s).";

	private Messages() {}

	static String completed(Counts counts, boolean dryRun, boolean undo) {
		if (undo && counts.updated() == 0) return dryRun ? NOTHING_TO_UNDO : NOTHING_UNDONE;
		if (undo) return (dryRun ? UNDO_DRY_RUN : UNDO).formatted(counts.updated(), counts.done());
		if (dryRun) return DRY_RUN.formatted(counts.processed(), counts.done());
		if (counts.rejected() == 0) return SUCCESS.formatted(counts.processed());
		return counts.processed() == 0 ? ONLY_ERRORS : SOME_ERRORS.formatted(counts.processed());
	}
}
