package io.rollcall.imports.table.xlsx;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

import org.apache.poi.ss.usermodel.DataFormatter;

/**
 * Numbers and dates as the sheet displays them, with the zeros of a format {@code 00000000}. A whole number without a format has
 * all its digits, of which a narrow column would show {@code 1.23457E+11}.
 */
final class Displayed extends DataFormatter {
	/** As many digits are exact. */
	private static final double LARGEST_WHOLE = 1e15;
	/** As Excel allows. */
	private static final int LONGEST_FORMAT = 255;

	private static final Pattern ESCAPES = Pattern.compile("[\\\\\"]");
	/** Of a telephone number, say; the library puts the signs of one that it does not know in other places. */
	private static final Pattern MASK = Pattern.compile("(?=.*[0#][^0#]+[0#])[0#()\\- /]+");

	/**
	 * In nanoseconds, for all cells of a workbook: a list takes a hundredth of it. Some formats take long, such as those that the library
	 * tries to understand anew for each cell. By the clock: of a virtual thread nobody knows how long it had a processor.
	 */
	private static final long LONGEST = Duration.ofSeconds(2).toNanos();

	private final boolean since1904;
	private long spent;

	Displayed(boolean since1904) {
		super(Locale.US);
		this.since1904 = since1904;
	}

	/** As the reader of sheets asks, which does not know since when its days are counted. */
	@Override
	public String formatRawCellContents(double value, int formatIndex, String format) {
		return formatRawCellContents(value, formatIndex, format, since1904);
	}

	@Override
	public String formatRawCellContents(double value, int formatIndex, String format, boolean since1904) {
		long begin = System.nanoTime();
		try {
			return displayed(value, formatIndex, format, since1904);
		} finally {
			spent += System.nanoTime() - begin;
		}
	}

	/** To be asked for each cell: what is thrown while one is displayed, the library takes for a fault of that cell. */
	void requireTime() {
		if (spent > LONGEST) throw new SheetLines.TooMuch("formats");
	}

	private String displayed(double value, int formatIndex, String format, boolean since1904) {
		// First: what comes behind it looks at the whole format, for each cell.
		boolean isLong = format.length() > LONGEST_FORMAT;
		boolean plain = isLong || format.equalsIgnoreCase("General") || format.equals("@");
		if (plain && value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
			return new BigDecimal(value).toPlainString();
		}
		if (isLong) return Double.toString(value);
		String mask = ESCAPES.matcher(format).replaceAll("");
		if (value >= 0 && value == Math.rint(value) && value < LARGEST_WHOLE && MASK.matcher(mask).matches()) {
			return masked(new BigDecimal(value).toPlainString(), mask);
		}
		return super.formatRawCellContents(value, formatIndex, format, since1904);
	}

	/** The digits from the right into the places for them; what is left over stands before the first. */
	private static String masked(String digits, String mask) {
		var text = new StringBuilder();
		int next = digits.length() - 1;
		int first = 0;
		while (mask.charAt(first) != '0' && mask.charAt(first) != '#')
			first++;
		for (int i = mask.length() - 1; i >= 0; i--) {
			char c = mask.charAt(i);
			boolean isPlace = c == '0' || c == '#';
			if (!isPlace) {
				text.append(c);
			} else if (next >= 0) {
				text.append(digits.charAt(next--));
			} else if (c == '0') {
				text.append('0');
			}
			while (i == first && next >= 0)
				text.append(digits.charAt(next--));
		}
		return text.reverse().toString();
	}
}
