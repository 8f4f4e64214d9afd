package io.rollcall.imports.file.csv;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.file.UserFileFormat;
import io.rollcall.imports.outcome.Note;
import io.rollcall.platform.Blanks;
import io.rollcall.platform.csv.FormulaMark;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads uploads and writes error files with Commons CSV. */
@Component
final class CsvUserFiles implements UserFileFormat {
	/** Nobody needs to know by how many hundred thousands a file is too long. */
	private static final int COUNTED_RECORDS = 100_000;
	/** In characters. The longest that is valid names 500 organizations. */
	private static final int LONGEST_CELL = 10_000;
	/** For the header, above which somebody may have written a few lines. */
	private static final int LINES_LOOKED_AT = 10;
	private static final String BOM = "\uFEFF";

	private final int maxRecords;

	CsvUserFiles(FileLimits limits) {
		maxRecords = limits.maxRecords();
	}

	@Override
	public Reading read(byte[] content) {
		Optional<CharBuffer> text = Text.of(content).map(Structure::withoutBlankEnd).filter(Structure::isSound);
		return text.isPresent() ? read(text.get()) : refused(new FileRefusal.NotCsv());
	}

	private Reading read(CharBuffer text) {
		try (CSVParser parser = CSVFormat.RFC4180
				.parse(new CharArrayReader(text.array(), text.arrayOffset() + text.position(), text.length()))) {
			Iterator<CSVRecord> lines = parser.iterator();
			String[] first = firstNotBlank(lines);
			if (first != null && Header.isSeparator(first)) first = firstNotBlank(lines);
			if (first == null) return refused(new FileRefusal.NotCsv());
			Header header = Header.of(first);
			Header columns = header.withoutNotes();
			Optional<FileRefusal> refusal = header.isNoList()
					? Optional.of(new FileRefusal.NotCsv())
					: columns.refusal();
			if (refusal.isPresent()) {
				return refused(
						isHeaderAmong(lines) ? new FileRefusal.NotTheHeader(Header.shown(first)) : refusal.get());
			}
			return read(parser, lines, header);
		} catch (IOException | UncheckedIOException e) {
			return refused(new FileRefusal.NotCsv());
		}
	}

	/** Whether the columns are named a little further down: below a title, say. */
	private static boolean isHeaderAmong(Iterator<CSVRecord> lines) {
		for (int i = 0; i < LINES_LOOKED_AT && lines.hasNext(); i++)
			if (Header.of(lines.next().values()).withoutNotes().refusal().isEmpty()) return true;
		return false;
	}

	private Reading read(CSVParser parser, Iterator<CSVRecord> lines, Header header) {
		List<String> columns = header.withoutNotes().names();
		int width = header.names().size(); // what stands to the right of these must be blank
		List<List<String>> records = new ArrayList<>();
		FileRefusal fault = null;
		int count = 0;
		long line = parser.getCurrentLineNumber();
		while (lines.hasNext()) {
			String[] cells = lines.next().values();
			long start = line + 1;
			line = parser.getCurrentLineNumber();
			boolean fits = allBlank(cells, width);
			if (fits && allBlank(Arrays.copyOf(cells, Math.min(cells.length, columns.size())), 0)) continue;
			if (header.isRepeatedBy(cells) || Header.isSeparator(cells)) continue;
			if (++count > COUNTED_RECORDS) {
				return refused(new FileRefusal.TooManyRecords(COUNTED_RECORDS, true, maxRecords));
			}
			if (fault == null)
				fault = fits ? endless(cells, columns, count, start) : new FileRefusal.Misfit(count, start);
			if (count <= maxRecords) records.add(kept(cells, columns.size()));
		}
		if (count > maxRecords) return refused(new FileRefusal.TooManyRecords(count, false, maxRecords));
		if (fault != null) return refused(fault);
		if (count == 0) return refused(new FileRefusal.NoRecords());
		return new Reading.Taken(new UserFile(columns, List.copyOf(records)));
	}

	private static @Nullable FileRefusal endless(String[] cells, List<String> columns, int record, long line) {
		for (int i = 0; i < Math.min(cells.length, columns.size()); i++) {
			String cell = cells[i];
			if (cell.length() > LONGEST_CELL && cell.codePointCount(0, cell.length()) > LONGEST_CELL) {
				return new FileRefusal.EndlessCell(record, line, columns.get(i), LONGEST_CELL);
			}
		}
		return null;
	}

	private static List<String> kept(String[] cells, int columns) {
		List<String> kept = new ArrayList<>(columns);
		for (int i = 0; i < columns; i++)
			kept.add(i < cells.length ? FormulaMark.removed(cells[i]) : "");
		return List.copyOf(kept);
	}

	private static String @Nullable [] firstNotBlank(Iterator<CSVRecord> lines) {
		while (lines.hasNext()) {
			String[] cells = lines.next().values();
			if (!allBlank(cells, 0)) return cells;
		}
		return null;
	}

	private static boolean allBlank(String[] cells, int from) {
		for (int i = from; i < cells.length; i++)
			if (!Blanks.isBlank(cells[i])) return false;
		return true;
	}

	private static Reading refused(FileRefusal reason) {
		return new Reading.Refused(reason);
	}

	@Override
	public byte[] template() {
		return written("", List.of(Arrays.stream(Column.values()).map(Column::title).toList()));
	}

	@Override
	public byte[] errorFile(List<String> header, List<RejectedRow> rows) {
		List<List<String>> lines = new ArrayList<>(rows.size() + 1);
		lines.add(with(header, Header.NOTES));
		for (RejectedRow row : rows) {
			String notes = row.notes().stream().map(Note::message).collect(Collectors.joining("; "));
			lines.add(with(row.cells(), notes));
		}
		return written(BOM, lines); // without the mark Excel reads it as Windows-1252
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
