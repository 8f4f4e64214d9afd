package io.rollcall.standalone.launcher;

import java.io.PrintStream;

/** A bar that moves in a terminal; plain lines, few of them, elsewhere. */
final class Progress {
	private static final int WIDTH = 40;

	private final PrintStream out;
	private final String what;
	private final int total;
	private final boolean terminal;
	private int shown = -1;
	private int shownQuarter = -1;

	Progress(PrintStream out, String what, int total) {
		this.out = out;
		this.what = what;
		this.total = total;
		this.terminal = out == System.out && System.console() != null && System.console().isTerminal();
	}

	void show(int done) {
		int capped = Math.min(done, total);
		if (capped == shown) return;
		shown = capped;
		int quarter = total == 0 ? 4 : 4 * capped / total;
		if (terminal) {
			int filled = total == 0 ? WIDTH : WIDTH * capped / total;
			out.print("\r[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + capped + " of " + total
					+ " " + what + " ");
			out.flush();
		} else if (quarter > shownQuarter) {
			shownQuarter = quarter;
			out.println(capped + " of " + total + " " + what);
		}
	}

	void end() {
		if (terminal) out.println();
	}
}
