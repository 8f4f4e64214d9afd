package io.rollcall.imports.table.text;

/**
 * A text by one separator, before anything is made of it: each cell of a record becomes a string before anyone could count them,
 * and a quote that is none takes all that follows into its cell.
 *
 * @param widest the most cells of a record
 * @param isQuoted whether its quotes are some: they close, and soon
 */
record Measured(char separator, int widest, boolean isQuoted) {
	/** Of a cell that somebody wrote. */
	private static final int MOST_LINES = 20;

	static Measured of(CharSequence text, char separator) {
		Measured quoted = of(text, separator, true);
		return quoted.isQuoted ? quoted : of(text, separator, false);
	}

	private static Measured of(CharSequence text, char separator, boolean quotes) {
		int widest = 1;
		int cells = 1;
		int lines = 0;
		boolean within = false;
		boolean begins = true;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (quotes && c == '"' && (within || begins)) {
				boolean isPair = within && i + 1 < text.length() && text.charAt(i + 1) == '"';
				if (isPair) i++;
				within = isPair || !within;
				lines = within ? lines : 0;
				begins = false;
			} else if (c == '\n' || c == '\r') {
				if (within && ++lines > MOST_LINES) return new Measured(separator, widest, false);
				if (!within) cells = 1;
				begins = !within;
			} else if (c == separator && !within) {
				widest = Math.max(widest, ++cells);
				begins = true;
			} else {
				begins = false;
			}
		}
		return new Measured(separator, widest, quotes && !within);
	}
}
