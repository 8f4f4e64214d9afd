package io.rollcall.acceptance.tables;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.rollcall.acceptance.oracle.Csv;

/**
 * Makes the tables of {@link TablesIT} anew: {@code soffice} (LibreOffice Calc) and {@code ssconvert} (Gnumeric) open what somebody
 * typed, take what looks like a number or a date for one, and save it. The argument is the folder. By hand, when a plan changes.
 */
final class TableMaker {
	private TableMaker() {}

	public static void main(String[] arguments) throws IOException, InterruptedException {
		Path folder = Path.of(arguments[0]);
		Files.createDirectories(folder);
		Path work = Files.createTempDirectory("tables");
		for (int number = 0; number < TablePlan.COUNT; number++) {
			TablePlan plan = TablePlan.of(number);
			Path made = plan.isByGnumeric() ? byGnumeric(plan, work) : byLibreOffice(plan, work);
			Files.move(made, folder.resolve(plan.fileName()), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private static Path byGnumeric(TablePlan plan, Path work) throws IOException, InterruptedException {
		Path typed = typed(plan, work);
		Path made = work.resolve("made." + (plan.isWorkbook() ? "xlsx" : "txt"));
		List<String> command = plan.isWorkbook()
				? List.of("ssconvert", typed.toString(), made.toString())
				: List.of("ssconvert", "-T", "Gnumeric_stf:stf_assistant", "-O",
						"separator='%s' eol=windows format=automatic".formatted(plan.hasTabs() ? "\t" : ";"),
						typed.toString(),
						made.toString());
		run(work, command);
		return made;
	}

	private static Path byLibreOffice(TablePlan plan, Path work) throws IOException, InterruptedException {
		Path typed = plan.merged() ? merged(plan, work) : typed(plan, work);
		String end = plan.isWorkbook() ? "xlsx" : "csv";
		// Separator, quote, character set: UTF-8, or Windows-1252 where the names allow it.
		String format = plan.isWorkbook()
				? "xlsx"
				: "csv:Text - txt - csv (StarCalc):%d,34,%s,1,,0,false,true,false".formatted(plan.hasTabs() ? 9 : 59,
						plan.number() % 4 == 0 ? "76" : "1");
		Path out = Files.createTempDirectory(work, "out");
		// As when it is opened by a double click: numbers and dates are recognised.
		List<String> input = plan.merged() ? List.of() : List.of("--infilter=CSV:44,34,76,1,,1033,false,true");
		var command = new ArrayList<>(List.of("soffice", "--headless"));
		command.addAll(input);
		command.addAll(List.of("--convert-to", format, "--outdir", out.toString(), typed.toString()));
		run(work, command);
		return out.resolve(typed.getFileName().toString().replaceFirst("\\.[a-z]+$", "." + end));
	}

	private static Path typed(TablePlan plan, Path work) throws IOException {
		return Files.writeString(work.resolve("typed.csv"), plan.lines()
				.map(cells -> IntStream.range(0, plan.titles().size())
						.mapToObj(i -> i < cells.size() ? Csv.cell(cells.get(i), false) : "")
						.collect(Collectors.joining(",")))
				.collect(Collectors.joining("\n", "", "\n")), StandardCharsets.UTF_8);
	}

	/** With a title over all columns, one over the two names, and the other names of columns over two lines. */
	private static Path merged(TablePlan plan, Path work) throws IOException {
		var xml = new StringBuilder(
				"""
						<?xml version="1.0" encoding="UTF-8"?>
						<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
						<office:body><office:spreadsheet><table:table table:name="Staff">
						""");
		int width = plan.titles().size();
		plan.above().forEach(line -> xml.append("<table:table-row>")
				.append(cell(line.isEmpty() ? "" : line.getFirst(), width, 1)).append("</table:table-row>\n"));
		var upper = new StringBuilder();
		var lower = new StringBuilder();
		for (int i = 0; i < width; i++) {
			String title = plan.titles().get(i);
			boolean isName = plan.targets().get(title).equals("Fname");
			if (isName) {
				upper.append(cell("Name", 2, 1)).append("<table:covered-table-cell/>");
				lower.append(cell(title, 1, 1)).append(cell(plan.titles().get(++i), 1, 1));
			} else {
				upper.append(cell(title, 1, 2));
				lower.append("<table:covered-table-cell/>");
			}
		}
		xml.append("<table:table-row>").append(upper).append("</table:table-row>\n<table:table-row>").append(lower)
				.append("</table:table-row>\n");
		for (List<String> line : plan.cells())
			xml.append("<table:table-row>").append(line.stream().map(TableMaker::value).collect(Collectors.joining()))
					.append("</table:table-row>\n");
		plan.below().forEach(line -> xml.append("<table:table-row>")
				.append(line.stream().map(text -> cell(text, 1, 1)).collect(Collectors.joining()))
				.append(line.isEmpty() ? "<table:table-cell/>" : "").append("</table:table-row>\n"));
		xml.append("</table:table></office:spreadsheet></office:body></office:document>");
		return Files.writeString(work.resolve("typed.fods"), xml);
	}

	/** A number that was typed is one. */
	private static String value(String text) {
		return text.matches("[1-9]\\d{0,14}|0\\d+")
				? "<table:table-cell office:value-type=\"float\" office:value=\"" + Long.parseLong(text) + "\"/>"
				: cell(text, 1, 1);
	}

	private static String cell(String text, int columns, int rows) {
		if (text.isEmpty()) return "<table:table-cell/>";
		String span = columns > 1 || rows > 1
				? " table:number-columns-spanned=\"%d\" table:number-rows-spanned=\"%d\"".formatted(columns, rows)
				: "";
		return "<table:table-cell office:value-type=\"string\"" + span + "><text:p>"
				+ text.replace("&", "&amp;").replace("<", "&lt;") + "</text:p></table:table-cell>";
	}

	private static void run(Path work, List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true)
				.redirectOutput(work.resolve("log").toFile()).start();
		if (process.waitFor() != 0) throw new IOException(command + ": " + Files.readString(work.resolve("log")));
	}
}
