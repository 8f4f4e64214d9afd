package io.rollcall.user.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The texts of all entries one behind the other, so that a search reads memory from front to back instead of visiting every entry.
 * Entries are only added; those that have a successor are left out when they are more than half. Any thread may search at any time.
 */
final class SearchText {
	/** Stands behind each text and in none. */
	private static final char END = '\0';
	private static final int PER_BLOCK = 256;

	/** So many entries with their texts, and where each text ends. */
	private record Block(List<RosterEntry> entries, String text, int[] ends) {
		static Block of(List<RosterEntry> entries) {
			var text = new StringBuilder();
			int[] ends = new int[entries.size()];
			for (int i = 0; i < ends.length; i++) {
				text.append(entries.get(i).folded()).append(END);
				ends[i] = text.length();
			}
			return new Block(entries, text.toString(), ends);
		}

		void search(String part, Consumer<RosterEntry> found) {
			int index = 0;
			for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, ends[index])) {
				while (ends[index] <= at)
					index++;
				found.accept(entries.get(index));
			}
		}
	}

	/** @param rest what does not fill a block yet */
	private record Contents(List<Block> blocks, List<RosterEntry> rest) {}

	private final Predicate<RosterEntry> succeeded;
	private volatile Contents contents = new Contents(List.of(), List.of());
	private int successors;

	/** @param succeeded whether there is a later version of an entry */
	SearchText(Predicate<RosterEntry> succeeded) {
		this.succeeded = succeeded;
	}

	/** @param successor whether there was an earlier version of it */
	synchronized void add(RosterEntry entry, boolean successor) {
		if (successor) successors++;
		if (successors > PER_BLOCK && successors > contents.blocks().size() * PER_BLOCK / 2) {
			List<RosterEntry> left = new ArrayList<>();
			for (Block block : contents.blocks())
				block.entries().stream().filter(succeeded.negate()).forEach(left::add);
			left.addAll(contents.rest());
			contents = new Contents(List.of(), List.of());
			successors = 0;
			append(left);
		}
		append(List.of(entry));
	}

	private void append(List<RosterEntry> entries) {
		List<RosterEntry> rest = new ArrayList<>(contents.rest());
		rest.addAll(entries);
		int whole = rest.size() - rest.size() % PER_BLOCK;
		List<Block> blocks = contents.blocks();
		if (whole > 0) {
			blocks = new ArrayList<>(blocks);
			for (int i = 0; i < whole; i += PER_BLOCK)
				blocks.add(Block.of(List.copyOf(rest.subList(i, i + PER_BLOCK))));
		}
		contents = new Contents(blocks, List.copyOf(rest.subList(whole, rest.size())));
	}

	/** All entries in whose text this part is, in no order; also some that have a successor. */
	void search(String part, Consumer<RosterEntry> found) {
		if (part.indexOf(END) >= 0) return;
		Contents now = contents;
		for (Block block : now.blocks())
			block.search(part, found);
		for (RosterEntry entry : now.rest())
			if (entry.folded().contains(part)) found.accept(entry);
	}
}
