package io.rollcall.user.row.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.Turns;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.row.Outcome;
import io.rollcall.user.row.Row;
import io.rollcall.user.row.RowValidations;
import io.rollcall.user.row.RowValidations.Validation;
import io.rollcall.user.row.web.RowJson.RowChange;
import io.rollcall.user.row.web.RowJson.RowNote;

/** Rows of a file, judged while somebody types them (guide, section V.D). */
@RestController
@PreAuthorize("hasAuthority('manage-users')")
class RowValidationsController {
	private static final int MOST_ROWS = 200;
	/** Somebody waits for each key pressed. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Turns turns = new Turns(4, PATIENCE);
	private final RowValidations validations;
	private final RowAllowance allowance;

	RowValidationsController(RowValidations validations, RowAllowance allowance) {
		this.validations = validations;
		this.allowance = allowance;
	}

	/** The rows of a file, in its order. */
	record RowsRequest(@Nullable String action, @Nullable List<@Nullable RowRequest> rows) {}

	record RowRequest(@Nullable Cells cells) {}

	record RowsResponse(List<RowResult> results) {}

	/**
	 * What would become of a row.
	 *
	 * @param outcome {@code created}, {@code updated}, {@code unchanged} or {@code rejected}
	 * @param notes why it is rejected
	 * @param warnings what is legal, but hardly meant
	 */
	record RowResult(String outcome, List<RowNote> notes, List<RowNote> warnings, List<RowChange> changes) {}

	@PostMapping("/api/users/row-validations")
	@PreAuthorize("hasAuthority('manage-users')")
	RowsResponse judge(Actor actor, @RequestBody RowsRequest request) {
		List<FieldError> errors = new ArrayList<>();
		Row.Kind kind = "add".equals(request.action()) ? Row.Kind.ADD : Row.Kind.UPDATE;
		if (kind == Row.Kind.UPDATE && !"update".equals(request.action()))
			errors.add(new FieldError("action", "invalid", "The action must be add or update."));
		List<Cells> rows = RowJson.cells(request.rows(), RowRequest::cells, MOST_ROWS, errors);
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		UUID account = Objects.requireNonNull(actor.accountId());
		allowance.take(account, rows.size());
		List<Draft> drafts = rows.stream().map(Cells::draft).toList();
		List<Validation> judged = turns.take(account.toString(), rows.stream().mapToLong(Cells::length).sum(),
				() -> validations.judge(account, kind, drafts));
		return new RowsResponse(judged.stream().map(RowValidationsController::result).toList());
	}

	private static RowResult result(Validation judged) {
		List<RowNote> warnings = RowJson.warnings(judged.warnings());
		return switch (judged.outcome()) {
			case Outcome.Created _ -> new RowResult("created", List.of(), warnings, List.of());
			case Outcome.Updated it -> new RowResult("updated", List.of(), warnings, RowJson.changes(it.changes()));
			case Outcome.Unchanged _ -> new RowResult("unchanged", List.of(), warnings, List.of());
			case Outcome.Rejected(List<Fault> faults) ->
				new RowResult("rejected", RowJson.faults(faults), warnings, List.of());
			case Outcome.Deactivated _ -> throw new IllegalStateException("a row that was typed undoes nothing");
		};
	}
}
