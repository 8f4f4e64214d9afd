package io.rollcall.imports.table.xlsx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import com.sun.management.ThreadMXBean;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.imports.table.Grid;
import io.rollcall.imports.table.TableFormat;

import static org.assertj.core.api.Assertions.assertThat;

class XlsxTablesTests {
	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
	private final XlsxTables workbooks = new XlsxTables(new FileLimits(DataSize.ofMegabytes(5), 200, 200));

	private static byte[] workbook(Consumer<XSSFWorkbook> content) {
		try (var workbook = new XSSFWorkbook(); var bytes = new ByteArrayOutputStream()) {
			content.accept(workbook);
			workbook.write(bytes);
			return bytes.toByteArray();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static byte[] sheet(Consumer<XSSFSheet> content) {
		return workbook(workbook -> content.accept(workbook.createSheet("Staff")));
	}

	private Grid grid(byte[] workbook) {
		TableFormat.Reading reading = workbooks.read(workbook, null);
		assertThat(reading).isInstanceOf(TableFormat.Reading.Taken.class);
		return ((TableFormat.Reading.Taken) reading).grids().getFirst();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"50000;00000000;00050000", "50000;General;50000", "1030;0;1030",
			"5085550101;General;5085550101", "5085550101;(###) ###-####;(508) 555-0101",
			"5085550101;000-000-0000;508-555-0101", "123456789012;General;123456789012", "2.5;General;2.5",
			"5085550101;'[<=9999999]###-####;(###) ###-####';(508) 555-0101",
			"5085550101;(###)\\ ###\\-####;(508) 555-0101",
			"15085550101;###-###-####;1508-555-0101", "1030;#,##0;1,030", "1030.5;#,##0.00;1,030.50",
			"503034800512;@;503034800512"})
	void numbersAreAsTheSheetDisplaysThem(double number, String format, String displayed) {
		Grid grid = grid(sheet(sheet -> {
			Cell cell = sheet.createRow(0).createCell(0);
			cell.setCellValue(number);
			CellStyle style = sheet.getWorkbook().createCellStyle();
			style.setDataFormat(sheet.getWorkbook().createDataFormat().getFormat(format));
			cell.setCellStyle(style);
		}));
		assertThat(grid.lines()).containsExactly(new Grid.Line(1, List.of(displayed)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"d-mmm;8-Mar", "m/d/yyyy;3/8/2026", "yyyy-mm-dd;2026-03-08"})
	void datesAreAsTheSheetDisplaysThem(String format, String displayed) {
		Grid grid = grid(sheet(sheet -> {
			Cell cell = sheet.createRow(0).createCell(0);
			cell.setCellValue(LocalDate.of(2026, 3, 8));
			CellStyle style = sheet.getWorkbook().createCellStyle();
			style.setDataFormat(sheet.getWorkbook().createDataFormat().getFormat(format));
			cell.setCellStyle(style);
		}));
		assertThat(grid.lines().getFirst().cells()).containsExactly(displayed);
	}

	@Test
	void formulasAreNotEvaluatedAndMergedCellsHaveTheirFirst() {
		Grid grid = grid(sheet(sheet -> {
			Row titles = sheet.createRow(2);
			titles.createCell(1).setCellValue("Name");
			sheet.addMergedRegion(new CellRangeAddress(2, 2, 1, 2));
			Row row = sheet.createRow(4);
			row.createCell(0).setCellFormula("WEBSERVICE(\"http://127.0.0.1:9/\")");
			row.createCell(1).setCellValue(true);
			row.createCell(2).setCellErrorValue((byte) 42);
			row.createCell(4).setCellValue(" José \n");
		}));
		assertThat(grid.lines()).containsExactly(new Grid.Line(3, List.of("", "Name")),
				new Grid.Line(5, List.of("", "TRUE", "#N/A", "", " José \n")));
	}

	@Test
	void sheetsAreNamedAndOneIsAskedFor() {
		byte[] two = workbook(workbook -> {
			workbook.createSheet("Read me").createRow(0).createCell(0).setCellValue("Hello");
			workbook.createSheet("Staff").createRow(0).createCell(0).setCellValue("Username");
		});
		assertThat(workbooks.read(two, "Staff")).isEqualTo(new TableFormat.Reading.Taken(List.of("Read me", "Staff"),
				List.of(new Grid("Staff", List.of(new Grid.Line(1, List.of("Username"))), false, 0))));
		assertThat(workbooks.read(two, "Staffs"))
				.isEqualTo(new TableFormat.Reading.Refused(new FileRefusal.NoSuchPart("such sheet")));
	}

	@Test
	void hiddenRowsAreLeftOutAndCounted() {
		Grid grid = grid(sheet(sheet -> {
			for (int i = 0; i < 5; i++)
				sheet.createRow(i).createCell(0).setCellValue("x" + i);
			sheet.getRow(1).setZeroHeight(true);
			sheet.getRow(3).setZeroHeight(true);
		}));
		assertThat(grid.lines()).extracting(Grid.Line::number).containsExactly(1, 3, 5);
		assertThat(grid.hidden()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource(names = {"HIDDEN", "VERY_HIDDEN"})
	void hiddenSheetIsNamedAndNotLookedAt(SheetVisibility visibility) {
		byte[] two = workbook(workbook -> {
			workbook.createSheet("Last year").createRow(0).createCell(0).setCellValue("Username");
			workbook.createSheet("Staff").createRow(0).createCell(0).setCellValue("Username");
			workbook.setSheetVisibility(0, visibility);
		});
		var taken = (TableFormat.Reading.Taken) workbooks.read(two, null);
		assertThat(taken.sheets()).containsExactly("Last year", "Staff");
		assertThat(taken.grids()).extracting(Grid::name).containsExactly("Staff");
		assertThat(((TableFormat.Reading.Taken) workbooks.read(two, "Last year")).grids()).hasSize(1);
	}

	@Test
	void daysAreCountedSinceTheWorkbookSays() {
		assertThat(grid(HostileWorkbooks.since1904()).lines().getFirst().cells()).containsExactly("3/8/26");
	}

	@Test
	void sheetOfANameIsReadOnce() {
		long begin = THREADS.getCurrentThreadCpuTime();
		assertThat(((TableFormat.Reading.Taken) workbooks.read(HostileWorkbooks.ofOneName(), "Staff")).grids())
				.hasSize(1);
		assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void howANameIsPronouncedIsNoPartOfIt() {
		byte[] content = HostileWorkbooks.ofRows("<row><c t='inlineStr'><is><t>\u6c38\u7530</t>"
				+ "<rPh sb='0' eb='2'><t>\u30ca\u30ac\u30bf</t></rPh></is></c></row>");
		assertThat(grid(content).lines().getFirst().cells()).containsExactly("\u6c38\u7530");
	}

	@Test
	void whatNoTextMayHaveIsLeftOut() {
		byte[] content = HostileWorkbooks
				.ofRows("<row><c t='inlineStr'><is><t>Ja_x0000_n_xD800_e</t></is></c></row>");
		assertThat(grid(content).lines().getFirst().cells()).containsExactly("Jane");
	}

	@Test
	void largeSheetBesideTheListHidesItNot() {
		byte[] two = workbook(workbook -> {
			workbook.createSheet("Staff").createRow(0).createCell(0).setCellValue("Username");
			XSSFSheet other = workbook.createSheet("Data");
			for (int i = 0; i < 500; i++)
				for (int j = 0; j < 10; j++)
					(j == 0 ? other.createRow(i) : other.getRow(i)).createCell(j).setCellValue("y".repeat(800));
		});
		assertThat(((TableFormat.Reading.Taken) workbooks.read(two, null)).grids()).hasSize(1);
		assertThat(workbooks.read(two, "Data"))
				.isEqualTo(new TableFormat.Reading.Refused(new FileRefusal.TooLargeTable("cells")));
	}

	@ParameterizedTest
	@ValueSource(strings = {"<c/>", "<c s='0'/>", "<c><v></v></c>", "<c t='inlineStr'><is><t></t></is></c>"})
	void cellsWithoutReferencesStandOneAfterTheOther(String blank) {
		String text = "<c t='inlineStr'><is><t>%s</t></is></c>";
		byte[] content = HostileWorkbooks.ofRows("<row>" + text.formatted("a") + blank + text.formatted("c")
				+ "</row><row>" + blank + "<c r='E2' t='inlineStr'><is><t>e</t></is></c>" + text.formatted("f")
				+ "</row>");
		assertThat(grid(content).lines()).extracting(Grid.Line::cells).containsExactly(List.of("a", "", "c"),
				List.of("", "", "", "", "e", "f"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"-5,,;1,2,3", "0,,;1,2,3", "-1,,;1,2,3", "-2147483648,,;1,2,3",
			"-2147483647,,;1,2,3", "3,-5,;3,4,5", "3,0,4;3,4,5", "3,3,2;3,4,5", "7,,9;7,8,9", "3,2147483647,;3,4,5",
			"1048576,,;1048576,1048577,1048578"})
	void rowWhoseNumberIsNoneFollowsOnTheOneBefore(String given, String taken) {
		var rows = new StringBuilder();
		for (String number : given.split(",", -1))
			rows.append(number.isEmpty() ? "<row>" : "<row r='" + number + "'>")
					.append("<c t='inlineStr'><is><t>x</t></is></c></row>");
		assertThat(grid(HostileWorkbooks.ofRows(rows.toString())).lines()).extracting(Grid.Line::number)
				.containsExactlyElementsOf(Arrays.stream(taken.split(",")).map(Integer::valueOf).toList());
	}

	@Test
	void workbookThatIsCutAnywhereIsBroken() {
		byte[] content = sheet(sheet -> sheet.createRow(0).createCell(0).setCellValue("Username"));
		assertThat(grid(content).lines()).hasSize(1);
		for (int length = 4; length < content.length; length += length < content.length - 300 ? 97 : 1)
			assertThat(workbooks.read(Arrays.copyOf(content, length), null)).as("%d bytes", length)
					.isEqualTo(new TableFormat.Reading.Refused(new FileRefusal.BrokenTable()));
	}

	@Test
	void longSheetIsReadAsFarAsItMatters() {
		Grid grid = grid(sheet(sheet -> {
			for (int i = 0; i < 20_000; i++)
				sheet.createRow(i).createCell(0).setCellValue("x" + i);
		}));
		assertThat(grid.isCut()).isTrue();
		assertThat(grid.lines()).hasSize(1000);
	}

	@Test
	void soundWorkbookThatTheHostileAreMadeOfIsRead() {
		assertThat(grid(HostileWorkbooks.sound()).lines()).containsExactly(new Grid.Line(1, List.of("Name", "x")));
	}

	@Test
	void workbookIsNotBelievedHowMuchItHas() {
		long thread = Thread.currentThread().threadId();
		long memory = THREADS.getThreadAllocatedBytes(thread);
		assertThat(grid(HostileWorkbooks.boastful()).lines()).hasSize(1);
		assertThat(THREADS.getThreadAllocatedBytes(thread) - memory).isLessThan(100L << 20);
	}

	@ParameterizedTest
	@EnumSource
	void hostileWorkbookIsRefusedCheaply(HostileWorkbooks kind) {
		workbooks.read(HostileWorkbooks.sound(), null); // what is loaded once is no cost of it
		byte[] content = kind.bytes();
		assertThat(workbooks.isFor(content)).isTrue();
		long thread = Thread.currentThread().threadId();
		long memory = THREADS.getThreadAllocatedBytes(thread);
		long begin = THREADS.getCurrentThreadCpuTime();
		TableFormat.Reading reading = workbooks.read(content, null);
		Duration took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin);
		long allocated = THREADS.getThreadAllocatedBytes(thread) - memory;
		System.out.printf("%s, %d KB: %s, %d ms, %d MB%n", kind, content.length >> 10, reading, took.toMillis(),
				allocated >> 20);
		assertThat(reading).isInstanceOf(TableFormat.Reading.Refused.class);
		assertThat(took).isLessThan(Duration.ofSeconds(3));
		assertThat(allocated).isLessThan(100L << 20);
	}

	/** As the service reads it: of such a thread nobody knows how long it had a processor. */
	@Test
	void slowFormatIsRefusedInAVirtualThread() throws Exception {
		byte[] content = HostileWorkbooks.FORMAT_THAT_IS_TRIED_FOR_EACH_CELL.bytes();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(threads.submit(() -> workbooks.read(content, null)).get())
					.isEqualTo(new TableFormat.Reading.Refused(new FileRefusal.TooLargeTable("formats")));
		}
	}

	/** It is no longer one that a spreadsheet would take, and is passed over. */
	@Test
	void endlessFormatCostsNothing() {
		workbooks.read(HostileWorkbooks.sound(), null);
		byte[] content = HostileWorkbooks.formatted("\\".repeat(900_000), 5_000);
		long begin = THREADS.getCurrentThreadCpuTime();
		Grid grid = grid(content);
		Duration took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin);
		assertThat(grid.lines().getFirst().cells()).containsOnly("1234");
		assertThat(took).isLessThan(Duration.ofSeconds(3));
	}

	@Test
	void macrosPicturesAndReferencesAreNotLookedAt() throws IOException {
		byte[] content = workbook(workbook -> {
			workbook.createSheet("Staff").createRow(0).createCell(0).setCellValue("Username");
			workbook.addPicture(new byte[]{1, 2, 3}, Workbook.PICTURE_TYPE_PNG);
		});
		try (Parts parts = Parts.of(content)) {
			var names = Collections.list(parts.getEntries()).stream().map(it -> it.getName()).toList();
			assertThat(names).contains("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml",
					"xl/workbook.xml").noneMatch(name -> name.contains("media") || name.startsWith("docProps"));
		}
	}
}
