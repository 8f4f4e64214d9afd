package io.rollcall.acceptance.damage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.generator.Action;
import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.oracle.Notes;
import io.rollcall.acceptance.oracle.Oracle;
import io.rollcall.acceptance.oracle.Outcome;
import io.rollcall.acceptance.oracle.Prediction;
import io.rollcall.acceptance.oracle.Reading;

import static io.rollcall.acceptance.damage.Damage.*;
import static org.assertj.core.api.Assertions.assertThat;

class DamagerTests {
	/** Those after which a file is refused as a whole. */
	private static final Set<Damage> REFUSING = EnumSet.of(TITLE_LINES, VERSION_LINE, QUOTE_NEVER_CLOSED, QUOTE_WITHIN,
			TEXT_BEHIND_A_QUOTE, LOOKALIKE_COLUMN);

	/** Those after which it goes by what stands there: a letter that is no other, a cell in quotation marks. */
	private static final Set<Damage> EITHER = EnumSet.of(TWO_ENCODINGS, BROKEN_OFF);

	private final Oracle oracle = new Oracle(Directory.ofTheState());

	@Test
	void theSameSeedMakesTheSameFiles() {
		assertThat(digest(7)).isEqualTo(digest(7)).isNotEqualTo(digest(8));
	}

	private static int digest(long seed) {
		var damager = new Damager(seed, new Oracle(Directory.ofTheState()));
		return Stream.generate(() -> Arrays.hashCode(damager.next().bytes())).limit(50).toList().hashCode();
	}

	@Test
	void threeHundredFilesHaveEachDamageAloneAndEachTwoOfThem() {
		var damager = new Damager(20261201, oracle);
		assertThat(damager.round()).isEqualTo(300);
		var turns = new HashSet<Set<Damage>>();
		var notes = new TreeSet<String>();
		var kinds = EnumSet.noneOf(Outcome.Kind.class);
		var wrong = new ArrayList<DamagedFile>();
		for (int i = 0; i < 300; i++) {
			DamagedFile file = damager.next();
			turns.add(file.damages());
			Reading reading = Reading.of(file.bytes());
			boolean refused = reading instanceof Reading.Refused;
			if (file.damages().size() == 1 && refused != REFUSING.containsAll(file.damages())
					&& !EITHER.containsAll(file.damages())) {
				wrong.add(file);
			}
			if (!(reading instanceof Reading.Taken(var _, List<Reading.Record> records))) continue;
			Prediction prediction = file.action() == Action.ADD
					? oracle.addRecords(records)
					: oracle.updateRecords(records);
			prediction.outcomes().forEach(outcome -> {
				kinds.add(outcome.kind());
				notes.addAll(outcome.notes());
			});
		}
		assertThat(turns).hasSize(300);
		assertThat(wrong).isEmpty();
		assertThat(kinds).containsExactlyInAnyOrder(Outcome.Kind.values());
		assertThat(notes).contains(Notes.SURPLUS, Notes.REPEATED, Notes.EXISTS, Notes.ROLE, Notes.USERNAME);
	}
}
