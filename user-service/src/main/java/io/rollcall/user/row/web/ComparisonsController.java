package io.rollcall.user.row.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.Sha256;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.Turns;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Reach;
import io.rollcall.user.row.comparison.Comparison;
import io.rollcall.user.row.comparison.Comparison.Compared;
import io.rollcall.user.row.comparison.Comparison.Kept;
import io.rollcall.user.row.comparison.Comparisons;
import io.rollcall.user.row.comparison.Listed;
import io.rollcall.user.row.web.RowJson.RowChange;
import io.rollcall.user.row.web.RowJson.RowNote;

/** A list of all the staff of some organizations, compared with the accounts there: who is new, who has changed, who has left. */
@RestController
@PreAuthorize("hasAuthority('manage-users')")
class ComparisonsController {
	private static final int MOST_ROWS = 10_000;
	private static final int MOST_ORGANIZATIONS = 100;
	/** As in the directory. */
	private static final int LONGEST_CODE = 100;
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Turns turns = new Turns(4, PATIENCE);
	private final Comparisons comparisons;
	private final RowAllowance allowance;

	ComparisonsController(Comparisons comparisons, RowAllowance allowance) {
		this.comparisons = comparisons;
		this.allowance = allowance;
	}

	/** @param rows all the staff of these organizations, in the order of the list */
	record ComparisonRequest(@Nullable List<@Nullable String> organizations,
			@Nullable List<@Nullable ListedRequest> rows) {}

	/**
	 * @param is the id of the account that the row is for, whatever its username says
	 * @param isNot the ids of accounts that it is not for, though much speaks for them
	 */
	record ListedRequest(@Nullable Cells cells, @Nullable UUID is, @Nullable List<@Nullable UUID> isNot) {
		Listed listed(Cells cells) {
			return new Listed(cells.draft(), is, isNot == null
					? Set.of()
					: isNot.stream().filter(Objects::nonNull).collect(Collectors.toSet()));
		}
	}

	/**
	 * {@code affected}: how many people the list would change or lose; {@code held}: whether that is so much that one should say the
	 * number before anything is done. {@code kept}: who is not in the list either, and for whom one has not all rights.
	 */
	record ComparisonResponse(int people, int affected, boolean held, List<RecordResponse> records,
			List<PersonResponse> left, List<KeptResponse> kept) {
		static ComparisonResponse of(Comparison it) {
			return new ComparisonResponse(it.people(), it.affected(), it.isHeld(),
					it.records().stream().map(RecordResponse::of).toList(),
					it.left().stream().map(PersonResponse::of).toList(),
					it.kept().stream().map(KeptResponse::of).toList());
		}
	}

	/**
	 * @param group {@code new}, {@code changed}, {@code moved}, {@code same}, {@code returned}, {@code probable} or {@code rejected}
	 * @param account whom the record is for; of {@code probable}, who that may be
	 * @param likeness of {@code probable}: {@code address-and-name}, {@code address}, {@code name} or {@code first-name}
	 */
	record RecordResponse(String group, @JsonInclude(Include.NON_NULL) @Nullable PersonResponse account,
			@JsonInclude(Include.NON_NULL) @Nullable String likeness, List<RowChange> changes, List<RowNote> notes,
			List<RowNote> warnings) {
		static RecordResponse of(Compared it) {
			Account account = it.account();
			return new RecordResponse(it.group().id(),
					account == null ? null : PersonResponse.of(account),
					it.likeness() == null ? null : it.likeness().id(), RowJson.changes(it.changes()),
					RowJson.faults(it.faults()), RowJson.warnings(it.warnings()));
		}
	}

	record PersonResponse(UUID userId, String username, String firstName, String lastName, String email, String role,
			List<String> organizations) {
		static PersonResponse of(Account account) {
			Profile it = account.profile();
			return new PersonResponse(account.id(), it.username().value(), it.firstName().value(),
					it.lastName().value(), it.email().value(), it.role().name(), it.codes());
		}
	}

	/** @param why {@code oneself}, {@code role} or {@code organizations-outside} */
	record KeptResponse(String why, PersonResponse account) {
		static KeptResponse of(Kept it) {
			return new KeptResponse(switch (it.reach()) {
				case Reach.Oneself _ -> "oneself";
				case Reach.InPart _ -> "organizations-outside";
				case Reach.SeenOnly _ -> "role";
				case Reach.Whole _,Reach.Unseen _ ->
					throw new IllegalStateException("who is managed wholly has left, and others are not seen");
			}, PersonResponse.of(it.account()));
		}
	}

	@PostMapping("/api/users/comparisons")
	@PreAuthorize("hasAuthority('manage-users')")
	ComparisonResponse compare(Actor actor, @RequestBody ComparisonRequest request) {
		List<FieldError> errors = new ArrayList<>();
		Set<String> organizations = organizations(request.organizations(), errors);
		List<Cells> cells = RowJson.cells(request.rows(), ListedRequest::cells, MOST_ROWS, errors);
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		Set<String> notOwn = comparisons.notOwn(actor, organizations);
		if (!notOwn.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, List.of(notOwn(notOwn)));
		UUID account = Objects.requireNonNull(actor.accountId());
		allowance.takeOnce(account, cells.size(),
				Sha256.hex(cells.stream().map(Cells::fingerprint).collect(Collectors.joining())));
		List<@Nullable ListedRequest> rows = Objects.requireNonNull(request.rows());
		List<Listed> list = new ArrayList<>(rows.size());
		for (int i = 0; i < rows.size(); i++)
			list.add(Objects.requireNonNull(rows.get(i)).listed(cells.get(i)));
		return turns.take(account.toString(), cells.stream().mapToLong(Cells::length).sum(),
				() -> ComparisonResponse.of(comparisons.compare(actor, organizations, list)));
	}

	private static Set<String> organizations(@Nullable List<@Nullable String> asked, List<FieldError> errors) {
		List<@Nullable String> given = asked == null ? List.of() : asked;
		Set<String> codes = given.stream().filter(Objects::nonNull).map(String::strip).collect(Collectors.toSet());
		if (codes.isEmpty() || codes.size() > MOST_ORGANIZATIONS || given.stream().anyMatch(Objects::isNull)) {
			errors.add(new FieldError("organizations", "organizations-count",
					"organizations needs 1 to " + MOST_ORGANIZATIONS + " codes."));
		}
		if (codes.stream().anyMatch(code -> code.length() > LONGEST_CODE)) {
			errors.add(new FieldError("organizations", "invalid",
					"A code must be at most " + LONGEST_CODE + " characters long."));
		}
		return codes;
	}

	private static FieldError notOwn(Set<String> codes) {
		return new FieldError("organizations", "organization-not-own",
				"You cannot compare a list with " + String.join(", ", codes.stream().sorted().toList())
						+ ": there is no such organization, or it is not yours.");
	}
}
