package io.rollcall.acceptance.campaign;

/**
 * How long and how hard.
 *
 * @param seed decides files, victims and moments; what the machine's threads make of them it does not
 * @param rows of all files together
 * @param kills of all programs together
 */
record Plan(long seed, int rows, int kills) {
	static final int ROWS_A_FILE = 200;
	static final int UPLOADERS = 4;
	static final int EDITORS = 2;

	/** {@code -Drollcall.campaign.rows=100000 -Drollcall.campaign.kills=500 -Drollcall.seed=…} for the long one. */
	static Plan fromProperties() {
		return new Plan(Long.getLong("rollcall.seed", 20250113), Integer.getInteger("rollcall.campaign.rows", 4000),
				Integer.getInteger("rollcall.campaign.kills", 40));
	}

	int files() {
		return rows / ROWS_A_FILE;
	}
}
