package io.rollcall.acceptance.generator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Csv;
import io.rollcall.acceptance.oracle.Row;

/** Files of made-up people without fault, one address each. */
public final class People {
	private People() {}

	/** Coordinators and administrators of Agawam, named after the test that makes them. */
	public static List<Row> of(String name, int count) {
		return of(name, count, "00050000", "00050000-00050303");
	}

	public static List<Row> of(String name, int count, String district, String school) {
		return IntStream.rangeClosed(1, count)
				.mapToObj(i -> Row.of("%s.%03d".formatted(name, i), "Pat", "Number " + i, email(name, i),
						i % 10 == 1 ? "DTC" : "TA", i % 10 == 1 ? district : school, "", "413-555-%04d".formatted(i)))
				.toList();
	}

	private static String email(String name, int i) {
		return "%s.%03d@people.example".formatted(name, i);
	}

	/** The file with all ten columns. */
	public static byte[] file(List<Row> rows) {
		return Stream
				.concat(Stream.of(Stream.of(Column.values()).map(Column::header).toList()),
						rows.stream().map(row -> Stream.of(Column.values()).map(row::cell).toList()))
				.map(cells -> cells.stream().map(cell -> Csv.cell(cell, false)).collect(Collectors.joining(",")))
				.collect(Collectors.joining("\r\n", "", "\r\n")).getBytes(StandardCharsets.UTF_8);
	}
}
