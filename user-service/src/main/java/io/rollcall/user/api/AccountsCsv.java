package io.rollcall.user.api;

import java.io.IOException;
import java.util.Arrays;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import io.rollcall.platform.csv.FormulaMark;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Profile;

/**
 * Accounts as a file in the ten columns of the template. No cell is a formula to a spreadsheet, and imported as it is the file
 * changes nothing.
 */
final class AccountsCsv {
	/** Without it Excel takes the file for Windows-1252. */
	private static final char BOM = '\uFEFF';

	private final CSVPrinter csv;

	/** Begins the file with the line of the columns. */
	AccountsCsv(Appendable out) throws IOException {
		out.append(BOM);
		csv = new CSVPrinter(out, CSVFormat.RFC4180);
		csv.printRecord(Arrays.stream(Field.values()).map(Field::column));
	}

	void add(Profile profile) throws IOException {
		csv.printRecord(profile.texts().stream().map(FormulaMark::added));
	}
}
