package io.rollcall.imports.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.table.ColumnMatching.Match;
import io.rollcall.imports.table.Proposal.ProposedColumn;
import io.rollcall.platform.csv.FileCell;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Proposes how a table may be read, and reads it as somebody wants it. */
@Service
public class Tables {
	private static final int SAMPLES = 5;
	private static final int LONGEST_SAMPLE = 60;
	private static final int LONGEST_LINE = 100;
	private static final int MOST_SKIPPED = 20;
	/** In characters, as in a file of comma-separated values. */
	private static final int LONGEST_CELL = 10_000;

	private final List<TableFormat> formats;
	private final RememberedColumns remembered;
	private final int maxRecords;
	private final long maxBytes;

	Tables(List<TableFormat> formats, RememberedColumns remembered, FileLimits limits) {
		this.formats = formats;
		this.remembered = remembered;
		this.maxRecords = limits.maxRecords();
		this.maxBytes = limits.maxFileSize().toBytes();
	}

	public sealed interface Offer {
		record Made(Proposal proposal) implements Offer {}

		record Refused(FileRefusal reason) implements Offer {}
	}

	public sealed interface Reading {
		/**
		 * @param bytes of all cells
		 * @param decisions for {@link #remember}
		 */
		record Taken(UserFile file, int bytes, Decisions decisions) implements Reading {}

		record Refused(FileRefusal reason) implements Reading {}
	}

	/** What somebody decided otherwise than it is proposed to everybody, and the titles of which that is not so. */
	public record Decisions(Map<String, Optional<Target>> other, Set<String> usual) {}

	/**
	 * @param account who asks
	 * @param sheet null to look for the list
	 * @param headerLine null to look for it
	 */
	public Offer propose(String account, byte[] content, @Nullable String sheet, @Nullable Integer headerLine) {
		return switch (opened(content, sheet)) {
			case TableFormat.Reading.Refused(FileRefusal reason) -> new Offer.Refused(reason);
			case TableFormat.Reading.Taken(List<String> sheets, List<Grid> grids) -> {
				Optional<Layout> layout = headerLine == null
						? grids.stream().map(Layout::found).max(Comparator.comparingInt(Layout::names)
								.thenComparing(it -> -grids.indexOf(it.grid())))
						: Layout.at(grids.getFirst(), headerLine);
				if (layout.isEmpty()) yield new Offer.Refused(new FileRefusal.NoSuchPart("line " + headerLine));
				if (layout.get().titles().size() < 2) yield new Offer.Refused(new FileRefusal.NoTable());
				// Not all of it was read; where there are other sheets, one of them may be the list.
				if (layout.get().grid().isCut() && (sheets.size() <= 1 || sheet != null)) {
					yield new Offer.Refused(new FileRefusal.TooLargeTable("lines"));
				}
				yield new Offer.Made(proposal(sheets, layout.get(), ColumnMatching.of(layout.get(),
						remembered.of(account, spellings(layout.get().titles())))));
			}
		};
	}

	private TableFormat.Reading opened(byte[] content, @Nullable String sheet) {
		return formats.stream().filter(format -> format.isFor(content)).findFirst()
				.map(format -> format.read(content, sheet))
				.filter(it -> !(it instanceof TableFormat.Reading.Taken taken) || !taken.grids().isEmpty())
				.orElseGet(() -> new TableFormat.Reading.Refused(new FileRefusal.NoTable()));
	}

	private static Proposal proposal(List<String> sheets, Layout layout, Map<Integer, Match> matches) {
		Layout.Split split = layout.split(targets(matches));
		List<ProposedColumn> columns = new ArrayList<>();
		List<String> ignored = new ArrayList<>();
		for (int i = 0; i < layout.titles().size(); i++) {
			int index = i;
			List<String> samples = split.records().stream().map(line -> line.cell(index).strip())
					.filter(cell -> !cell.isEmpty()).distinct().limit(SAMPLES).map(cell -> cut(cell, LONGEST_SAMPLE))
					.toList();
			String title = cut(layout.titles().get(i), LONGEST_SAMPLE);
			Match match = matches.get(i);
			if (match == null && samples.isEmpty() && title.isEmpty()) continue; // nothing but formats
			columns.add(new ProposedColumn(i, title, samples, match == null ? null : match.target(),
					match == null ? null : match.basis()));
			if (match == null) ignored.add(title.isEmpty() ? "Column " + (i + 1) : title);
		}
		return new Proposal(sheets, layout.grid().name(), layout.headerLine(),
				skipped(layout.grid(), split),
				columns,
				missing(targets(matches).values()), ignored, split.records().size());
	}

	private static List<String> skipped(Grid grid, Layout.Split split) {
		Stream<String> hidden = grid.hidden() == 0 ? Stream.of() : Stream.of("Hidden lines: " + grid.hidden());
		return Stream.concat(hidden,
				split.skipped().stream().limit(MOST_SKIPPED).map(line -> cut(line.text(), LONGEST_LINE))).toList();
	}

	private static Map<Integer, Target> targets(Map<Integer, Match> matches) {
		Map<Integer, Target> targets = new TreeMap<>();
		matches.forEach((index, match) -> targets.put(index, match.target()));
		return targets;
	}

