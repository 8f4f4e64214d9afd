package io.rollcall.user;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

import io.rollcall.user.permission.Role;

import static org.assertj.core.api.Assertions.assertThat;

/** The file that Export Users gives. */
class ExportIT extends UsersOverHttp {
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
		assertThat(lines(export(dtc, Map.of("userIds", List.of(foreign))))).hasSize(1);
	}

	@Test
	void requestThatMakesNoSenseIsRefused() {
		assertThat(call(HttpMethod.POST, "/api/users/exports", serviceCenterToken, Map.of("role", "King", "sort", "x"))
				.body().get("errors")).hasSize(2);
		assertThat(call(HttpMethod.POST, "/api/users/exports", serviceCenterToken, Map.of("userIds", List.of()))
				.status()).isEqualTo(422);
	}
}
