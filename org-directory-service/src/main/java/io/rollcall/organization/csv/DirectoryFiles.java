package io.rollcall.organization.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

import io.rollcall.organization.ListSource;
import io.rollcall.organization.Organization;
import io.rollcall.organization.OrganizationList;
import io.rollcall.organization.OrganizationList.InvalidList;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads the configured files as one list; where two name the same organization, the later file is right. */
@Component
class DirectoryFiles implements ListSource {
	/**
	 * @param asOf the day the files are of; a list of an earlier day than the last one changes nothing
	 * @param files all of them: an organization in none is closed. CSV in UTF-8 with the columns districtCode, schoolCode
	 *     (empty for a district), name, type, town
	 */
	@ConfigurationProperties("rollcall.directory")
	record Settings(LocalDate asOf, List<Resource> files) {}

	private static final List<String> COLUMNS = List.of("districtCode", "schoolCode", "name", "type", "town");
	private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true)
			.setTrim(true).setIgnoreSurroundingSpaces(true).setIgnoreEmptyLines(true).get();

	private final Settings settings;

	DirectoryFiles(Settings settings) {
		this.settings = settings;
	}

	@Override
	public OrganizationList read() {
		Map<String, Organization> organizations = new LinkedHashMap<>();
		for (Resource file : settings.files())
			organizations.putAll(read(file));
		return new OrganizationList(settings.asOf(), new ArrayList<>(organizations.values()));
	}

	private static Map<String, Organization> read(Resource file) {
		Map<String, Organization> organizations = new LinkedHashMap<>();
		var strict = UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
		try (var reader = withoutMark(new BufferedReader(new InputStreamReader(file.getInputStream(), strict)));
				var records = FORMAT.parse(reader)) {
			if (!records.getHeaderNames().containsAll(COLUMNS)) {
				throw new InvalidList(file.getDescription() + " lacks one of the columns " + COLUMNS);
			}
			for (CSVRecord record : records) {
				if (!record.isConsistent()) throw new InvalidList(at(file, record) + " has too few or too many cells");
				Organization organization = organization(file, record);
				if (organizations.put(organization.code(), organization) != null) {
					throw new InvalidList(at(file, record) + " has the code " + organization.code() + " again");
				}
			}
		} catch (IOException | UncheckedIOException | IllegalArgumentException e) {
			throw new InvalidList(file.getDescription() + " cannot be read: " + e.getMessage());
		}
		return organizations;
	}

	/** The one place where a school's code is put together; everywhere else it is opaque. */
	private static Organization organization(Resource file, CSVRecord record) {
		String district = record.get("districtCode");
		String school = record.get("schoolCode");
		String name = record.get("name");
		if (district.isEmpty() || name.isEmpty()) throw new InvalidList(at(file, record) + " lacks a code or a name");
		String type = record.get("type");
		String town = orNull(record.get("town"));
		return school.isEmpty()
				? Organization.district(district, name, type, town)
				: Organization.school(district + "-" + school, name, type, town, district);
	}

	private static @Nullable String orNull(String cell) {
		return cell.isEmpty() ? null : cell;
	}

	private static String at(Resource file, CSVRecord record) {
		return file.getDescription() + ", record " + record.getRecordNumber() + ",";
	}

	/** Spreadsheets put a byte order mark first. */
	private static BufferedReader withoutMark(BufferedReader reader) throws IOException {
		reader.mark(1);
		if (reader.read() != '\uFEFF') reader.reset();
		return reader;
	}
}
