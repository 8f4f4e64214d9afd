package io.rollcall.imports.file.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.file.UserFileFormat.Reading;
import io.rollcall.platform.Blanks;
import io.rollcall.platform.csv.FormulaMark;

/** The lines under a header, as far as they are records. */
final class Records {
	/** Nobody needs to know by how many hundred thousands a file is too long. */
	private static final int COUNTED = 100_000;

	private final Header header;
	private final List<String> columns;
	/** As far to the right as cells belong to the file; beyond the columns there may be notes. */
	private final int width;
	private final int limit;
	private final List<List<String>> records = new ArrayList<>();
	private final Set<Integer> surplus = new TreeSet<>();
	private @Nullable FileRefusal fault;
	private int count;

	/** @param limit of records a file */
	Records(Header header, int limit) {
		this.header = header;
		this.columns = header.withoutNotes().names();
		this.width = header.names().size();
		this.limit = limit;
	}

	/**
	 * @param line where it begins, from 1
	 * @return whether it is a record
	 */
	boolean take(String[] cells, long line) {
		int tooMany = Math.max(0, filled(cells, cells.length) - width);
		if (tooMany == 0 && filled(cells, columns.size()) == 0 || isOfAHeader(cells)) return false;
		if (++count > limit) return true;
		List<String> kept = kept(cells, tooMany);
		if (tooMany > 0) surplus.add(count);
		if (fault == null) fault = endless(kept, line);
		records.add(kept);
		return true;
	}

	/** Files that were put together have one each. */
	private boolean isOfAHeader(String[] cells) {
		Header other = Header.of(cells);
		return other.isSeparator() || header.isRepeatedBy(other);
	}

	/** How many cells there are up to the last, within the first {@code most}, in which there is something to see. */
	private static int filled(String[] cells, int most) {
		int end = Math.min(cells.length, most);
		while (end > 0 && Blanks.isBlank(cells[end - 1]))
			end--;
		return end;
	}

	/**
	 * The cells of the columns, as many as there are. Those that are too many are most probably the rest of the last one, which
	 * commas have torn to pieces; notes stand to the right of them.
	 */
	private List<String> kept(String[] cells, int tooMany) {
		List<String> kept = new ArrayList<>(columns.size());
		for (String cell : Arrays.copyOf(cells, Math.min(cells.length, columns.size())))
			kept.add(FormulaMark.removed(cell));
		if (tooMany > 0) {
			String rest = String.join(",", Arrays.copyOfRange(cells, columns.size(), columns.size() + tooMany));
			kept.add(kept.removeLast() + "," + rest);
		}
		return List.copyOf(kept);
	}

	private @Nullable FileRefusal endless(List<String> cells, long line) {
		for (int i = 0; i < cells.size(); i++) {
			String cell = cells.get(i);
			if (FileLimits.isTooLong(cell)) {
				return new FileRefusal.EndlessCell(count, line, columns.get(i), FileLimits.LONGEST_CELL);
			}
		}
		return null;
	}

	/** How many there were so far. */
	int count() {
		return count;
	}

	/** Whether there are so many that nobody counts any further. */
	boolean areTooManyToCount() {
		return count > COUNTED;
	}

	/** What has become of the file, after its last line. */
	Reading reading() {
		FileRefusal refusal = refusal();
		return refusal == null
				? new Reading.Taken(new UserFile(columns, List.copyOf(records), surplus))
				: new Reading.Refused(refusal);
	}

	private @Nullable FileRefusal refusal() {
		if (areTooManyToCount()) return new FileRefusal.TooManyRecords(COUNTED, true, limit);
		if (count > limit) return new FileRefusal.TooManyRecords(count, false, limit);
		return count == 0 ? new FileRefusal.NoRecords() : fault;
	}
}
