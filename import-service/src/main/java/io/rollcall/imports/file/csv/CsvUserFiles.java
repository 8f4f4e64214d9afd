package io.rollcall.imports.file.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.stereotype.Component;

import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.UserFileFormat;
import io.rollcall.imports.outcome.Note;
import io.rollcall.platform.csv.FileCell;
import io.rollcall.platform.csv.FormulaMark;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes error files with Commons CSV; uploads are read by {@link CsvReader}. */
@Component
final class CsvUserFiles implements UserFileFormat {
	private static final String BOM = "\uFEFF";

	private final int maxRecords;

	CsvUserFiles(FileLimits limits) {
		maxRecords = limits.maxRecords();
	}

	@Override
	public Reading read(byte[] content) {
		return read(content, maxRecords);
	}

	@Override
	public Reading read(byte[] content, int maxRecords) {
		return new CsvReader(maxRecords).read(content);
	}

	@Override
	public byte[] template() {
		return written("", List.of(Arrays.stream(Column.values()).map(Column::title).toList()));
	}

	@Override
	public byte[] file(List<Column> columns, List<List<String>> lines) {
		List<List<String>> all = new ArrayList<>(lines.size() + 1);
		all.add(columns.stream().map(Column::title).toList());
		all.addAll(lines);
		return written(BOM, all);
	}

	/**
	 * {@inheritDoc} There are no columns that none of the records reaches. Within them, what a short record lacks is said in words: a
	 * spreadsheet does not keep apart what is blank and what is not there, and what is blank would be cleared.
	 */
	@Override
	public byte[] errorFile(Action action, List<String> header, List<RejectedRow> rows) {
		int width = action == Action.UPDATE ? reached(header, rows) : header.size();
		String lacking = action == Action.UPDATE ? FileCell.ABSENT : "";
		List<List<String>> lines = new ArrayList<>(rows.size() + 1);
		lines.add(with(header.subList(0, width), Header.NOTES));
		for (RejectedRow row : rows) {
			List<String> cells = new ArrayList<>(row.cells());
			while (cells.size() < width)
				cells.add(lacking);
			lines.add(with(cells, row.notes().stream().map(Note::message).collect(Collectors.joining("; "))));
		}
		return written(BOM, lines); // without the mark Excel reads it as Windows-1252
	}

	/** How many columns there must be: as many as the longest record has, and all that a file must have. */
	private static int reached(List<String> header, List<RejectedRow> rows) {
		int reached = rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
		for (int i = reached; i < header.size(); i++)
			if (Column.titled(header.get(i)).filter(Column.REQUIRED::contains).isPresent()) reached = i + 1;
		return reached;
	}

	private static List<String> with(List<String> cells, String last) {
		List<String> line = new ArrayList<>(cells);
		line.add(last);
		return line;
	}

	private static byte[] written(String start, List<List<String>> lines) {
		StringBuilder csv = new StringBuilder(start);
		try (CSVPrinter printer = new CSVPrinter(csv, CSVFormat.RFC4180)) {
			for (List<String> line : lines)
				printer.printRecord(line.stream().map(FormulaMark::added));
		} catch (IOException e) {
			throw new UncheckedIOException(e); // a StringBuilder has none
		}
		return csv.toString().getBytes(UTF_8);
	}
}
