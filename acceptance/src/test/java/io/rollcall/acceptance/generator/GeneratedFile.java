package io.rollcall.acceptance.generator;

import java.util.List;

import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Prediction;
import io.rollcall.acceptance.oracle.Row;

/**
 * A file with what must become of it.
 *
 * @param columns in the order of the file
 * @param description its encoding, line ends and the like, for a failure's first line
 */
public record GeneratedFile(int number, Action action, List<Column> columns, List<Row> rows, Prediction prediction,
		byte[] bytes, String description) {
	public String name() {
		return "generated-%02d-%s.csv".formatted(number, action.wire());
	}
}
