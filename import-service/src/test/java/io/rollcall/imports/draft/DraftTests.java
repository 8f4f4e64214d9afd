package io.rollcall.imports.draft;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.rollcall.imports.Submitter;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.Correction;
import io.rollcall.imports.file.UserFile;

import static org.assertj.core.api.Assertions.assertThat;

class DraftTests {
	private static final UUID ID = UUID.randomUUID();
	private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
	private static final Instant LATER = NOON.plusSeconds(60);
	private static final Submitter JANE = new Submitter(UUID.randomUUID(), "doe.jane", "DTC", Set.of(), Set.of(),
			Set.of());

	private static final UserFile FILE = new UserFile(List.of("Username"), List.of(List.of("pat")));

	private static Edit edit(int record, Column column, @Nullable String cell) {
		Map<Column, @Nullable String> cells = new EnumMap<>(Column.class);
		cells.put(column, cell);
		return new Edit(record, cells);
	}

	private static Draft edited(Draft draft, Instant at, Edit... edits) {
		return draft.edited(List.of(edits), "doe.jane", at);
	}

	@Test
	void editsAreMergedByCellAndTheRecordCountsAsCorrectedAtTheLatest() {
		Draft first = edited(Draft.none(ID), NOON, edit(2, Column.ROLE, "TA"), edit(5, Column.ORG, "x"));
		Draft second = edited(first, LATER, edit(2, Column.PHONE, ""));
		assertThat(second.version()).isEqualTo(2);
		assertThat(second.corrections()).isEqualTo(Map.of( //
				2, new Correction(Map.of(Column.ROLE, "TA", Column.PHONE, ""), "doe.jane", LATER), //
				5, new Correction(Map.of(Column.ORG, "x"), "doe.jane", NOON)));
	}

	@Test
	void whatIsSaidAgainChangesNothing() {
		Draft first = edited(Draft.none(ID), NOON, edit(2, Column.ROLE, "TA"));
		assertThat(edited(first, LATER, edit(2, Column.ROLE, "TA"))).isSameAs(first);
	}

	@Test
	void correctionIsTakenBackCellByCell() {
		Draft both = edited(Draft.none(ID), NOON, edit(2, Column.ROLE, "TA"), edit(3, Column.ROLE, "TA"));
		Draft one = edited(both, NOON, edit(2, Column.ROLE, null));
		assertThat(one.corrections()).containsOnlyKeys(3);
		assertThat(edited(one, NOON, edit(2, Column.ROLE, null), edit(9, Column.ORG, null)))
				.as("nothing to take back").isSameAs(one);
	}

	@Test
	void sendingTakesAllCorrectionsAndIsKnownByTheVersionItWasMadeOf() {
		Draft corrected = edited(Draft.none(ID), NOON, edit(2, Column.ROLE, "TA"));
		UUID as = UUID.randomUUID();
		Draft sent = corrected.sent(as, JANE, LATER, "trace");
		assertThat(sent.version()).isEqualTo(2);
		assertThat(sent.corrections()).isEmpty();
		assertThat(sent.sent()).containsExactly(2);
		assertThat(sent.owedSince()).isEqualTo(LATER);
		assertThat(sent.sentOf(Set.of(1L))).get().extracting(Sending::importId).isEqualTo(as);
		assertThat(sent.sentOf(Set.of(2L, 0L))).isEmpty();
		Draft next = edited(sent, LATER, edit(4, Column.ROLE, "TC"));
		assertThat(next.owedSince()).as("still owed").isEqualTo(LATER);
		assertThat(next.latest()).isEqualTo(sent.latest());
	}

	@Test
	void draftIsTooLargeByItsBytesAndThoseOfWhatItSent() {
		String half = "€".repeat(166_666);
		Draft draft = edited(Draft.none(ID), NOON, edit(1, Column.ADDRESS, half), edit(2, Column.ADDRESS, half));
		assertThat(draft.isTooLargeFor(5_000_000, FILE)).isFalse();
		assertThat(draft.isTooLargeFor(899_000, FILE)).as("much more than the file").isTrue();
		Draft sent = draft.sent(ID, JANE, NOON, "trace");
		assertThat(edited(sent, NOON, edit(3, Column.ADDRESS, "12345")).isTooLargeFor(5_000_000, FILE)).isTrue();
		assertThat(edited(sent, NOON, edit(3, Column.ADDRESS, "1")).isTooLargeFor(5_000_000, FILE)).isFalse();
		assertThat(Draft.none(ID).corrections()).isEqualTo(Collections.emptySortedMap());
	}

	/** Of signs that take three bytes each, of a file that had one for each. */
	@Test
	void draftIsTooLargeWhereItDoesNotFitIntoADocumentWithItsFile() {
		var file = new UserFile(List.of("Username", "Address"),
				Collections.nCopies(530, List.of("pat", "€".repeat(9_990))));
		Draft draft = edited(Draft.none(ID), NOON, edit(1, Column.ADDRESS, "y".repeat(500_000)));
		assertThat(draft.isTooLargeFor(5_200_000, file)).isFalse();
		Draft more = edited(draft, NOON, edit(2, Column.ADDRESS, "y".repeat(499_000)));
		assertThat(more.isTooLargeFor(5_200_000, file)).isTrue();
		assertThat(more.isTooLargeFor(5_200_000, FILE)).isFalse();
		var corrected = new UserFile(file.header(), file.records(), Set.of(), more.corrections());
		assertThat(draft.isTooLargeFor(5_200_000, corrected)).as("with those of before").isTrue();
		assertThat(draft.isLargerThan(more)).as("what is taken back is no reason to refuse").isFalse();
		assertThat(more.isLargerThan(draft)).isTrue();
	}
}
