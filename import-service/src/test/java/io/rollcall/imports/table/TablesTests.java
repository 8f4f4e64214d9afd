package io.rollcall.imports.table;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.CharBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.imports.file.FileText;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.table.Proposal.Basis;
import io.rollcall.imports.table.Proposal.ProposedColumn;
import io.rollcall.imports.table.text.TextFormat;
import io.rollcall.imports.table.xlsx.XlsxFormat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** How a table is understood, told by texts. */
class TablesTests {
	private static final String PEOPLE = """
			Maria\tOkafor\tmaria.okafor@a.example\tTA\t00050000-00050303
			John\tDoe\tjohn.doe@a.example\tSTC\t00050000-00050303
			Ana\tde la Cruz\tana.delacruz@a.example\tTA\t00050000-00050020
			""";
	private final Map<String, Optional<Target>> memory = new HashMap<>();
	private final Tables tables = new Tables(
			List.of(XlsxFormat.reading(), TextFormat.of(content -> Optional
					.of(new FileText.Decoded(CharBuffer.wrap(new String(content, UTF_8).toCharArray()), 0)))),
			new RememberedColumns() {
				@Override
				public Map<String, Optional<Target>> of(String account, Collection<String> titles) {
					return titles.stream().filter(memory::containsKey)
							.collect(Collectors.toMap(title -> title, memory::get));
				}

				@Override
				public void remember(String account, Map<String, Optional<Target>> decided, Collection<String> usual) {
					memory.putAll(decided);
					memory.keySet().removeAll(usual);
				}
			}, new FileLimits(DataSize.ofMegabytes(5), 200, 200));

	private Proposal proposed(String text) {
		return proposed(text, null);
	}

	private Proposal proposed(String text, @Nullable Integer headerLine) {
		Tables.Offer offer = tables.propose("somebody", text.getBytes(UTF_8), null, headerLine);
		assertThat(offer).isInstanceOf(Tables.Offer.Made.class);
		return ((Tables.Offer.Made) offer).proposal();
	}

	@Test
	void tableOfWhichNotAllIsReadIsNotProposed() {
		String text = "First\tLast\tE-mail\n" + "Maria\tOkafor\tmaria@a.example\n".repeat(1_300);
		assertThat(tables.propose("somebody", text.getBytes(UTF_8), null, null))
				.isEqualTo(new Tables.Offer.Refused(new FileRefusal.TooLargeTable("lines")));
		assertThat(tables.propose("somebody", XlsxFormat.rows(1_300), null, null))
				.isEqualTo(new Tables.Offer.Refused(new FileRefusal.TooLargeTable("lines")));
	}

	private static Map<Integer, String> columns(Proposal proposal) {
		Map<Integer, String> columns = new LinkedHashMap<>();
		for (ProposedColumn column : proposal.columns())
			columns.put(column.index(), column.target() == null ? "" : column.target().title());
		return columns;
	}

	private Tables.Reading read(String text, Proposal proposal) {
		Map<Integer, Target> columns = new HashMap<>();
		for (ProposedColumn column : proposal.columns())
			if (column.target() != null) columns.put(column.index(), column.target());
		return tables.read(text.getBytes(UTF_8), new TableChoice(null, proposal.headerLine(), columns));
	}

	private UserFile file(String text) {
		Tables.Reading reading = read(text, proposed(text));
		assertThat(reading).isInstanceOf(Tables.Reading.Taken.class);
		return ((Tables.Reading.Taken) reading).file();
	}

