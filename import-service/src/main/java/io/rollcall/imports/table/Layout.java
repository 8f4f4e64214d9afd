package io.rollcall.imports.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.rollcall.imports.file.Column;
import io.rollcall.imports.meaning.Addresses;

/**
 * Where in a grid the columns are named and the records are. Above the names there may be titles, below the records a footer; a
 * record that repeats the names is none.
 *
 * @param headerLine its number; 0 where no line names the columns
 * @param titles one for each column, blank where it has none
 */
record Layout(Grid grid, int headerLine, List<String> titles) {
	/** A title of two cells, of which the upper is merged over several columns. */
	private static final int LINES_OF_TITLES = 2;
	private static final int LINES_LOOKED_AT = 40;
	private static final int LONGEST_TITLE = 200;
	private static final int FEWEST_NAMES = 2;
	/** Where records are so narrow, a line of two cells may be one. */
	private static final int FEWEST_COLUMNS = 4;
	private static final int MOST_IN_A_FOOTER = 2;

	/** Empty when the grid has no such line. */
	static Optional<Layout> at(Grid grid, int headerLine) {
		if (headerLine == 0) return Optional.of(new Layout(grid, 0, titles(grid, -1)));
		for (int i = 0; i < grid.lines().size(); i++)
			if (grid.lines().get(i).number() == headerLine)
				return Optional.of(new Layout(grid, headerLine, titles(grid, i)));
		return Optional.empty();
	}

	/** By the line that names most fields; where none names two, by the first that may. */
	static Layout found(Grid grid) {
		int best = -1;
		int most = FEWEST_NAMES - 1;
		for (int i = 0; i < Math.min(grid.lines().size(), LINES_LOOKED_AT); i++) {
			int names = Synonyms.countIn(titles(grid, i));
			if (names > most) {
				best = i;
				most = names;
			}
		}
		if (best < 0) best = firstOfMany(grid);
		return new Layout(grid, best < 0 ? 0 : grid.lines().get(best).number(), titles(grid, best));
	}

	/** Of the lines that are as wide as most, the first, unless it is a record itself. */
	private static int firstOfMany(Grid grid) {
		for (int i = 0; i < grid.lines().size(); i++) {
			Grid.Line line = grid.lines().get(i);
			if (line.filled() * 2 <= grid.width()) continue;
			boolean isRecord = line.cells().stream().anyMatch(cell -> Addresses.isOne(cell.strip()));
			return isRecord ? -1 : i;
		}
		return -1;
	}

	/** How many fields the titles name. */
	int names() {
		return Synonyms.countIn(titles);
	}

	private static List<String> titles(Grid grid, int header) {
		List<String> titles = new ArrayList<>();
		for (int column = 0; column < grid.width(); column++)
			titles.add(title(grid, header, column));
		return titles;
	}

	/** Of a cell that is merged with the one above, the text stands there. */
	private static String title(Grid grid, int header, int column) {
		for (int i = header; i >= 0 && i > header - LINES_OF_TITLES; i--) {
			Grid.Line line = grid.lines().get(i);
			boolean together = line.number() > grid.lines().get(header).number() - LINES_OF_TITLES;
			boolean alone = i < header && line.filled() < FEWEST_NAMES;
			if (together && !alone && !line.cell(column).isBlank()) return cut(line.cell(column).strip());
		}
		return "";
	}

	/** Nobody calls a column by more. */
	private static String cut(String title) {
		return title.length() > LONGEST_TITLE ? title.substring(0, LONGEST_TITLE) : title;
	}

	/** What stands in a column under its title. */
	List<String> cells(int column) {
		return grid.below(headerLine).stream().map(line -> line.cell(column)).toList();
	}

	/** The last column that has a title; all of them where none has. */
	int titledWidth() {
		int width = titles.size();
		while (width > 0 && titles.get(width - 1).isEmpty())
			width--;
		return headerLine == 0 || width == 0 ? titles.size() : width;
	}

	/** The records, and the lines that are none, by which columns are what. */
	Split split(Map<Integer, Target> columns) {
		List<Grid.Line> lines = grid.below(headerLine).stream().filter(line -> !repeatsTitles(line)).toList();
		int end = lines.size();
		while (!grid.isCut() && end > 0 && isFooter(lines.get(end - 1), columns))
			end--;
		List<Grid.Line> records = new ArrayList<>();
		List<Grid.Line> skipped = new ArrayList<>(
				grid.lines().stream().filter(line -> line.number() < headerLine).toList());
		for (Grid.Line line : lines.subList(0, end))
			(isBlank(line, columns.keySet()) ? skipped : records).add(line);
		skipped.addAll(lines.subList(end, lines.size()));
		return new Split(records, skipped);
	}

	record Split(List<Grid.Line> records, List<Grid.Line> skipped) {}

	private boolean repeatsTitles(Grid.Line line) {
		if (headerLine == 0) return false;
		for (int i = 0; i < titles.size(); i++)
			if (!cut(line.cell(i).strip()).equals(titles.get(i))) return false;
		return true;
	}

	private static boolean isBlank(Grid.Line line, Collection<Integer> columns) {
		return columns.stream().allMatch(index -> line.cell(index).isBlank());
	}

	/** A total, a date, a word of thanks: one or two cells where records have many, and no address. */
	private static boolean isFooter(Grid.Line line, Map<Integer, Target> columns) {
		Optional<Integer> email = columns.entrySet().stream()
				.filter(it -> it.getValue().columns().contains(Column.EMAIL))
				.map(Map.Entry::getKey).findFirst();
		boolean addressed = email.isPresent() && line.cell(email.get()).indexOf('@') >= 0;
		return columns.size() >= FEWEST_COLUMNS && line.filled() <= MOST_IN_A_FOOTER && !addressed;
	}
}
