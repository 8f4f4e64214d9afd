package io.rollcall.imports.file;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

class DecidedByFileTests {
	private static final String SURPLUS = "Record has more values than the file has columns";
	private static final String REPEATED = "Username appears more than once in this file";

	private static UserFile file(Set<Integer> surplus, String... usernames) {
		return new UserFile(List.of("Org", "Username"),
				List.of(usernames).stream().map(username -> List.of("00050000", username)).toList(), surplus);
	}

	private static List<String> notes(Outcome outcome) {
		return ((Outcome.Rejected) outcome).notes().stream().map(Note::message).toList();
	}

	@Test
	void recordWithMoreCellsThanColumnsIsRejectedWhateverTheFileIsFor() {
		UserFile file = file(Set.of(2), "maria", "jo", "kim");
		assertThat(DecidedByFile.of(file, Action.UPDATE)).isEqualTo(DecidedByFile.of(file, Action.ADD))
				.isEqualTo(Map.of(2, new Outcome.Rejected(List.of(new Note("record", "record-surplus", SURPLUS)))));
	}

	@Test
	void inAnUpdateTheFirstRecordForAUsernameStands() {
		UserFile file = file(Set.of(), "maria.x", "jo", " MARIA.X\u200B", "", "maria\u2060.x", " ", "jo");
		assertThat(DecidedByFile.of(file, Action.ADD)).as("there the second is for user-service to refuse").isEmpty();
		assertThat(DecidedByFile.of(file, Action.UPDATE)).containsOnlyKeys(3, 5, 7).containsEntry(7,
				new Outcome.Rejected(List.of(new Note("username", "username-repeated", REPEATED))));
	}

	@Test
	void bothCanBeSaidOfARecordAndAFirstOneIsFirstEvenWhenItIsRejected() {
		UserFile file = file(Set.of(1, 2), "maria", "maria", "maria");
		assertThat(DecidedByFile.of(file, Action.UPDATE).values()).extracting(DecidedByFileTests::notes)
				.containsExactly(List.of(SURPLUS), List.of(SURPLUS, REPEATED), List.of(REPEATED));
	}

	@Test
	void whatOnlyLooksLikeAUsernameIsAnother() {
		assertThat(DecidedByFile.of(file(Set.of(), "mark", "mar\u212A", "\u043Cark"), Action.UPDATE)).isEmpty();
	}

	@Test
	void recordThatEndsBeforeItsUsernameIsForNobody() {
		var file = new UserFile(List.of("Org", "Username"), List.of(List.of("1"), List.of("1")));
		assertThat(DecidedByFile.of(file, Action.UPDATE)).isEmpty();
	}
}