	@Test
	void cellMeansWhatItMeansInAFile() {
		UserFile file = file("First\tLast\tE-mail\tRole\tOrg\n" + PEOPLE
				+ "Kim\tLee\tkim.lee@a.example\tTA\t =\"00050000-00050303\" \n");
		assertThat(file.cells(file.records().size())).containsEntry(Column.ORG, "00050000-00050303");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
			"First Name,Last Name,E-mail,Position,School;Fname,Lname,Username+Email,Role,Org",
			"Given name,Surname,Email Address:,Job Title,Building;Fname,Lname,Username+Email,Role,Org",
			"FIRST,LAST,EMAIL*,User Role,School Name;Fname,Lname,Username+Email,Role,Org",
			"First Name (legal),Last Name (legal),Work E-Mail,Role,Org;Fname,Lname,Username+Email,Role,Org"})
	void titlesOfAllKindsNameTheColumns(String titles, String columns) {
		String text = titles.replace(',', '\t') + "\n" + PEOPLE;
		assertThat(columns(proposed(text)).values()).containsExactly(columns.split(","));
		assertThat(proposed(text).missing()).isEmpty();
	}

	@Test
	void otherTitlesAreNamedIgnored() {
		String text = "Employee ID\tUsername\tFirst Name\tLast Name\tE-mail\tRole\tSchool\tHire Date\t\n"
				+ "1001\tokafor1\tMaria\tOkafor\tm@a.example\tTA\tDoering School\t9/1/2019\tnew\n"
				+ "1002\tdoe1\tJohn\tDoe\tj@a.example\tTA\tDoering School\t9/1/2020\t\n";
		Proposal proposal = proposed(text);
		assertThat(columns(proposal).values()).containsExactly("", "Username", "Fname", "Lname", "Email", "Role", "Org",
				"", "");
		assertThat(proposal.ignored()).containsExactly("Employee ID", "Hire Date", "Column 9");
		assertThat(proposal.records()).isEqualTo(2);
		assertThat(proposal.columns().get(6).samples()).containsExactly("Doering School");
	}

	@Test
	void columnsWithoutATitleAreKnownByWhatIsInThem() {
		String text = PEOPLE.replace("\n", "\t(508) 555-0101\t12 Mill Lane, Agawam\n");
		Proposal proposal = proposed(text);
		assertThat(proposal.headerLine()).isZero();
		assertThat(columns(proposal).values()).containsExactly("Fname", "Lname", "Username+Email", "Role", "Org",
				"Phone",
				"Address");
		assertThat(proposal.columns()).allMatch(column -> column.basis() == Basis.CONTENT);
		assertThat(proposal.records()).isEqualTo(3);
	}

	@Test
	void addressesTellTheFirstNameFromTheLast() {
		String text = "A\tB\tC\tD\tE\n" + """
				Okafor\tMaria\tmaria.okafor@a.example\tTA\t00050000-00050303
				Doe\tJohn\tjdoe@a.example\tTA\t00050000-00050303
				Smith\tAlex\tasmith@a.example\tTA\t00050000-00050303
				""";
		assertThat(columns(proposed(text)).values()).containsExactly("Lname", "Fname", "Username+Email", "Role", "Org");
	}

	@Test
	void titleThatStandsOverSomethingElseIsNotBelieved() {
		String text = "Title\tFirst\tLast\tEmail\tPosition\tSchool\n"
				+ "Ms.\tMaria\tOkafor\tm@a.example\tTeacher\tDoering School\n"
				+ "Mr.\tJohn\tDoe\tj@a.example\tPrincipal\tDoering School\n";
		assertThat(columns(proposed(text)).values()).containsExactly("", "Fname", "Lname", "Username+Email", "Role",
				"Org");
	}

	@Test
	void titleLinesAndFooterAreNoRecords() {
		String text = "Agawam Public Schools\t\t\t\t\nStaff list 2026\t\t\t\t\n\t\t\t\t\nFirst Name\tLast Name\tE-mail\tRole\tSchool\n"
				+ PEOPLE + "\t\t\t\t\nTotal: 3\t\t\t\t\nPrinted 11/29/2026\t\t\tpage 1\t\n";
		Proposal proposal = proposed(text);
		assertThat(proposal.headerLine()).isEqualTo(4);
		assertThat(proposal.records()).isEqualTo(3);
		assertThat(proposal.skippedLines()).containsExactly("Agawam Public Schools", "Staff list 2026", "Total: 3",
				"Printed 11/29/2026 page 1");
		assertThat(file(text).records()).hasSize(3);
	}

	@Test
	void namesInTwoLinesAreJoined() {
		String text = "Staff\tName\t\tContact\t\tSchool\nLogin\tFirst\tLast\tE-mail\tPhone\t\nRole?\n"
				.replace("Role?\n", "")
				+ "okafor1\tMaria\tOkafor\tm@a.example\t508-555-0101\tDoering School\n"
				+ "doe12\tJohn\tDoe\tj@a.example\t508-555-0102\tDoering School\n";
		assertThat(columns(proposed(text)).values()).containsExactly("Username", "Fname", "Lname", "Email", "Phone",
				"Org");
		assertThat(proposed(text).headerLine()).isEqualTo(2);
		assertThat(proposed(text).missing()).containsExactly(Column.ROLE);
	}

	@Test
	void wholeNameFeedsBoth() {
		String text = "Name\tE-mail\tRole\tSchool\nDoe, Jane\tj@a.example\tTA\tDoering School\nde la Cruz, Ana\ta@a.example\tTA\tDoering School\n";
		assertThat(columns(proposed(text)).values()).containsExactly("Lname+Fname", "Username+Email", "Role", "Org");
		UserFile file = file(text);
		assertThat(file.header()).containsExactly("Username", "Fname", "Lname", "Email", "Role", "Org");
		assertThat(file.records()).containsExactly(
				List.of("j@a.example", "Jane", "Doe", "j@a.example", "TA", "Doering School"),
				List.of("a@a.example", "Ana", "de la Cruz", "a@a.example", "TA", "Doering School"));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = {"\",\"", "\";\"", "\"|\"", "\"\t\""})
	void anySeparatorWillDo(String separator) {
		String text = ("First Name\tLast Name\tE-mail\tRole\tOrg\n" + PEOPLE).replace("\t", separator);
		assertThat(file(text).records()).hasSize(3).first().isEqualTo(
				List.of("maria.okafor@a.example", "Maria", "Okafor", "maria.okafor@a.example", "TA",
						"00050000-00050303"));
	}

	@Test
	void separatorMayBeNamedAndCellsMayBeQuoted() {
		String text = "sep=;\nFirst Name;Last Name;E-mail;Role;Org;Address\n"
				+ "Maria;Okafor;m@a.example;TA;=\"00050000\";\"6 Mill Lane; Agawam, MA\nUSA\"\n";
		UserFile file = file(text);
		assertThat(file.cells(1)).containsEntry(Column.ORG, "00050000").containsEntry(Column.ADDRESS,
				"6 Mill Lane; Agawam, MA\nUSA");
		assertThat(proposed(text).headerLine()).isEqualTo(2);
	}

	@Test
	void repeatedNamesAreNoRecord() {
		String titles = "First Name\tLast Name\tE-mail\tRole\tSchool\n";
		assertThat(file(titles + PEOPLE + titles + PEOPLE).records()).hasSize(6);
	}

	@Test
	void whatSomebodyDecidedOtherwiseIsRememberedByTheTitle() {
		String text = "First Name\tLast Name\tE-mail\tRole\tSchool\tWhere\n"
				+ PEOPLE.replace("\n", "\tDoering School\n");
		Proposal first = proposed(text);
		assertThat(columns(first)).containsEntry(4, "Org").containsEntry(5, "");
		var chosen = Map.of(0, Target.FNAME, 1, Target.LNAME, 2, Target.EMAIL_AS_USERNAME, 3, Target.ROLE, 5,
				Target.ORG);
		var reading = (Tables.Reading.Taken) tables.read(text.getBytes(UTF_8), new TableChoice(null, 1, chosen));
		tables.remember("somebody", reading.decisions());
		Proposal next = proposed(text);
		assertThat(columns(next)).containsEntry(4, "").containsEntry(5, "Org");
		assertThat(next.columns().get(5).basis()).isEqualTo(Basis.REMEMBERED);
		assertThat(next.ignored()).containsExactly("School");

		tables.remember("somebody", ((Tables.Reading.Taken) read(text, first)).decisions());
		assertThat(columns(proposed(text))).isEqualTo(columns(first));
	}

	@Test
	void gradesOfAClassAndNumbersOfStaffAreNeitherProgramsNorSchools() {
		String text = "First Name\tLast Name\tE-mail\tRole\tSchool\tGrade\tBadge\tRoom no\n" + IntStream
				.range(0, 6).mapToObj(
						i -> "Pat\tDoe\tp%d@a.example\tTA\tDoering School\t%d\t%d\t%d\n".formatted(i, 3 + i, 10_230 + i,
								100 + i))
				.collect(Collectors.joining());
		assertThat(proposed(text).ignored()).containsExactly("Grade", "Badge", "Room no");
	}

	@Test
	void whatTheChoiceDoesNotFitIsRefused() {
		String text = "First Name\tLast Name\tE-mail\tRole\tSchool\n" + PEOPLE;
		assertThat(tables.read(text.getBytes(UTF_8), new TableChoice(null, 1, Map.of(0, Target.FNAME))))
				.isEqualTo(new Tables.Reading.Refused(new FileRefusal.WrongColumns(
						List.of("Username", "Lname", "Email", "Role", "Org"), List.of(), List.of())));
		assertThat(tables.read(text.getBytes(UTF_8), new TableChoice(null, 1, Map.of(99, Target.FNAME))))
				.isEqualTo(new Tables.Reading.Refused(new FileRefusal.NoSuchPart("column 100")));
		assertThat(tables.read(text.getBytes(UTF_8), new TableChoice(null, 9, Map.of(0, Target.FNAME))))
				.isEqualTo(new Tables.Reading.Refused(new FileRefusal.NoSuchPart("line 9")));
		assertThat(tables.read(text.getBytes(UTF_8), new TableChoice("Sheet 1", 1, Map.of(0, Target.FNAME))))
				.isEqualTo(new Tables.Reading.Refused(new FileRefusal.NoSuchPart("such sheet")));
		String many = "First Name\tLast Name\tE-mail\tRole\tSchool\n" + PEOPLE.repeat(67);
		assertThat(read(many, proposed(many)))
				.isEqualTo(new Tables.Reading.Refused(new FileRefusal.TooManyRecords(201, false, 200)));
		String alone = "First Name\tLast Name\tE-mail\tRole\tSchool\n";
		assertThat(read(alone, proposed(alone))).isEqualTo(new Tables.Reading.Refused(new FileRefusal.NoRecords()));
	}

	@Test
	void quoteThatIsNoneTakesNothingWithIt() {
		String text = "First Name\tLast Name\tE-mail\tRole\tSchool\n" + PEOPLE.replace("John", "\"Skip")
				+ PEOPLE.repeat(9);
		assertThat(file(text).records()).hasSize(30);
		assertThat(file(text).records().get(1)).contains("\"Skip");
		String twice = text + PEOPLE.replace("John", "5\"").replace("Ana", "\"Nan");
		assertThat(file(twice).records()).hasSize(33);
	}

	@Test
	void tableThatIsReadInPartIsNotTaken() {
		String title = "First Name\tLast Name\tE-mail\tRole\tSchool\n";
		assertThat(read(title + "\t\t\t\tx\n".repeat(1_200) + PEOPLE, proposed(title + PEOPLE)))
				.isEqualTo(new Tables.Reading.Refused(new FileRefusal.TooLargeTable("lines")));
	}

	/** What somebody thought out takes no time. */
	@ParameterizedTest(name = "{index}")
	@MethodSource
	void nastyTextsAreReadOrRefusedSoon(String text) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long begin = threads.getCurrentThreadCpuTime();
		Tables.Offer offer = tables.propose("somebody", text.getBytes(UTF_8), null, null);
		if (offer instanceof Tables.Offer.Made(Proposal proposal)) read(text, proposal);
		assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin)).isLessThan(Duration.ofSeconds(4));
	}

	static List<String> nastyTextsAreReadOrRefusedSoon() {
		String wide = IntStream.range(0, 199).mapToObj(i -> "c" + i).collect(Collectors.joining(",")) + ",Email\n"
				+ ("ab,".repeat(199) + "ab.ab@a.example\n").repeat(50);
		return List.of("(".repeat(2_000_000) + "\tb\nc\td\n", "[(".repeat(1_000_000) + "\tb\nc\td\n", wide,
				"\"\n\",".repeat(600_000), "a\tb\n\"" + "x\n".repeat(1_000_000), ",\n".repeat(1_000_000),
				"a,b" + ",x".repeat(400));
	}

	@Test
	void proseIsNoTable() {
		for (String text : List.of("", "Dear all", "\n\n", "one\ntwo\nthree"))
			assertThat(tables.propose("somebody", text.getBytes(UTF_8), null, null)).as(text)
					.isEqualTo(new Tables.Offer.Refused(new FileRefusal.NoTable()));
	}
}
