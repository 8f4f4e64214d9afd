package io.rollcall.user.confirmation.web;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

import io.rollcall.platform.csv.FormulaMark;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.confirmation.Decision;
import io.rollcall.user.confirmation.Details.Detail;
import io.rollcall.user.confirmation.Flag;
import io.rollcall.user.history.History.Author;

/** A confirmation as a file, a record an account. No cell is a formula to a spreadsheet. */
final class ReportCsv {
	/** Without it Excel takes the file for Windows-1252. */
	private static final char BOM = '\uFEFF';

	private final CSVPrinter csv;

	/** Begins the file with the line of the columns. */
	ReportCsv(Appendable out) throws IOException {
		out.append(BOM);
		csv = new CSVPrinter(out, CSVFormat.RFC4180);
		csv.printRecord("Username", "Fname", "Lname", "Email", "Role", "Org", "State", "Status", "Decision",
				"DecidedAt", "DecidedBy", "LastSignIn", "Flags");
	}

	void add(Detail it) throws IOException {
		Profile profile = it.account().profile();
		Decision decision = it.decision();
		csv.printRecord(Stream
				.of(profile.username().value(), profile.firstName().value(), profile.lastName().value(),
						profile.email().value(), profile.role().name(), String.join("|", profile.codes()),
						it.state().id(), it.account().isActive() ? "active" : "deactivated",
						decision == null ? "" : decision.verdict().id(),
						decision == null ? "" : decision.at().toString(), name(it.by()),
						it.lastSignIn() == null ? "" : it.lastSignIn().toString(),
						it.flags().stream().map(Flag::id).collect(Collectors.joining("|")))
				.map(FormulaMark::added));
	}

	private static String name(@Nullable Author by) {
		if (by == null) return "";
		return by.username() == null ? by.name() : by.username();
	}
}
