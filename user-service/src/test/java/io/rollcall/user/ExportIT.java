package io.rollcall.user;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserCommand;
import io.rollcall.platform.csv.FormulaMark;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.UsersOverHttp;

import static org.assertj.core.api.Assertions.assertThat;

/** The file that Export Users gives. */
class ExportIT extends UsersOverHttp {
	@Autowired
	private AcknowledgedPublisher publisher;
	@Autowired
	private CloudEvents events;

	private String export(String token, Object request) {
		return http().post().uri("/api/users/exports").headers(it -> it.setBearerAuth(token))
				.contentType(MediaType.APPLICATION_JSON).body(request).exchange((_, response) -> {
					assertThat(response.getHeaders().getContentType()).hasToString("text/csv;charset=UTF-8");
					assertThat(response.getHeaders().getFirst("Content-Disposition")).contains("users.csv");
					return new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
				});
	}

	private static List<List<String>> lines(String csv) throws Exception {
		List<List<String>> lines = new ArrayList<>();
		for (CSVRecord line : CSVFormat.RFC4180.parse(new StringReader(csv.substring(1))))
			lines.add(line.toList());
		return lines;
	}

	@Test
	void selectedAccountsComeInTheColumnsOfTheTemplateWithFormulasNeutralised() throws Exception {
		String username = username("export");
		String id = id(create(serviceCenterToken,
				form(username, "firstName", "=cmd|' /C calc'!A1", "lastName", "O\"Neil, Jr", "role", "STC",
						"organizations", List.of(Fixtures.DOERING.code(), Fixtures.ROBINSON.code()), "programs",
						List.of("1030", "1034"), "address", "1 Main St\n-Agawam", "phone", "413-555-0100")));
		String csv = export(serviceCenterToken, Map.of("userIds", List.of(id)));
		assertThat(csv).startsWith("\uFEFFUsername,Fname,Lname,Email,Role,Org,Program,Phone,Fax,Address\r\n")
				.endsWith("\r\n");
		assertThat(lines(csv)).hasSize(2).last()
				.isEqualTo(List.of(username, "'=cmd|' /C calc'!A1", "O\"Neil, Jr", username + "@agawam.example", "STC",
						Fixtures.DOERING.code() + "|" + Fixtures.ROBINSON.code(), "1030|1034", "413-555-0100", "",
						"1 Main St\n-Agawam"));
	}

	@Test
	void filterOfTheListExportsWhatOneMaySee() throws Exception {
		String mark = username("filter");
		for (String last : List.of("Cruz", "Adams", "Baker"))
			create(serviceCenterToken, form(mark + last, "lastName", last));
		String foreign = id(create(serviceCenterToken,
				form(mark + "Boston", "organizations", List.of(Fixtures.BOSTON_LATIN.code()))));
		String dtc = coordinator(Role.DTC, Fixtures.AGAWAM.code());
		assertThat(lines(export(dtc, Map.of("search", mark, "sort", "lastName,desc")))).extracting(it -> it.get(2))
				.containsExactly("Lname", "Cruz", "Baker", "Adams");
		String own = id(create(dtc, form(mark + "Own")));
		Answer refused = call(HttpMethod.POST, "/api/users/exports", dtc, Map.of("userIds", List.of(own, foreign)));
		assertThat(refused.status()).as("a file that would lack one of the selected").isEqualTo(422);
		assertThat(refused.body().get("detail").asString())
				.isEqualTo("1 of the selected accounts cannot be found any more.");
		assertThat(refused.body().get("errors").get(0).get("field").asString()).isEqualTo("userIds");
		assertThat(lines(export(dtc, Map.of("userIds", List.of(own, own))))).as("one account selected twice")
				.hasSize(2);
	}

	/** As import-service reads a file, which takes the marks off again. */
	@Test
	void exportReadAsAnUpdateChangesNobody() throws Exception {
		String mark = username("kinds");
		List<String> names = List.of("O\"Neil", "Smith, Jr.", "=1+1", "+Plus", "-Minus", "@At", "'=quoted", "''@twice",
				"'apostrophe", "＝wide", "＠wide", "Nguyễn", "محمد", "王小明", "𠮷野屋", "e\u0301".repeat(25), "W".repeat(25),
				"pipe|d", "semi;colon", "\\back");
		List<String> addresses = List.of("1 Main St\nAgawam, MA", "=HYPERLINK(\"http://x\")", "\"quoted\"\n\n\"twice\"",
				"-1\n+2\n=3", "'=3", "x".repeat(200), "第一街1号\n王府");
		for (int i = 0; i < 60; i++) {
			id(create(serviceCenterToken, form(mark + i, "firstName", names.get(i % names.size()), "lastName",
					names.get((i + i / 20) % names.size()), "address", addresses.get(i % addresses.size()), "programs",
					i % 3 == 0 ? List.of() : List.of("1030"))));
		}
		List<List<String>> file = lines(export(serviceCenterToken, Map.of("search", mark)));
		assertThat(file).hasSize(61);
		file.stream().flatMap(List::stream).filter(cell -> !cell.isEmpty())
				.forEach(cell -> assertThat("=+-@\t\r\n＝＋－＠".indexOf(cell.charAt(0))).as(cell).isNegative());
		UUID importId = UUID.randomUUID();
		List<CloudEvent> rows = new ArrayList<>();
		for (int number = 1; number < file.size(); number++) {
			Map<String, String> cells = new LinkedHashMap<>();
			for (int column = 0; column < file.getFirst().size(); column++)
				cells.put(file.getFirst().get(column), FormulaMark.removed(file.get(number).get(column)));
			rows.add(events
					.of(new UserCommand.UpdateUser(UserCommand.commandId(importId, number), importId, number, cells,
							serviceCenter(), false), "key" + number, Instant.now(), null));
		}
		try (var results = fromNow(Topics.USER_COMMAND_RESULTS);
				var facts = fromNow(Topics.USER_EVENTS)) {
			publisher.publish(rows);
			assertThat(results.await(60, SOON)).extracting(it -> json.readTree(it.value()).get("type").asString())
					.containsOnly("RowUnchanged");
			assertThat(facts.drain()).isEmpty();
		}
	}

	@Test
	void requestThatMakesNoSenseIsRefused() {
		assertThat(call(HttpMethod.POST, "/api/users/exports", serviceCenterToken, Map.of("role", "King", "sort", "x"))
				.body().get("errors")).hasSize(2);
		assertThat(call(HttpMethod.POST, "/api/users/exports", serviceCenterToken, Map.of("userIds", List.of()))
				.status()).isEqualTo(422);
		assertThat(call(HttpMethod.POST, "/api/users/exports", serviceCenterToken,
				Map.of("userIds", List.of(UUID.randomUUID()), "role", "TA")).body().get("errors").get(0).get("code")
				.asString())
				.isEqualTo("user-ids-or-filter");
	}
}
