package io.rollcall.imports.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.rollcall.imports.file.Column;
import io.rollcall.imports.table.Proposal.Basis;

/** Matches the columns of a table with those of the template: by what this person chose before, by their titles, by what is in them. */
final class ColumnMatching {
	record Match(Target target, Basis basis) {}

	private static final double MOST = 0.6;
	/** More columns than these are not compared with each other. */
	private static final int MOST_NAMES = 8;
	private static final double NEARLY_ALL = 0.95;
	private static final double SOME = 0.3;
	/** What is told by its look, the surest first. */
	private static final List<Target> BY_CONTENT = List.of(Target.EMAIL, Target.PHONE, Target.ROLE, Target.PROGRAM,
			Target.ORG, Target.FULL_NAME_REVERSED, Target.ADDRESS);

	private final List<String> titles;
	private final List<List<String>> cells;
	private final List<Content> contents;
	private final Map<Integer, Match> matches = new TreeMap<>();
	private final Set<Column> taken = EnumSet.noneOf(Column.class);
	/** Columns that are to be left out, as they were before. */
	private final Set<Integer> left;

	private ColumnMatching(Layout layout, Set<Integer> left) {
		this.titles = layout.titles();
		this.cells = IntStream.range(0, titles.size()).mapToObj(layout::cells).toList();
		this.contents = cells.stream().map(Content::new).toList();
		this.left = left;
	}

	/** @param remembered by the spelling of the title */
	static Map<Integer, Match> of(Layout layout, Map<String, Optional<Target>> remembered) {
		Map<Integer, Optional<Target>> chosen = new TreeMap<>();
		for (int i = 0; i < layout.titles().size(); i++) {
			Optional<Target> target = remembered.get(Synonyms.spelling(layout.titles().get(i)));
			if (target != null) chosen.put(i, target);
		}
		Set<Integer> left = Set.copyOf(chosen.entrySet().stream().filter(it -> it.getValue().isEmpty())
				.map(Map.Entry::getKey).toList());
		var matching = new ColumnMatching(layout, left);
		chosen.forEach((index, target) -> target.ifPresent(it -> matching.match(index, it, Basis.REMEMBERED)));
		matching.byTitle();
		matching.nameBesideAName();
		matching.byContent();
		matching.names();
		matching.usernames();
		return matching.matches;
	}

	private void match(int index, Target target, Basis basis) {
		if (!isFree(index) || target.columns().stream().anyMatch(taken::contains)) return;
		matches.put(index, new Match(target, basis));
		taken.addAll(target.columns());
	}

	private boolean isFree(int index) {
		return !matches.containsKey(index) && !left.contains(index);
	}

	/** Whether its title leaves open what it is. */
	private boolean isOpen(int index) {
		return isFree(index) && !Synonyms.isOther(titles.get(index));
	}

	private void byTitle() {
		record Titled(int index, Synonyms.Synonym synonym) {}
		List<Titled> titled = new ArrayList<>();
		for (int i = 0; i < titles.size(); i++) {
			int index = i;
			Synonyms.of(titles.get(i)).filter(it -> agrees(index, it))
					.ifPresent(it -> titled.add(new Titled(index, it)));
		}
		titled.sort(Comparator.comparingInt(it -> it.synonym().rank()));
		for (Titled it : titled)
			match(it.index(), turned(it.index(), it.synonym().target()), Basis.TITLE);
	}

	/** What is called so, but holds something else, is not it: that title has slipped to another column, say. */
	private boolean agrees(int index, Synonyms.Synonym synonym) {
		Content content = contents.get(index);
		if (synonym.vague()) return content.share(synonym.target()) >= SOME;
		boolean hasAddresses = content.share(Target.EMAIL) >= MOST;
		return content.isEmpty() || switch (synonym.target()) {
			case EMAIL, USERNAME -> synonym.target() == Target.USERNAME || hasAddresses;
			default -> !hasAddresses;
		};
	}

	/** The whole name in one column: which comes first, the cells say. */
	private Target turned(int index, Target target) {
		return target == Target.FULL_NAME && contents.get(index).share(Target.FULL_NAME_REVERSED) >= MOST
				? Target.FULL_NAME_REVERSED
				: target;
	}

	/** A column "Name" beside one for the first name is the last name. */
	private void nameBesideAName() {
		boolean first = taken.contains(Column.FNAME);
		if (first == taken.contains(Column.LNAME)) return;
		for (int i = 0; i < titles.size(); i++)
			if (Synonyms.of(titles.get(i)).filter(it -> it.target() == Target.FULL_NAME).isPresent())
				match(i, first ? Target.LNAME : Target.FNAME, Basis.TITLE);
	}

	private void byContent() {
		for (Target target : BY_CONTENT)
			IntStream.range(0, titles.size()).filter(this::isOpen).boxed()
					.filter(index -> contents.get(index).share(target) >= MOST)
					.max(Comparator.comparingDouble(index -> contents.get(index).share(target)))
					.ifPresent(index -> match(index, target, Basis.CONTENT));
	}

	/** The two columns that the addresses are made of, or else the first two beside each other, or one with both names. */
	private void names() {
		if (taken.contains(Column.FNAME) || taken.contains(Column.LNAME)) return;
		List<Integer> names = IntStream.range(0, titles.size()).filter(this::isName).limit(MOST_NAMES).boxed().toList();
		List<String> addresses = addresses();
		int most = 0;
		int first = -1;
		int last = -1;
		for (int one : names)
			for (int other : names) {
				int votes = one == other ? 0 : NameOrder.votes(cells.get(one), cells.get(other), addresses);
				if (votes > most) {
					most = votes;
					first = one;
					last = other;
				}
			}
		for (int i = 0; i + 1 < names.size() && most == 0; i++)
			if (names.get(i) + 1 == names.get(i + 1)) {
				first = names.get(i);
				last = names.get(i + 1);
				most = 1;
			}
		if (most > 0) {
			match(first, Target.FNAME, Basis.CONTENT);
			match(last, Target.LNAME, Basis.CONTENT);
		} else {
			names.stream().filter(index -> contents.get(index).share(Target.FULL_NAME) >= MOST).findFirst()
					.ifPresent(index -> match(index, Target.FULL_NAME, Basis.CONTENT));
		}
	}

	private boolean isName(int index) {
		return isOpen(index) && contents.get(index).share(Target.FNAME) >= MOST;
	}

	private List<String> addresses() {
		return matches.entrySet().stream().filter(it -> it.getValue().target() == Target.EMAIL).findFirst()
				.map(it -> cells.get(it.getKey()).stream().limit(Content.LOOKED_AT).toList()).orElse(List.of());
	}

	/** A column that holds nothing twice; where there is none, people sign in with their addresses. */
	private void usernames() {
		if (taken.contains(Column.USERNAME)) return;
		IntStream.range(0, titles.size()).filter(this::isOpen)
				.filter(index -> contents.get(index).share(Target.USERNAME) >= NEARLY_ALL).findFirst()
				.ifPresent(index -> match(index, Target.USERNAME, Basis.CONTENT));
		if (taken.contains(Column.USERNAME)) return;
		matches.replaceAll((_, match) -> match.target() == Target.EMAIL
				? new Match(Target.EMAIL_AS_USERNAME, Basis.CONTENT)
				: match);
	}
}
