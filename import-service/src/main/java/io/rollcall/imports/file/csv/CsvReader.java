package io.rollcall.imports.file.csv;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

import io.rollcall.imports.file.FileRefusal;
import io.rollcall.imports.file.UserFileFormat.Reading;
import io.rollcall.platform.Blanks;
import io.rollcall.platform.csv.FileCell;

/**
 * Reads an upload with Commons CSV. What is no CSV is refused as such; of what is one but not quite, the refusal says what is wrong
 * and where.
 */
final class CsvReader {
	/** For the header, above which somebody may have written a few lines. */
	private static final int LINES_LOOKED_AT = 100;
	private static final int CHARACTERS_LOOKED_AT = 100_000;
	private static final long NOWHERE = Long.MAX_VALUE;

	private final int maxRecords;

	CsvReader(int maxRecords) {
		this.maxRecords = maxRecords;
	}

	Reading read(byte[] content) {
		return Text.of(content).map(this::read).orElseGet(() -> refused(new FileRefusal.NotCsv()));
	}

	private Reading read(Text text) {
		CharBuffer chars = Structure.withoutBlankEnd(text.chars());
		return switch (Structure.of(chars)) {
			case Structure.Layout.Sound _ -> read(chars, text.foreign());
			case Structure.Layout.TooLarge _ -> refused(new FileRefusal.NotCsv());
			case Structure.Layout.Broken broken -> refused(broken(chars, broken));
		};
	}

	/** What is to be said of a text whose quotation marks do not match: first, whether it names the columns at all. */
	private FileRefusal broken(CharBuffer text, Structure.Layout.Broken broken) {
		var here = new FileRefusal.BrokenQuoting(Structure.line(text, broken.value()));
		return switch (read(text.subSequence(0, broken.record()), Text.NOTHING_FOREIGN)) {
			case Reading.Taken _ -> here;
			case Reading.Refused(FileRefusal.NoRecords _) -> here;
			case Reading.Refused(FileRefusal.NotCsv _) -> withoutQuotes(text, here);
			case Reading.Refused(FileRefusal.NoHeader _) -> withoutQuotes(text, here);
			case Reading.Refused(FileRefusal reason) -> reason;
		};
	}

	/** The same of one whose quotation marks do not match before the columns are named. */
	private static FileRefusal withoutQuotes(CharBuffer text, FileRefusal.BrokenQuoting here) {
		// No more: what has a million cells in a line is not so much as counted by then.
		String start = text.subSequence(0, Math.min(text.length(), CHARACTERS_LOOKED_AT)).toString();
		List<Header> lines = start.lines().limit(LINES_LOOKED_AT)
				.map(line -> Header.of(line.replace("\"", "").split(",", -1)))
				.filter(line -> !line.names().isEmpty()).toList();
		if (lines.stream().noneMatch(Header::isMostlyOne)) return new FileRefusal.NotCsv();
		return lines.getFirst().isMostlyOne() ? here : new FileRefusal.NotTheHeader(lines.getFirst().shown());
	}

	/** @param foreign see {@link Text} */
	private Reading read(CharBuffer text, int foreign) {
		try (CSVParser parser = CSVFormat.RFC4180
				.parse(new CharArrayReader(text.array(), text.arrayOffset() + text.position(), text.length()))) {
			Iterator<CSVRecord> lines = parser.iterator();
			Header header = firstNotBlank(lines);
			if (header != null && header.isSeparator()) header = firstNotBlank(lines);
			if (header == null) return refused(new FileRefusal.NotCsv());
			Optional<FileRefusal> refusal = header.refusal();
			if (refusal.isPresent()) {
				return refused(isBelow(header, lines)
						? new FileRefusal.NotTheHeader(header.shown())
						: foreign == Text.NOTHING_FOREIGN || refusal.get() instanceof FileRefusal.WrongColumns
								? refusal.get()
								: new FileRefusal.NotCsv());
			}
			return read(parser, lines, header,
					foreign == Text.NOTHING_FOREIGN ? NOWHERE : Structure.line(text, foreign));
		} catch (IOException | UncheckedIOException e) {
			return refused(new FileRefusal.NotCsv());
		}
	}

	/** Whether the columns are named a little further down: below a title, say. */
	private static boolean isBelow(Header first, Iterator<CSVRecord> lines) {
		for (int i = 0; i < LINES_LOOKED_AT && lines.hasNext(); i++) {
			Header header = Header.of(cells(lines.next()));
			if (header.refusal().isEmpty() || header.isMostlyOne() && !first.isMostlyOne()) return true;
		}
		return false;
	}

	private Reading read(CSVParser parser, Iterator<CSVRecord> lines, Header header, long foreignLine) {
		var records = new Records(header, maxRecords);
		long line = parser.getCurrentLineNumber();
		boolean past = line >= foreignLine;
		int concerned = 0;
		while (lines.hasNext() && !records.areTooManyToCount()) {
			boolean isRecord = records.take(cells(lines.next()), line + 1);
			line = parser.getCurrentLineNumber(); // of the last one less by one when nothing ends it
			if (!past) concerned = isRecord ? records.count() : 0;
			past = past || line >= foreignLine;
		}
		return foreignLine == NOWHERE || records.areTooManyToCount()
				? records.reading()
				: refused(new FileRefusal.TwoEncodings(concerned, foreignLine));
	}

	private static @Nullable Header firstNotBlank(Iterator<CSVRecord> lines) {
		while (lines.hasNext()) {
			String[] cells = cells(lines.next());
			if (!Arrays.stream(cells).allMatch(Blanks::isBlank)) return Header.of(cells);
		}
		return null;
	}

	private static String[] cells(CSVRecord line) {
		String[] cells = line.values();
		for (int i = 0; i < cells.length; i++)
			cells[i] = FileCell.shown(cells[i]);
		return cells;
	}

	private static Reading refused(FileRefusal reason) {
		return new Reading.Refused(reason);
	}
}
