package io.rollcall.organization.csv;

import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

import io.rollcall.organization.Level;
import io.rollcall.organization.Organization;
import io.rollcall.organization.OrganizationList.InvalidList;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DirectoryFilesTests {
	private static final String HEADER = "districtCode,schoolCode,name,type,town\n";

	@Test
	void theStatesListAndTheDemonstrationDistrictsAreComplete() {
		List<Organization> all = read(new ClassPathResource("directory/ma-organizations.csv"),
				new ClassPathResource("directory/demonstration-districts.csv"));

		assertThat(all).hasSize(421 + 2_438 + 7);
		assertThat(all).filteredOn(o -> o.level() == Level.DISTRICT).hasSize(421 + 2);
		assertThat(all).contains(
				Organization.school("00050000-00050303", "Roberta G. Doering School", "Public School", "Agawam",
						"00050000"),
				Organization.school("00-771777-001", "Cyber Falls Sch1-001", "Demonstration School", "Cyber Falls",
						"00-771777"),
				Organization.district("00-771778", "Cyber City", "Demonstration District", "Cyber City"));
	}

	@Test
	void aLaterFileIsRightWhereTwoNameTheSame() {
		assertThat(read(file(HEADER + "1,,Old,District,Town\n"), file(HEADER + "1,,New,District,\n2,,Two,District,\n")))
				.containsExactly(Organization.district("1", "New", "District", null),
						Organization.district("2", "Two", "District", null));
	}

	@Test
	void quotesBlanksAndAMarkAreRead() {
		assertThat(read(file("\uFEFF" + HEADER + "1,, \"Acton, Boxborough\" ,District,\r\n\r\n")))
				.extracting(Organization::name).containsExactly("Acton, Boxborough");
	}

	@Test
	void aFileThatCannotBeRightIsRefusedByNameAndRecord() {
		refused(file("district,name\n1,One\n"), "lacks one of the columns");
		refused(file(HEADER + "1,,One,District\n"), "record 1, has too few or too many cells");
		refused(file(HEADER + "1,,One,District,\n1,,Again,District,\n"), "record 2, has the code 1 again");
		refused(file(HEADER + ",7,One,School,\n"), "record 1, lacks a code or a name");
		refused(file(HEADER + "1,7,One,School,\n"), "lacks the district of 1-7");
		refused(file(HEADER), "empty");
		refused(file(HEADER + "1,,José,District,\n", ISO_8859_1), "cannot be read");
		refused(file(HEADER + "1,,\"One,District,\n"), "cannot be read");
		refused(new ClassPathResource("directory/absent.csv"), "cannot be read");
	}

	private static void refused(Resource file, String why) {
		assertThatThrownBy(() -> read(file)).isInstanceOf(InvalidList.class).hasMessageContaining(why);
	}

	private static List<Organization> read(Resource... files) {
		var settings = new DirectoryFiles.Settings(LocalDate.of(2026, 11, 24), Stream.of(files).toList());
		return new DirectoryFiles(settings).read().organizations();
	}

	private static Resource file(String text) {
		return file(text, UTF_8);
	}

	private static Resource file(String text, Charset charset) {
		return new ByteArrayResource(text.getBytes(charset), "list.csv");
	}
}
