package io.rollcall.imports.file.csv;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.file.UserFileFormat;
import io.rollcall.imports.file.UserFileFormat.Reading;
import io.rollcall.imports.file.UserFileFormat.RejectedRow;
import io.rollcall.imports.outcome.Note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class CsvUserFilesTests {
	private static final String HEADER = "Username,Fname,Lname,Email,Role,Org";
	private static final String ROW = "mokafor,Maria,Okafor,m@a.example,TA,00050000-00050303";

	private final UserFileFormat files = new CsvUserFiles(new FileLimits(DataSize.ofMegabytes(5), 200, 200));

	private Reading read(String text) {
		return files.read(text.getBytes(UTF_8));
	}

	private UserFile taken(String text) {
		return taken(text.getBytes(UTF_8));
	}

	private UserFile taken(byte[] content) {
		Reading reading = files.read(content);
		assertThat(reading).isInstanceOf(Reading.Taken.class);
		return ((Reading.Taken) reading).file();
	}

	private FileRefusal refused(String text) {
		return refused(text.getBytes(UTF_8));
	}

	private FileRefusal refused(byte[] content) {
		Reading reading = files.read(content);
		assertThat(reading).isInstanceOf(Reading.Refused.class);
		return ((Reading.Refused) reading).reason();
	}

	@Nested
	class Encodings {
		static Stream<Arguments> encodingsAndLineEnds() {
			List<Arguments> all = new ArrayList<>();
			for (String end : List.of("\r\n", "\n", "\r")) {
				all.add(Arguments.of("UTF-8", "", UTF_8, end));
				all.add(Arguments.of("UTF-8 with mark", "\uFEFF", UTF_8, end));
				all.add(Arguments.of("UTF-16LE with mark", "\uFEFF", StandardCharsets.UTF_16LE, end));
				all.add(Arguments.of("UTF-16BE with mark", "\uFEFF", StandardCharsets.UTF_16BE, end));
				all.add(Arguments.of("Windows-1252", "", Charset.forName("windows-1252"), end));
			}
			return all.stream();
		}

		@ParameterizedTest
		@MethodSource("encodingsAndLineEnds")
		void fileIsReadInEachEncodingWithEachLineEnd(String name, String mark, Charset charset, String end) {
			String text = mark + HEADER + ",Address" + end
					+ "josé€,\"Zoë, \"\"Z\"\"\",Šimková,e@x.example,TA,00050000,\"a"
					+ end + "b\"" + end + "two,B,Bb,b@x.example,TA,00050000," + end;
			UserFile file = taken(text.getBytes(charset));
			assertThat(file.records()).containsExactly(
					List.of("josé€", "Zoë, \"Z\"", "Šimková", "e@x.example", "TA", "00050000", "a" + end + "b"),
					List.of("two", "B", "Bb", "b@x.example", "TA", "00050000", ""));
		}

		@Test
		void anyScriptIsKept() {
			assertThat(taken(HEADER + "\n王小明,Nguyễn,Ω😀,x@x.example,TA,1").records().getFirst()).startsWith("王小明",
					"Nguyễn", "Ω😀");
		}

		@ParameterizedTest
		@ValueSource(ints = {0x81, 0x8D, 0x8F, 0x90, 0x9D})
		void byteThatWindows1252DoesNotDefineIsNotText(int undefined) {
			byte[] content = (HEADER + "\n" + ROW + "x").getBytes(UTF_8);
			content[content.length - 1] = (byte) undefined;
			assertThat(refused(content)).isEqualTo(new FileRefusal.NotCsv());
		}

		private FileRefusal mixed(String utf8, String windows1252, String utf8Again) {
			byte[] first = utf8.getBytes(UTF_8);
			byte[] second = windows1252.getBytes(Charset.forName("windows-1252"));
			byte[] third = utf8Again.getBytes(UTF_8);
			return refused(ByteBuffer.allocate(first.length + second.length + third.length).put(first).put(second)
					.put(third).array());
		}

		@Test
		void fileInTwoEncodingsIsRefusedNamingTheFirstRecordThatIsNotInUtf8() {
			String named = ROW.replace("Maria", "Inés");
			assertThat(mixed(HEADER + "\n" + named + "\n\n", named + "\n" + named, "\n" + named))
					.isEqualTo(new FileRefusal.TwoEncodings(2, 4));
			assertThat(mixed(HEADER + "\r\n", named + "\r\n", named)).isEqualTo(new FileRefusal.TwoEncodings(1, 2));
			assertThat(mixed("\uFEFF" + HEADER + "\n" + ROW + "\n", named, "")).as("its mark says UTF-8")
					.isEqualTo(new FileRefusal.TwoEncodings(2, 3));
			assertThat(mixed("\n" + HEADER + ",", "é", "\n" + ROW + "\n" + named))
					.isEqualTo(new FileRefusal.WrongColumns(List.of(), List.of(), List.of("?")));
			assertThat(mixed(HEADER + ",Address\n" + named + ",\"a\nb\n", "é", "\"\n" + named))
					.isEqualTo(new FileRefusal.TwoEncodings(1, 4));
			assertThat(mixed("\uFEFF" + HEADER + "\n\uFEFF" + named + "\n\uFEFF", named, ""))
					.isEqualTo(new FileRefusal.TwoEncodings(2, 3));
			assertThat(mixed("Dear Inés\n", "Dear José", "")).isEqualTo(new FileRefusal.NotCsv());
		}

		@Test
		void byteOrderMarkInsideIsNothing() {
			String part = "\uFEFF\"Username\",\"Fname\",\"Lname\",\"Email\",\"Role\",\"Org\"\r\n" + ROW + "\r\n";
			assertThat(taken(part + part + "\uFEFF" + ROW.replace("Maria", "Ma\uFEFFria")).records())
					.containsOnly(List.of(ROW.split(","))).hasSize(3);
			assertThat(taken((part + part).getBytes(StandardCharsets.UTF_16LE)).records()).hasSize(2);
		}
	}

	@Nested
	class Records {
		@Test
		void columnsStandInAnyOrderAndAnyCaseWithBlanksAround() {
			UserFile file = taken(
					"ORG, role ,email,LNAME,fname,\u00A0Username\n00050000,TA,a@b.example,Okafor,Maria,m1");
			assertThat(file.header()).containsExactly("ORG", "role", "email", "LNAME", "fname", "Username");
			assertThat(file.cells(1)).containsEntry(Column.USERNAME, "m1").containsEntry(Column.ORG, "00050000")
					.hasSize(6);
		}

		@Test
		void blankAndBareCommaRowsAreNoRecords() {
			UserFile file = taken(
					"\n,,,\n" + HEADER + "\n\n,,,,,\n" + ROW + "\n  , ,,,,\n,,,,,,,,,,,\n" + ROW + "\n\n");
			assertThat(file.records()).hasSize(2);
		}

		@Test
		void cellsAreNotTrimmed() {
			assertThat(taken(HEADER + "\n  m1 ,\tMaria, Okafor,x, y ,z ").records().getFirst()).containsExactly("  m1 ",
					"\tMaria", " Okafor", "x", " y ", "z ");
		}

		@Test
		void shortRecordHasTheCellsThatItHas() {
			UserFile file = taken(HEADER + ",Phone,Fax\nm1,Maria\nm2,Maria,\n" + ROW + ",,\n");
			assertThat(file.records()).extracting(List::size).containsExactly(2, 3, 8);
			assertThat(file.cells(2)).containsOnlyKeys(Column.USERNAME, Column.FNAME, Column.LNAME);
			assertThat(file.surplus()).isEmpty();
		}

		@Test
		void blankCellsToTheRightAreIgnored() {
			assertThat(taken(HEADER + ",,\n" + ROW + ",,, ,,,").records().getFirst()).hasSize(6);
		}

		@Test
		void whatIsTooMuchIsJoinedToTheLastCellAndTheRecordMarked() {
			UserFile file = taken(HEADER + ",Address\n" + ROW + ",\"4 Mill Lane, Agawam\"\n\n" + ROW
					+ ",6 Mill Lane, Agawam,,\"MA, USA\",\n" + ROW);
			assertThat(file.records()).extracting(List::getLast).containsExactly("4 Mill Lane, Agawam",
					"6 Mill Lane, Agawam,,MA, USA", "00050000-00050303");
			assertThat(file.surplus()).containsExactly(2);
			assertThat(taken(HEADER + ",\n" + ROW + ",x\n").surplus()).as("the last column has no name")
					.containsExactly(1);
			assertThat(taken(HEADER + "\n,,,,,,x\n").records()).containsExactly(List.of("", "", "", "", "", ",x"));
		}

		@Test
		void notesStandToTheRightOfWhatIsTooMuch() {
			UserFile file = taken(HEADER + ",Address,Notes\n" + ROW + ",6 Mill Lane, Agawam,Invalid role\n");
			assertThat(file.records().getFirst().getLast()).isEqualTo("6 Mill Lane, Agawam");
			assertThat(file.surplus()).containsExactly(1);
		}

		@Test
		void whatIsTooMuchIsEndlessLikeAnyOtherCell() {
			assertThat(refused(HEADER + "\n" + ROW + ",".repeat(9_990) + "x"))
					.isEqualTo(new FileRefusal.EndlessCell(1, 2, "Org", 10_000));
		}

		@Test
		void cellThatNoFieldHasRoomForIsRefusedNamingItsPlace() {
			String longest = "x".repeat(10_000);
			assertThat(taken(HEADER + "\n" + ROW + "\n" + ROW.replaceFirst("[^,]+", longest)).records()).hasSize(2);
			assertThat(taken(HEADER + "\n" + ROW.replaceFirst("[^,]+", "😀".repeat(10_000))).records()).hasSize(1);
			assertThat(refused(HEADER + "\n" + ROW + "\n\n" + ROW.replaceFirst("[^,]+", longest + "x") + "\n" + ROW))
					.isEqualTo(new FileRefusal.EndlessCell(2, 4, "Username", 10_000));
			assertThat(taken(HEADER + ",Notes\n" + ROW + "," + longest + "x").records()).as("nobody reads those")
					.hasSize(1);
		}

		@ParameterizedTest
		@ValueSource(strings = {"sep=,\n", "SEP=,\r\n", "sep=,,,,,\n", "\"sep=,\"\n", "\nsep=,\n\n"})
		void lineThatTellsTheSeparatorIsSkipped(String line) {
			assertThat(taken(line + HEADER + "\n" + ROW).records()).hasSize(1);
		}

		@Test
		void whatFilesThatWerePutTogetherRepeatIsNoRecord() {
			String one = "sep=,\n" + HEADER + "\n" + ROW + "\n";
			assertThat(taken(one + one + one.toUpperCase(Locale.ROOT)).records()).hasSize(3);
			assertThat(taken(one + HEADER + ",Notes\n" + ROW).records()).as("an error file").hasSize(2);
			assertThat(taken(HEADER + ",Notes\n" + ROW + "\n" + HEADER + ",Notes,\n" + ROW).records()).hasSize(2);
			assertThat(taken(HEADER + ("\n" + HEADER).repeat(300) + "\n" + ROW).records()).hasSize(1);
			assertThat(refused(HEADER + "\n" + HEADER)).isEqualTo(new FileRefusal.NoRecords());
		}

		@Test
		void formulaThatIsATextIsTheText() {
			UserFile file = taken(HEADER + ",Address\n\"=\"\"m\"\"\",A,B,C,D,E,\n"
					+ "m,A,B,C,D,=\"00050000\",\"=\"\"a, \"\"\"\"b\"\"\"\"\"\"\"\nm,A,B,C,D,'=x,=1+1\n");
			assertThat(file.records()).extracting(List::getFirst).containsOnly("m");
			assertThat(file.records().get(1)).endsWith("00050000", "a, \"b\"");
			assertThat(file.records().get(2)).endsWith("=x", "=1+1");
			assertThat(taken("=\"Username\"" + HEADER.substring(8) + "\n" + ROW).records()).hasSize(1);
			assertThat(taken(HEADER + "\n\"'=\"\"x\"\"\",A,B,C,D,E").records().getFirst()).as("marked as no formula")
					.startsWith("=\"x\"");
		}

		@Test
		void trailingNotesAreIgnored() {
			UserFile file = taken(HEADER + ",notes,,\n" + ROW + ",Invalid role\n,,,,,,left over");
			assertThat(file.header()).hasSize(6);
			assertThat(file.records()).containsExactly(List.of(ROW.split(",")));
		}

		@Test
		void twoHundredRecordsAreTakenAndOneMoreRefused() {
			assertThat(taken(HEADER + ("\n" + ROW).repeat(200)).records()).hasSize(200);
			assertThat(refused(HEADER + ("\n" + ROW).repeat(201)))
					.isEqualTo(new FileRefusal.TooManyRecords(201, false, 200));
			assertThat(refused(HEADER + "\nx".repeat(100_000)))
					.isEqualTo(new FileRefusal.TooManyRecords(100_000, false, 200));
			assertThat(refused(HEADER + "\nx".repeat(1_000_000)))
					.isEqualTo(new FileRefusal.TooManyRecords(100_000, true, 200));
		}
	}

	@Nested
	class Refused {
		@ParameterizedTest
		@MethodSource("noCsv")
		void whatIsNoCsvIsRefusedAsSuch(String what, byte[] content) {
			assertThat(refused(content)).isEqualTo(new FileRefusal.NotCsv());
		}

		static Stream<Arguments> noCsv() {
			byte[] noise = new byte[20_000];
			new Random(1).nextBytes(noise);
			return Stream.of(Arguments.of("empty", new byte[0]), Arguments.of("blank", bytes(" \r\n\r\n ,, \n")),
					Arguments.of("byte order mark", bytes("\uFEFF")),
					Arguments.of("zip", bytes("PK\u0003\u0004" + HEADER + "\n" + ROW)),
					Arguments.of("pdf", bytes("%PDF-1.7\n" + HEADER + "\n" + ROW)), Arguments.of("noise", noise),
					Arguments.of("tabs", bytes((HEADER + "\n" + ROW).replace(',', '\t'))),
					Arguments.of("semicolons", bytes((HEADER + "\n" + ROW).replace(',', ';'))),
					Arguments.of("quoted semicolons", bytes("\"Username\";\"Fname\"\n\"a\";\"b\"")),
					Arguments.of("prose", bytes("Dear all\nplease find attached")),
					Arguments.of("html", bytes("<html><body>x</body></html>")),
					Arguments.of("UTF-16 without mark", (HEADER + "\n" + ROW).getBytes(StandardCharsets.UTF_16LE)),
					Arguments.of("half a UTF-16 unit",
							Arrays.copyOf(("\uFEFF" + HEADER + "\n" + ROW).getBytes(StandardCharsets.UTF_16LE), 101)),
					Arguments.of("UTF-32", ("\uFEFF" + HEADER + "\n" + ROW).getBytes(Charset.forName("UTF-32LE"))),
					Arguments.of("NUL", bytes(HEADER + "\n" + ROW + "\0")),
					Arguments.of("a million columns", bytes(HEADER + ",".repeat(1_000_000) + "\n" + ROW)),
					Arguments.of("a million cells", bytes(HEADER + "\n" + ROW + ",".repeat(1_000_000))));
		}

		private static byte[] bytes(String text) {
			return text.getBytes(UTF_8);
		}

		@ParameterizedTest
		@ValueSource(strings = {"\"", "\"m,A", "\"m\"x,A", "\"m\" ,A", "m\"x,A", "m,=\"x", "m,=\"x\"y",
				"\"m\n\nA,\"x\""})
		void quotationMarksThatDoNotMatchAreRefusedNamingTheLine(String broken) {
			assertThat(refused(HEADER + "\n" + ROW + "\n" + broken + "\n" + ROW + "\n"))
					.isEqualTo(new FileRefusal.BrokenQuoting(3));
			assertThat(refused("sep=,\r\n" + HEADER + "\r\n" + broken)).isEqualTo(new FileRefusal.BrokenQuoting(3));
			assertThat(refused("Staff\n" + HEADER + "\n" + broken)).as("what comes first is told first")
					.isEqualTo(new FileRefusal.NotTheHeader("Staff"));
			assertThat(refused(HEADER + ",Shoes\n" + broken))
					.isEqualTo(new FileRefusal.WrongColumns(List.of(), List.of(), List.of("Shoes")));
		}

		@Test
		void quotationMarksThatDoNotMatchAboveOrInTheHeader() {
			assertThat(refused("\"" + HEADER + "\n" + ROW)).isEqualTo(new FileRefusal.BrokenQuoting(1));
			assertThat(refused("The \"A\" list,2026\n" + HEADER + "\n" + ROW))
					.isEqualTo(new FileRefusal.NotTheHeader("The A list,2026"));
		}

		@Test
		void whatStandsAboveTheHeaderIsShown() {
			assertThat(refused("sep=,\n".repeat(5) + HEADER + "\n" + ROW))
					.isEqualTo(new FileRefusal.NotTheHeader("sep="));
			assertThat(refused("version:v1.0,,,,,,,,,\n".repeat(30) + HEADER + "\n" + ROW))
					.isEqualTo(new FileRefusal.NotTheHeader("version:v1.0"));
			assertThat(refused("Staff\n" + HEADER.replace("Lname", "Surname") + "\n" + ROW))
					.as("not the columns of ours")
					.isEqualTo(new FileRefusal.NotTheHeader("Staff"));
			assertThat(refused("Users of Agawam\n\n" + HEADER + "\n" + ROW))
					.isEqualTo(new FileRefusal.NotTheHeader("Users of Agawam"));
			assertThat(refused("Version,2\nAs of,today\n" + HEADER + "\n" + ROW))
					.isEqualTo(new FileRefusal.NotTheHeader("Version,2"));
			assertThat(refused("x".repeat(100) + "\u202E\n" + HEADER + ",Notes\n" + ROW))
					.isEqualTo(new FileRefusal.NotTheHeader("x".repeat(40)));
		}

		@Test
		void aFileWithoutAHeaderIsToldThatAlone() {
			assertThat(refused(ROW + "\n" + ROW)).isEqualTo(new FileRefusal.NoHeader());
			assertThat(refused("Jane,Doe,jane@a.example\n")).isEqualTo(new FileRefusal.NoHeader());
		}

		@Test
		void missingColumnsAreNamed() {
			assertThat(refused("Username,Fname,Email,Role\nx,y,z,w")).isEqualTo(
					new FileRefusal.WrongColumns(List.of("Lname", "Org"), List.of(), List.of()));
		}

		@Test
		void columnThatOnlyLooksLikeOneIsUnknown() {
			assertThat(refused(HEADER.replace("Email", "Emaıl") + "\n" + ROW)).isEqualTo(
					new FileRefusal.WrongColumns(List.of("Email"), List.of(), List.of("Emaıl")));
			assertThat(taken(HEADER.replace("Email", "\u00A0eMAIL\u200B\u3000") + "\n" + ROW).records()).hasSize(1);
		}

		@Test
		void columnThatStandsTwiceIsNamed() {
			assertThat(refused(HEADER + ",FNAME\n" + ROW)).isEqualTo(
					new FileRefusal.WrongColumns(List.of(), List.of("Fname"), List.of()));
		}

		@Test
		void unknownColumnIsNamedAsFarAsItCanBeShown() {
			assertThat(refused(HEADER + ",Sch\u202Eool\u0007,,Phone\n" + ROW)).isEqualTo(new FileRefusal.WrongColumns(
					List.of(), List.of(), List.of("School", "(without a name)")));
			assertThat(refused(HEADER + "," + "x".repeat(1000) + "\n" + ROW)).isEqualTo(
					new FileRefusal.WrongColumns(List.of(), List.of(), List.of("x".repeat(40))));
		}

		@Test
		void notesThatAreNotTheLastColumnAreUnknown() {
			assertThat(refused("Notes," + HEADER + "\n," + ROW)).isEqualTo(
					new FileRefusal.WrongColumns(List.of(), List.of(), List.of("Notes")));
		}

		@Test
		void headerAloneHasNoRecords() {
			assertThat(refused(HEADER + "\r\n")).isEqualTo(new FileRefusal.NoRecords());
			assertThat(refused(HEADER + "\n,,,\n")).isEqualTo(new FileRefusal.NoRecords());
		}
	}

	@Nested
	class Written {
		private static final List<String> COLUMNS = List.of("Org", "username", "Fname", "Lname", "Email", "Role");

		@Test
		void templateHasTheTenColumns() {
			assertThat(files.template())
					.asString(UTF_8).isEqualTo("Username,Fname,Lname,Email,Role,Org,Program,Phone,Fax,Address\r\n");
		}

		@Test
		void errorFileHasTheColumnsAsUploadedAndTheNotes() {
			byte[] file = files.errorFile(Action.ADD, COLUMNS, List.of(new RejectedRow(
					List.of("1|2", "=cmd()", "a,b", "two\nlines", "", "\"q\""),
					List.of(new Note("role", "r", "Invalid role"),
							new Note("org", "o", "Invalid organization number")))));
			assertThat(file).asString(UTF_8)
					.isEqualTo("\uFEFFOrg,username,Fname,Lname,Email,Role,Notes\r\n"
							+ "1|2,'=cmd(),\"a,b\",\"two\nlines\",,\"\"\"q\"\"\",Invalid role; Invalid organization number\r\n");
		}

		@Test
		void errorFileIsReadAsWhatWasUploaded() {
			List<String> pieces = List.of("=", "+", "-", "@", "\t", "\r", "\n", "'", "\"", ",", ";", " ", "é", "＝", "＋",
					"－",
					"＠", "x", "😀", "''", "#", "\u00A0");
			Random random = new Random(42);
			List<List<String>> rows = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				List<String> row = new ArrayList<>(List.of("u" + i));
				while (row.size() < 6)
					row.add(random.ints(random.nextInt(5), 0, pieces.size()).mapToObj(pieces::get)
							.collect(Collectors.joining()));
				rows.add(row);
			}
			List<Note> notes = List.of(new Note("role", "r", "Invalid role"));
			byte[] written = files.errorFile(Action.UPDATE, COLUMNS,
					rows.stream().map(row -> new RejectedRow(row, notes)).toList());
			UserFile read = taken(written);
			assertThat(read.header()).isEqualTo(COLUMNS);
			assertThat(read.records()).isEqualTo(rows);
		}

		@Test
		void whatShortRecordsLackIsAbsentWhenAnErrorFileComesBack() {
			List<String> columns = List.of("Username", "Fname", "Lname", "Email", "Role", "Org", "Phone", "Fax",
					"Address");
			List<Note> notes = List.of(new Note("role", "r", "Invalid role"));
			var full = new RejectedRow(List.of("u1", "A", "Bb", "e", "TA", "1", "", "2"), notes);
			var cut = new RejectedRow(List.of("u2", "A", "Bb"), notes);
			assertThat(files.errorFile(Action.UPDATE, columns, List.of(cut))).as("none of them reaches a phone")
					.asString(UTF_8).isEqualTo("\uFEFFUsername,Fname,Lname,Email,Role,Org,Notes\r\n"
							+ "u2,A,Bb,(unchanged),(unchanged),(unchanged),Invalid role\r\n");
			byte[] both = files.errorFile(Action.UPDATE, columns, List.of(full, cut));
			UserFile again = taken(both);
			assertThat(again.cells(1)).as("what is blank is blank").containsEntry(Column.PHONE, "")
					.containsEntry(Column.FAX, "2").doesNotContainKey(Column.ADDRESS);
			assertThat(again.cells(2)).containsOnlyKeys(Column.USERNAME, Column.FNAME, Column.LNAME);
			assertThat(files.errorFile(Action.UPDATE, again.header(),
					again.records().stream().map(cells -> new RejectedRow(cells, notes)).toList())).isEqualTo(both);
			assertThat(files.errorFile(Action.ADD, columns, List.of(cut))).as("new people's fields are blank")
					.asString(UTF_8).endsWith("Notes\r\nu2,A,Bb,,,,,,,Invalid role\r\n");
		}

		@Test
		void noCellOfAnErrorFileStartsAFormula() {
			List<String> row = Stream.of("=1", "+1", "-1", "@x", "\tx", "\rx", "\nx").toList();
			String line = new String(files.errorFile(Action.ADD, COLUMNS, List.of(new RejectedRow(row, List.of()))),
					UTF_8)
					.split("\r\n", 2)[1].replaceFirst(",\r\n$", "");
			assertThat(line.replace("\"", "").split(",")).allSatisfy(cell -> assertThat(cell.strip()).startsWith("'"));
		}
	}

	@Test
	void largestFilesTakeTwoSecondsAtMost() {
		var threads = ManagementFactory.getThreadMXBean();
		for (String hostile : List.of("x,".repeat(2_600_000), "\n".repeat(5_200_000), "\"".repeat(5_200_000),
				HEADER + "\n" + (",".repeat(16_000) + "\n").repeat(320), HEADER + "\n".repeat(5_000_000) + "x",
				HEADER + "\n".repeat(1_000_000) + "x", HEADER + "\n\"" + "\r".repeat(5_000_000) + "\"")) {
			long start = threads.getCurrentThreadCpuTime(); // not by the clock: others work on the machine too
			read(hostile);
			assertThat(threads.getCurrentThreadCpuTime() - start).isLessThan(2_000_000_000L);
		}
	}

	/** What is refused for its width is not cut into cells before. */
	@Test
	void unmatchedQuotationMarkDoesNotLeadRoundTheBoundOnCells() {
		var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		byte[] content = ("a\"" + "a,".repeat(2_500_000)).getBytes(UTF_8);
		long before = threads.getCurrentThreadAllocatedBytes();
		assertThat(refused(content)).isEqualTo(new FileRefusal.NotCsv());
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10L * content.length);
	}

	@Test
	void blankLinesAtTheEndCostNothingAndTakeNothing() {
		UserFile file = taken(HEADER + ",Phone\n" + ROW + ", 1 \r\n" + ",,,,,, \r\n".repeat(400_000));
		assertThat(file.records()).hasSize(1);
		assertThat(file.records().getFirst().getLast()).isEqualTo(" 1 ");
		assertThat(taken(HEADER + ",Phone\n" + ROW + ", \r\n").records().getFirst().getLast()).isEqualTo(" ");
	}
}