	private static List<Column> missing(Collection<Target> targets) {
		Set<Column> there = new HashSet<>(targets.stream().flatMap(target -> target.columns().stream()).toList());
		return Column.REQUIRED.stream().filter(column -> !there.contains(column)).toList();
	}

	private static String cut(String text, int length) {
		return text.codePointCount(0, text.length()) <= length
				? text
				: text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
	}

	/** Reads it as it was chosen; the columns in the order of the template. */
	public Reading read(byte[] content, TableChoice choice) {
		return read(content, choice, maxRecords);
	}

	/** The same of a table that may have so many records. */
	public Reading read(byte[] content, TableChoice choice, int maxRecords) {
		return switch (opened(content, choice.sheet())) {
			case TableFormat.Reading.Refused(FileRefusal reason) -> new Reading.Refused(reason);
			case TableFormat.Reading.Taken(List<String> _, List<Grid> grids) -> Layout
					.at(grids.getFirst(), choice.headerLine())
					.map(layout -> read(layout, choice.columns(), maxRecords))
					.orElseGet(() -> new Reading.Refused(new FileRefusal.NoSuchPart("line " + choice.headerLine())));
		};
	}

	private Reading read(Layout layout, Map<Integer, Target> columns, int maxRecords) {
		for (int index : columns.keySet())
			if (index >= layout.titles().size())
				return new Reading.Refused(new FileRefusal.NoSuchPart("column " + (index + 1)));
		List<Column> twice = twice(columns.values());
		List<Column> missing = missing(columns.values());
		if (!missing.isEmpty() || !twice.isEmpty()) {
			return new Reading.Refused(new FileRefusal.WrongColumns(missing.stream().map(Column::title).toList(),
					twice.stream().map(Column::title).toList(), List.of()));
		}
		// What stands behind the cut nobody has seen.
		if (layout.grid().isCut()) return new Reading.Refused(new FileRefusal.TooLargeTable("lines"));
		List<Grid.Line> records = layout.split(columns).records();
		if (records.size() > maxRecords) {
			return new Reading.Refused(
					new FileRefusal.TooManyRecords(records.size(), false, maxRecords));
		}
		if (records.isEmpty()) return new Reading.Refused(new FileRefusal.NoRecords());
		List<Column> header = Arrays.stream(Column.values())
				.filter(column -> columns.values().stream().anyMatch(it -> it.columns().contains(column))).toList();
		List<List<String>> cells = new ArrayList<>();
		for (int i = 0; i < records.size(); i++) {
			Map<Column, String> record = record(records.get(i), columns);
			for (Column column : header)
				if (record.getOrDefault(column, "").length() > LONGEST_CELL)
					return new Reading.Refused(
							new FileRefusal.EndlessCell(i + 1, records.get(i).number(), column.title(),
									LONGEST_CELL));
			cells.add(header.stream().map(column -> record.getOrDefault(column, "")).toList());
		}
		if (bytes(cells) > maxBytes) return new Reading.Refused(new FileRefusal.TooLargeTable("cells"));
		return new Reading.Taken(new UserFile(header.stream().map(Column::title).toList(), List.copyOf(cells)),
				bytes(cells), decisions(layout, columns));
	}

	/** A packed workbook is smaller than what is stored of it. */
	private static int bytes(List<List<String>> cells) {
		long bytes = cells.stream().flatMap(List::stream).mapToLong(cell -> cell.getBytes(UTF_8).length).sum();
		return (int) Math.min(bytes, Integer.MAX_VALUE);
	}

	private static List<Column> twice(Collection<Target> targets) {
		Set<Column> seen = new HashSet<>();
		return targets.stream().flatMap(target -> target.columns().stream()).filter(column -> !seen.add(column))
				.distinct()
				.toList();
	}

	private static Map<Column, String> record(Grid.Line line, Map<Integer, Target> columns) {
		Map<Column, String> record = new HashMap<>();
		columns.forEach((index, target) -> {
			List<String> parts = target.split(FileCell.read(line.cell(index)));
			for (int i = 0; i < parts.size(); i++)
				record.put(target.columns().get(i), parts.get(i));
		});
		return record;
	}

	private static Decisions decisions(Layout layout, Map<Integer, Target> columns) {
		Map<Integer, Match> usual = ColumnMatching.of(layout, Map.of());
		Map<String, Optional<Target>> other = new HashMap<>();
		Set<String> asUsual = new HashSet<>();
		IntStream.range(0, layout.titles().size()).forEach(index -> {
			String spelling = Synonyms.spelling(layout.titles().get(index));
			Optional<Target> chosen = Optional.ofNullable(columns.get(index));
			if (spelling.isEmpty()) return;
			if (chosen.equals(Optional.ofNullable(usual.get(index)).map(Match::target))) {
				asUsual.add(spelling);
			} else {
				other.put(spelling, chosen);
			}
		});
		asUsual.removeAll(other.keySet());
		return new Decisions(other, asUsual);
	}

	/** Next time it is proposed to this person at once. */
	public void remember(String account, Decisions decisions) {
		remembered.remember(account, decisions.other(), decisions.usual());
	}

	private static List<String> spellings(List<String> titles) {
		return titles.stream().map(Synonyms::spelling).filter(it -> !it.isEmpty()).distinct().toList();
	}
}
