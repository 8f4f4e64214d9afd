package io.rollcall.acceptance;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Csv;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.oracle.Text;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.Inbox;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who exports accounts and brings the files back as they are changes nobody; {@code -Drollcall.exported=2000} for more than one
 * file of them.
 */
class ExportIT {
	private static final int ACCOUNTS = Integer.getInteger("rollcall.exported", 200);
	private static final int A_FILE = 200;
	private static final String DOMAIN = "@exported.example";
	/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), with its full-width twins. */
	private static final String TRIGGERS = "=+-@\t\r\n＝＋－＠";
	private static final List<String> NAMES = List.of("O\"Neil", "Smith, Jr.", "=1+1", "+Plus", "-Minus", "@At",
			"'=quoted", "''@twice", "'apostrophe", "＝wide", "＋wide", "－wide", "＠wide", "Nguyễn", "محمد", "王小明", "𠮷野屋",
			"नेहा", "สมชาย", "Ægir", "e\u0301".repeat(25), "W".repeat(25), "𠮷".repeat(25), "pipe|d", "semi;colon",
			"\\back",
			"a\"\"b", "NULL", "00123", "1e5", "TRUE");
	private static final List<String> ADDRESSES = List.of("", "1 Main St\nAgawam, MA", "=HYPERLINK(\"http://x\",\"y\")",
			"\"quoted\"\n\n\"twice\"", "-1\n+2\n=3", "'=3", "x".repeat(200), "第一街1号\n王府", "2 Main St\r\nBoston",
			"@SUM(1)",
			"＝1", "''-dash");
	private static final List<String> USERNAMES = List.of("exported", "+exported", "-exported", "@exported",
			"'@exported", "'exported");
	private static final List<String> EMAILS = List.of("person", "=person", "+person", "-person", "o'brien");

	private final RunningSystem system = RunningSystem.shared();

	@Test
	void exportBroughtBackAsAnUpdateChangesNobody() {
		List<Row> people = people();
		var ids = new ArrayList<List<String>>();
		for (int from = 0; from < people.size(); from += A_FILE) {
			List<Row> file = people.subList(from, Math.min(from + A_FILE, people.size()));
			var added = system.imports().run("people.csv", People.file(file), "add");
			assertThat(added.created()).as("created of %s", system.imports().rows(added.id())).isEqualTo(file.size());
			ids.add(accounts(added.id()));
		}
		system.awaitRest();
		List<byte[]> files = ids.stream().map(
				selected -> system.imports().post("/api/users/exports", Map.of("userIds", selected)).body()).toList();
		assertAsEnteredAndNeutralised(people, files);
		long facts = system.topics().size("user-events");
		long credentials = system.topics().size("credential-events");
		long mails = system.inbox().newest();

		int unchanged = 0;
		for (byte[] file : files)
			unchanged += system.imports().run("users.csv", file, "update").unchanged();

		System.out.printf("Exported and brought back: %d accounts in %d files, %d unchanged%n", people.size(),
				files.size(), unchanged);
		assertThat(unchanged).isEqualTo(people.size());
		system.awaitRest();
		assertThat(system.topics().size("user-events")).isEqualTo(facts);
		assertThat(system.topics().size("credential-events")).isEqualTo(credentials);
		assertThat(system.inbox().linesAfter(mails)).extracting(Inbox.Line::recipient)
				.noneMatch(recipient -> recipient.endsWith(DOMAIN));
	}

	/** No two of the lists have a common divisor of their lengths that would let a text meet the same ones only. */
	private static List<Row> people() {
		return IntStream.range(0, ACCOUNTS).mapToObj(i -> {
			boolean district = i % 7 == 0;
			return Row.of(marked("%s.%05d".formatted(of(USERNAMES, i), i)), marked(of(NAMES, i)),
					marked(of(NAMES, i / NAMES.size() + 3 * i + 1)),
					marked("%s%05d".formatted(of(EMAILS, i), i) + DOMAIN), district ? "DTC" : "TA",
					district ? "00050000" : i % 5 == 0 ? "00050000-00050303|00050000-00050025" : "00050000-00050303",
					i % 3 == 0 ? "" : i % 3 == 1 ? "1030" : "1030|1034", i % 2 == 0 ? "413-555-0100" : "", "",
					marked(of(ADDRESSES, i)));
		}).toList();
	}

	private static String of(List<String> texts, int i) {
		return texts.get(i % texts.size());
	}

	private static String marked(String cell) {
		return Text.withMark(cell);
	}

	private List<String> accounts(String id) {
		return Imports.json(system.imports().get("/api/imports/" + id + "/rows?size=" + A_FILE)).path("items")
				.valueStream().map(row -> row.path("userId").asString()).toList();
	}

	private static void assertAsEnteredAndNeutralised(List<Row> people, List<byte[]> files) {
		Map<String, List<String>> exported = new HashMap<>();
		for (byte[] file : files) {
			List<List<String>> lines = Csv.read(new String(file, StandardCharsets.UTF_8));
			assertThat(lines.getFirst()).isEqualTo(List.of("Username", "Fname", "Lname", "Email", "Role", "Org",
					"Program", "Phone", "Fax", "Address"));
			lines.subList(1, lines.size()).forEach(line -> exported.put(line.getFirst(), line));
		}
		assertThat(exported.values()).allSatisfy(line -> assertThat(line)
				.noneMatch(cell -> !cell.isEmpty() && TRIGGERS.indexOf(cell.charAt(0)) >= 0));
		assertThat(exported).hasSize(people.size());
		for (Row person : people) {
			List<String> line = exported.get(person.cell(Column.USERNAME));
			for (Column column : List.of(Column.FNAME, Column.LNAME, Column.EMAIL, Column.PROGRAM, Column.ADDRESS))
				assertThat(plain(line.get(column.ordinal()))).isEqualTo(plain(person.cell(column)));
		}
	}

	/** Letters with their marks composed, as they are kept; the kind of a line break is nobody's matter. */
	private static String plain(String cell) {
		return Normalizer.normalize(cell, Normalizer.Form.NFC).replace("\r\n", "\n");
	}
}
