package io.rollcall.acceptance.tables;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.UploadForm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hundred tables that LibreOffice and Gnumeric have saved ({@link TableMaker}): how many reach the preview that their list asks for
 * with the columns as they are proposed, what has to be changed for the others, and that no cell is taken for another unseen.
 */
@Tag("long")
class TablesIT {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	/** Changes of columns that somebody makes before the preview. */
	private static final int MOST_CHANGES = 3;

	private final Imports coordinator = RunningSystem.shared().coordinatorOf(TablePlan.DISTRICT);
	private final List<String> wrong = new ArrayList<>();
	/** Of which a program has made something else than a table before, as one column of whole lines. They are refused. */
	private final List<String> unread = new ArrayList<>();
	private final List<String> byHand = new ArrayList<>();

	@Test
	void tablesOfKnownListsReachTheirPreview() throws IOException {
		var changes = new TreeMap<Integer, List<Integer>>();
		int cells = 0;
		int suggested = 0;
		int open = 0;
		for (int number = 0; number < TablePlan.COUNT; number++) {
			TablePlan plan = TablePlan.of(number);
			int before = byHand.size();
			Preview preview = preview(plan);
			if (preview == null) {
				unread.add(plan.fileName());
				continue;
			}
			changes.computeIfAbsent(preview.changes(), _ -> new ArrayList<>()).add(number);
			cells += preview.cells();
			suggested += preview.suggested();
			open += byHand.size() - before;
		}
		System.out.println("Tables that are not read: " + unread);
		System.out.println("Tables by changes of the proposed columns: " + changes);
		System.out.println("Cells: " + cells + ", right by a proposal: " + suggested + ", left to the person: " + open);
		byHand.forEach(System.out::println);
		assertThat(wrong).as("taken for something else").isEmpty();
		long few = changes.headMap(MOST_CHANGES, true).values().stream().mapToInt(List::size).sum();
		assertThat(few).isGreaterThanOrEqualTo(95);
		assertThat(byHand).hasSizeLessThan(cells / 100);
	}

	private record Preview(int changes, int cells, int suggested) {}

	private @Nullable Preview preview(TablePlan plan) throws IOException {
		byte[] content = content(plan.fileName());
		HttpResponse<byte[]> answer = coordinator.post("/api/imports/tables",
				UploadForm.of(plan.fileName(), content, Map.of()));
		assertThat(answer.statusCode()).as(plan.fileName() + ": " + Imports.text(answer)).isEqualTo(200);
		JsonNode proposal = Imports.json(answer);
		int changes = 0;
		Map<String, String> columns = new TreeMap<>();
		for (JsonNode column : proposal.path("columns")) {
			String proposed = column.path("column").asString("");
			String is = plan.targets().getOrDefault(column.path("title").asString(), "");
			if (!proposed.equals(is)) {
				changes++;
				System.out.println(plan.fileName() + ": " + column.path("title") + " was taken for " + proposed);
			}
			if (!is.isEmpty()) columns.put(column.path("index").asString(), is);
		}
		String table = JSON.writeValueAsString(Map.of("sheet", proposal.path("sheet").asString(""), "headerLine",
				proposal.path("headerLine").asInt(), "columns", columns));
		HttpResponse<byte[]> upload = coordinator.post("/api/imports",
				UploadForm.of(plan.fileName(), content, Map.of("action", "add", "dryRun", "true", "table", table)));
		if (upload.statusCode() == 422) return null;
		String id = Imports.json(upload).path("id").asString();
		if (proposal.path("records").asInt() != plan.people().size()) {
			wrong.add("%s: %s records, skipped %s".formatted(plan.fileName(), proposal.path("records"),
					proposal.path("skippedLines")));
		}
		coordinator.awaitCompleted(id);
		JsonNode rows = Imports.json(coordinator.get("/api/imports/" + id + "/rows?size=200")).path("items");
		int suggested = 0;
		int cells = 0;
		for (int i = 0; i < plan.people().size(); i++) {
			for (Column column : Column.values()) {
				if (!rows.path(i).path("cells").has(column.header())) continue;
				cells++;
				suggested += judged(plan, plan.people().get(i), rows.path(i), column) ? 1 : 0;
			}
		}
		return new Preview(changes, cells, suggested);
	}

	private static final Map<Column, String> FIELDS = Map.of(Column.USERNAME, "username", Column.FNAME, "firstName",
			Column.LNAME, "lastName", Column.EMAIL, "email", Column.ROLE, "role", Column.ORG, "organizations",
			Column.PROGRAM, "programs", Column.PHONE, "phone", Column.FAX, "fax", Column.ADDRESS, "address");

	/** Whether a proposal made it right. */
	private boolean judged(TablePlan plan, Row person, JsonNode row, Column column) {
		String expected = person.cell(column);
		String cell = row.path("cells").path(column.header()).asString().strip();
		if (cell.equals(expected)) return false;
		String field = FIELDS.get(column);
		String what = "%s, record %s, %s: '%s' for '%s'".formatted(plan.fileName(), row.path("recordNumber"), column,
				cell,
				expected);
		boolean noted = row.path("notes").valueStream().anyMatch(note -> note.path("field").asString().equals(field));
		List<String> proposed = row.path("suggestions").valueStream()
				.filter(it -> it.path("field").asString().equals(field)).map(it -> it.path("value").asString())
				.toList();
		if (!noted) {
			wrong.add(what);
		} else if (proposed.isEmpty()) {
			byHand.add(what);
		} else if (!proposed.equals(List.of(expected))) {
			wrong.add(what + ", proposed " + proposed);
		}
		return proposed.equals(List.of(expected));
	}

	private static byte[] content(String name) throws IOException {
		try (var file = TablesIT.class.getResourceAsStream("/tables/" + name)) {
			if (file == null) throw new IOException("no table " + name);
			return file.readAllBytes();
		}
	}
}
