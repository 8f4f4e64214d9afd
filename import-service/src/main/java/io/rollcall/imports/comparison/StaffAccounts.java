package io.rollcall.imports.comparison;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** What user-service says of a list: {@code POST /api/users/comparisons}, whose document explains each word. */
public interface StaffAccounts {
	/** @param cells by the columns' titles */
	record Row(Map<String, String> cells, @Nullable UUID is, Set<UUID> isNot) {}

	sealed interface Answer permits Answer.Compared, Refusal {
		record Compared(int people, int affected, boolean held, List<ComparedRow> records, List<Person> left,
				List<Kept> kept) implements Answer {}
	}

	/** Why it says nothing. */
	sealed interface Refusal extends Answer {
		/** Some of the organizations are not the caller's, or not any more. */
		record NotOwn(String detail) implements Refusal {}

		/** The caller has had as many rows judged as is possible in a day. */
		record Spent(Duration left) implements Refusal {}
	}

	record ComparedRow(String group, @Nullable Person account, @Nullable String likeness, List<Change> changes,
			List<Remark> notes, List<Remark> warnings) {
		private static final String REJECTED = "rejected";

		/** For the file's own reasons, whatever the accounts say. */
		ComparedRow rejected(List<Remark> why) {
			return new ComparedRow(REJECTED, account, null, List.of(), why, List.of());
		}

		boolean isRejected() {
			return group.equals(REJECTED);
		}

		boolean isProbable() {
			return group.equals("probable");
		}

		public boolean isSame() {
			return group.equals("same");
		}

		boolean addsOrChanges() {
			return List.of("new", "changed", "moved").contains(group);
		}
	}

	record Person(UUID userId, String username, String firstName, String lastName, String email, String role,
			List<String> organizations) {}

	record Kept(String why, Person account) {}

	record Change(String field, String before, String after) {}

	record Remark(String field, String code, String message) {}

	/**
	 * @param bearer the access token of whoever compares
	 * @throws io.rollcall.platform.TemporarilyUnavailable when there is no answer in time
	 */
	Answer compare(List<String> organizations, List<Row> rows, String bearer);
}
