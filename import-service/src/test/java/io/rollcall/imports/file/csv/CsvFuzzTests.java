package io.rollcall.imports.file.csv;

import java.util.List;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.springframework.util.unit.DataSize;

import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.file.UserFileFormat;
import io.rollcall.imports.file.UserFileFormat.Reading;
import io.rollcall.imports.file.UserFileFormat.RejectedRow;
import io.rollcall.imports.outcome.Note;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is uploaded is taken or refused; what is taken comes back from an error file as it was. */
class CsvFuzzTests {
	private final UserFileFormat files = new CsvUserFiles(new FileLimits(DataSize.ofMegabytes(5), 200, 200));

	@DictionaryEntries({"Username,Fname,Lname,Email,Role,Org\\x0a",
			"Username,Fname,Lname,Email,Role,Org,Notes\\x0d\\x0a", "Program", "Phone", "\\x22\\x22", "\\x22,\\x22",
			"'=", "\\xef\\xbb\\xbf", "\\xef\\xbc\\x9d"})
	@FuzzTest(maxDuration = "60s")
	void everyFileIsTakenOrRefused(byte[] content) {
		if (!(files.read(content) instanceof Reading.Taken(UserFile file))) return;
		assertThat(file.header()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(Column.values().length);
		assertThat(file.columns()).containsAll(Column.REQUIRED);
		assertThat(file.records()).isNotEmpty().hasSizeLessThanOrEqualTo(200)
				.allMatch(cells -> cells.size() <= file.header().size());
		for (int record = 1; record <= file.records().size(); record++)
			assertThat(file.person(record)).hasSizeLessThanOrEqualTo(200);

		List<Note> notes = List.of(new Note("role", "r", "Invalid role"));
		byte[] errors = files.errorFile(Action.UPDATE, file.header(),
				file.records().stream().map(cells -> new RejectedRow(cells, notes)).toList());
		assertThat(files.read(errors)).isInstanceOfSatisfying(Reading.Taken.class, again -> {
			assertThat(again.file().surplus()).as("joined to one cell").isEmpty();
			assertThat(again.file().records()).hasSameSizeAs(file.records());
			for (int record = 1; record <= file.records().size(); record++)
				assertThat(again.file().cells(record)).isEqualTo(file.cells(record));
		});
	}
}
