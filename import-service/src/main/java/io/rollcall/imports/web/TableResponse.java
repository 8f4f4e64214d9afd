package io.rollcall.imports.web;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.file.Column;
import io.rollcall.imports.table.Proposal;

/** How a table may be read. */
record TableResponse(String fileName, List<String> sheets, String sheet, int headerLine, List<String> skippedLines,
		List<ColumnResponse> columns, List<String> missing, List<String> ignored, int records) {
	/** A column of the table, with the one of the template that it seems to be. */
	record ColumnResponse(int index, String title, List<String> samples, @Nullable String column,
			@Nullable String reason) {}

	static TableResponse of(String fileName, Proposal proposal) {
		return new TableResponse(fileName, proposal.sheets(), proposal.sheet(), proposal.headerLine(),
				proposal.skippedLines(), proposal.columns().stream().map(TableResponse::column).toList(),
				proposal.missing().stream().map(Column::title).toList(), proposal.ignored(), proposal.records());
	}

	private static ColumnResponse column(Proposal.ProposedColumn column) {
		var target = column.target();
		var basis = column.basis();
		return new ColumnResponse(column.index(), column.title(), column.samples(),
				target == null ? null : target.title(),
				basis == null ? null : basis.name().toLowerCase(Locale.ROOT));
	}
}
