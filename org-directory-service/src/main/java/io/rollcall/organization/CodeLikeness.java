package io.rollcall.organization;

import java.util.regex.Pattern;

/** How codes are mistyped: a spreadsheet takes a code for a number, a person takes one key for another. */
final class CodeLikeness {
	/** What one slip or two can do; three are another code. */
	static final int MOST_SLIPS = 2;

	private static final Pattern LEADING_ZEROS = Pattern.compile("(?<![0-9])0+(?=[0-9])");

	private static final Pattern NO_SIGNS = Pattern.compile("[^\\p{L}\\p{N}]+");

	private CodeLikeness() {}

	/** {@code 00050000-00050303} as {@code 50000-50303}: as a spreadsheet leaves its numbers. */
	static String withoutLeadingZeros(String code) {
		return LEADING_ZEROS.matcher(code).replaceAll("");
	}

	/** {@code 00050000-00050303} as {@code 5000000050303}: without anything between its digits. */
	static String signs(String code) {
		return withoutLeadingZeros(NO_SIGNS.matcher(code).replaceAll(""));
	}

	/** Characters added, left out, changed, or swapped with the next; more than {@link #MOST_SLIPS} are not counted on. */
	static int slips(String a, String b) {
		if (Math.abs(a.length() - b.length()) > MOST_SLIPS) return MOST_SLIPS + 1;
		int[] beforeLast = new int[b.length() + 1];
		int[] last = new int[b.length() + 1];
		int[] current = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++)
			last[j] = j;
		for (int i = 1; i <= a.length(); i++) {
			current[0] = i;
			int best = i;
			for (int j = 1; j <= b.length(); j++) {
				int changed = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
				current[j] = Math.min(changed, Math.min(last[j], current[j - 1]) + 1);
				if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
					current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
				}
				best = Math.min(best, current[j]);
			}
			if (best > MOST_SLIPS) return best;
			int[] free = beforeLast;
			beforeLast = last;
			last = current;
			current = free;
		}
		return last[b.length()];
	}
}
