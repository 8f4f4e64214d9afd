package io.rollcall.standalone.launcher;

/** A bar that moves in a terminal; plain lines, few of them, elsewhere. */
final class Progress {

	private static final int WIDTH = 40;

	private final String what;
	private final int total;
	private final boolean terminal;
	private int shown = -1;
	private int shownQuarter = -1;

	Progress(String what, int total) {
		this.what = what;
		this.total = total;
		this.terminal = System.console() != null && System.console().isTerminal();
	}

	void show(int done) {
		int capped = Math.min(done, total);
		if (capped == shown) {
			return;
		}
		shown = capped;
		int quarter = total == 0 ? 4 : 4 * capped / total;
		if (terminal) {
			int filled = total == 0 ? WIDTH : WIDTH * capped / total;
			System.out.print("\r[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + capped + " of " + total
					+ " " + what + " ");
			System.out.flush();
		} else if (quarter > shownQuarter) {
			shownQuarter = quarter;
			System.out.println(capped + " of " + total + " " + what);
		}
	}

	void end() {
		if (terminal) {
			System.out.println();
		}
	}
}
