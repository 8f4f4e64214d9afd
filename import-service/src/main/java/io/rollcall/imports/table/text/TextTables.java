package io.rollcall.imports.table.text;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.imports.file.FileText;
import io.rollcall.imports.table.Grid;
import io.rollcall.imports.table.TableFormat;

/** Text, read by whichever separator makes the most even table of it. Broken quoting is taken as it comes: everything is shown. */
@Component
@Order(2)
final class TextTables implements TableFormat {
	private static final String SEPARATORS = "\t;|,";
	private static final int MOST_CELLS = 200;
	private static final int LINES_COMPARED = 50;
	/** Of blank ones, too. */
	private static final int LINES_LOOKED_AT = 100_000;
	private static final Pattern NAMED_SEPARATOR = Pattern.compile("\\A\uFEFF?\"?sep=([\t;|,])\"?[;,\t|]*\\R");
	/** What keeps a spreadsheet from reading a number. */
	private static final Pattern TEXT_FORMULA = Pattern.compile("=\"(.*)\"", Pattern.DOTALL);

	private final FileText text;
	private final int mostLines;

	TextTables(FileText text, FileLimits limits) {
		this.text = text;
		this.mostLines = limits.mostLines();
	}

	@Override
	public boolean isFor(byte[] content) {
		return text.of(content).isPresent();
	}

	@Override
	public Reading read(byte[] content, @Nullable String sheet) {
		if (sheet != null && !sheet.isEmpty()) return new Reading.Refused(new FileRefusal.NoSuchPart("such sheet"));
		Optional<FileText.Decoded> decoded = text.of(content);
		if (decoded.isEmpty()) return new Reading.Refused(new FileRefusal.NoTable());
		if (decoded.get().foreignLine() > 0) {
			return new Reading.Refused(new FileRefusal.TwoEncodings(0, decoded.get().foreignLine()));
		}
		CharBuffer all = decoded.get().chars();
		Matcher named = NAMED_SEPARATOR.matcher(all);
		List<Character> separators = SEPARATORS.chars().mapToObj(c -> (char) c).toList();
		int skipped = 0;
		if (named.lookingAt()) {
			separators = List.of(named.group(1).charAt(0));
			all = all.subSequence(named.end(), all.length());
			skipped = 1;
		}
		CharBuffer measured = all;
		List<Measured> measures = separators.stream().map(separator -> Measured.of(measured, separator)).toList();
		if (measures.stream().anyMatch(it -> it.widest() > MOST_CELLS)) {
			return new Reading.Refused(new FileRefusal.TooLargeTable("columns"));
		}
		Measured best = measures.stream().max(Comparator.comparingInt(it -> evenness(measured, it))).orElseThrow();
		Grid grid = grid(measured, best, skipped);
		return grid.lines().stream().allMatch(line -> line.cells().size() < 2)
				? new Reading.Refused(new FileRefusal.NoTable())
				: new Reading.Taken(List.of(), List.of(grid));
	}

	/** How many cells stand in those of the first lines that have the same number of them. */
	private static int evenness(CharBuffer text, Measured separator) {
		int[] widths = new int[MOST_CELLS + 2];
		try (CSVParser parser = parser(text, separator)) {
			int lines = 0;
			for (CSVRecord record : parser) {
				int width = Math.min(record.size(), MOST_CELLS);
				if (width > 1) widths[width]++;
				if (++lines == LINES_COMPARED) break;
			}
		} catch (IOException | UncheckedIOException _) {
			// counted as far as it goes
		}
		int best = 0;
		for (int width = 2; width < widths.length; width++)
			best = Math.max(best, widths[width] * (width - 1));
		return best;
	}

	private Grid grid(CharBuffer text, Measured separator, int before) {
		List<Grid.Line> lines = new ArrayList<>();
		boolean isCut = false;
		try (CSVParser parser = parser(text, separator)) {
			long start = before + 1L;
			int count = 0;
			for (CSVRecord record : parser) {
				List<String> cells = Stream.of(record.values()).map(TextTables::plain).toList();
				if (lines.size() == mostLines || ++count > LINES_LOOKED_AT) {
					isCut = true;
					break;
				}
				if (cells.stream().anyMatch(cell -> !cell.isBlank())) lines.add(new Grid.Line((int) start, cells));
				start = before + parser.getCurrentLineNumber() + 1;
			}
		} catch (IOException | UncheckedIOException _) {
			isCut = true;
		}
		return new Grid("", List.copyOf(lines), isCut, 0);
	}

	private static String plain(String cell) {
		Matcher formula = TEXT_FORMULA.matcher(cell);
		return (formula.matches() ? formula.group(1) : cell).replace("\uFEFF", "");
	}

	private static CSVParser parser(CharBuffer text, Measured separator) throws IOException {
		return CSVFormat.DEFAULT.builder().setDelimiter(separator.separator())
				.setQuote(separator.isQuoted() ? '"' : null).setIgnoreEmptyLines(false).setLenientEof(true)
				.setTrailingData(true).get()
				.parse(new CharArrayReader(text.array(), text.arrayOffset() + text.position(), text.length()));
	}
}
