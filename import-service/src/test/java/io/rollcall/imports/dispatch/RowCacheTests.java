package io.rollcall.imports.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.UserFile;

import static org.assertj.core.api.Assertions.assertThat;

class RowCacheTests {
	private static final UUID A = new UUID(0, 1);
	private static final UUID B = new UUID(0, 2);
	private static final UUID C = new UUID(0, 3);

	private final RowCache cache = new RowCache(2_000);
	private final List<UUID> read = new ArrayList<>();

	private Map<UUID, ImportedRows> get(UUID... ids) {
		return cache.get(List.of(ids), this::source);
	}

	private List<ImportedRows> source(Collection<UUID> ids) {
		read.addAll(ids);
		return ids.stream().map(RowCacheTests::rows).toList();
	}

	private static ImportedRows rows(UUID id) {
		var submitter = new Submitter(id, "pat", "DTC", Set.of(), Set.of(), Set.of());
		var submission = new Submission(Action.ADD, false, "a.csv", "", 1_000, submitter, Instant.EPOCH, "", null,
				null, null, null, null);
		return new ImportedRows(id, submission, new UserFile(List.of(), List.of()), Map.of(), Map.of());
	}

	@Test
	void rowsAreReadOnce() {
		assertThat(get(A, B)).containsOnlyKeys(A, B);
		assertThat(get(A, B)).containsOnlyKeys(A, B);
		assertThat(read).containsExactly(A, B);
	}

	@Test
	void whatWasNotNeededForLongestMakesRoom() {
		get(A, B);
		get(A);
		get(C); // in place of B
		read.clear();
		get(A, C);
		assertThat(read).isEmpty();
		get(B);
		assertThat(read).containsExactly(B);
	}

	@Test
	void moreAtOnceThanItHoldsIsAnsweredWhole() {
		assertThat(get(A, B, C)).containsOnlyKeys(A, B, C);
	}

	@Test
	void whatIsForgottenMakesRoom() {
		get(A, B);
		cache.forget(A);
		get(C);
		read.clear();
		get(B, C);
		assertThat(read).isEmpty();
	}

	@Test
	void whatDoesNotExistIsAskedForAgain() {
		assertThat(cache.get(List.of(A), _ -> List.of())).isEmpty();
		assertThat(get(A)).containsOnlyKeys(A);
	}
}
