package io.rollcall.imports.csv;

import java.time.Duration;
import java.util.List;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.springframework.util.unit.DataSize;

import io.rollcall.imports.Column;
import io.rollcall.imports.ImportSettings;
import io.rollcall.imports.Note;
import io.rollcall.imports.UserFile;
import io.rollcall.imports.UserFileFormat;
import io.rollcall.imports.UserFileFormat.Reading;
import io.rollcall.imports.UserFileFormat.RejectedRow;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is uploaded is taken or refused; what is taken comes back from an error file as it was. */
class CsvFuzzTests {
	private final UserFileFormat files = new CsvUserFiles(new ImportSettings(DataSize.ofMegabytes(5), 200,
			Duration.ofDays(90), Duration.ofHours(1), Duration.ofDays(1)));

	@DictionaryEntries({"Username,Fname,Lname,Email,Role,Org\\x0a",
			"Username,Fname,Lname,Email,Role,Org,Notes\\x0d\\x0a", "Program", "Phone", "\\x22\\x22", "\\x22,\\x22",
			"'=", "\\xef\\xbb\\xbf", "\\xef\\xbc\\x9d"})
	@FuzzTest(maxDuration = "60s")
	void everyFileIsTakenOrRefused(byte[] content) {
		if (!(files.read(content) instanceof Reading.Taken(UserFile file))) return;
		assertThat(file.header()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(Column.values().length);
		assertThat(file.columns()).containsAll(Column.REQUIRED);
		assertThat(file.records()).isNotEmpty().hasSizeLessThanOrEqualTo(200)
				.allMatch(cells -> cells.size() == file.header().size());
		for (int record = 1; record <= file.records().size(); record++)
			assertThat(file.person(record)).hasSizeLessThanOrEqualTo(200);

		List<Note> notes = List.of(new Note("role", "r", "Invalid role"));
		byte[] errors = files.errorFile(file.header(),
				file.records().stream().map(cells -> new RejectedRow(cells, notes)).toList());
		assertThat(files.read(errors)).isEqualTo(new Reading.Taken(file));
	}
}
