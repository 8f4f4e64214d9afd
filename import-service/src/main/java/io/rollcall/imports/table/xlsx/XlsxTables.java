package io.rollcall.imports.table.xlsx;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.ParserConfigurationException;

import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.model.SharedStrings;
import org.apache.poi.xssf.model.Styles;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.imports.table.Grid;
import io.rollcall.imports.table.TableFormat;

/** Workbooks by POI's event model: a sheet is never in memory as a whole, formulas are not evaluated. */
@Component
@Order(1)
final class XlsxTables implements TableFormat {
	/** In which a list is looked for. */
	private static final int SHEETS_LOOKED_AT = 10;

	private final int mostLines;

	XlsxTables(FileLimits limits) {
		mostLines = limits.mostLines();
	}

	/** Also the older format, and one with a password: whoever sends these wants to hear of workbooks. */
	@Override
	public boolean isFor(byte[] content) {
		return startsWith(content, 'P', 'K', 3, 4) || startsWith(content, 0xD0, 0xCF, 0x11, 0xE0);
	}

	private static boolean startsWith(byte[] content, int... start) {
		for (int i = 0; i < start.length; i++)
			if (i >= content.length || (content[i] & 0xFF) != start[i]) return false;
		return true;
	}

	@Override
	public Reading read(byte[] content, @Nullable String sheet) {
		try (OPCPackage workbook = OPCPackage.open(Parts.of(content))) {
			var reader = new XSSFReader(workbook);
			SharedStrings texts = new ReadOnlySharedStringsTable(workbook, false);
			return read(reader, texts, sheet);
		} catch (Parts.TooMuch | SheetLines.TooMuch e) {
			return new Reading.Refused(new FileRefusal.TooLargeTable(String.valueOf(e.getMessage())));
		} catch (IOException | OpenXML4JException | SAXException | ParserConfigurationException | RuntimeException
				| StackOverflowError e) {
			return new Reading.Refused(new FileRefusal.BrokenTable());
		}
	}

	private Reading read(XSSFReader reader, SharedStrings texts, @Nullable String wanted)
			throws IOException, OpenXML4JException, SAXException, ParserConfigurationException {
		Contents contents;
		try (InputStream workbook = reader.getWorkbookData()) {
			contents = Contents.of(workbook);
		}
		Styles formats = reader.getStylesTable();
		boolean looking = wanted == null || wanted.isEmpty();
		var budget = new SheetLines.Budget();
		List<Grid> grids = new ArrayList<>();
		for (Contents.Sheet it : contents.sheets()) {
			// Whoever hid a sheet means what is left.
			if (looking ? it.hidden() : !it.name().equals(wanted)) continue;
			try (InputStream sheet = reader.getSheet(it.id())) {
				grids.add(grid(it.name(), sheet, formats, texts, new Displayed(contents.since1904()), budget));
			} catch (SheetLines.TooMuch e) {
				if (!looking || grids.isEmpty()) throw e;
				break; // a list was there before
			}
			if (!looking || grids.size() == SHEETS_LOOKED_AT) break;
		}
		if (!looking && grids.isEmpty()) return new Reading.Refused(new FileRefusal.NoSuchPart("such sheet"));
		return new Reading.Taken(contents.sheets().stream().map(Contents.Sheet::name).toList(), List.copyOf(grids));
	}

	private Grid grid(String name, InputStream sheet, Styles formats, SharedStrings texts, Displayed displayed,
			SheetLines.Budget budget) throws IOException, SAXException, ParserConfigurationException {
		var lines = new SheetLines(mostLines, budget);
		XMLReader parser = XMLHelper.newXMLReader();
		parser.setContentHandler(new XSSFSheetXMLHandler(formats, texts, lines, displayed, false) {
			private boolean isPronunciation;

			@Override
			public void startElement(String uri, String name, String qualified, Attributes attributes)
					throws SAXException {
				if (name.equals("row")) lines.hide(Contents.isTrue(attributes.getValue("hidden")));
				if (name.equals("rPh")) isPronunciation = true;
				if (name.equals("c")) {
					displayed.requireTime();
					lines.begin(attributes.getValue("r"));
				}
				super.startElement(uri, name, qualified, attributes);
			}

			@Override
			public void endElement(String uri, String name, String qualified) throws SAXException {
				if (name.equals("rPh")) isPronunciation = false;
				super.endElement(uri, name, qualified);
			}

			/** How a name is pronounced, which stands beside it in a text of the cell's own, is no part of it. */
			@Override
			public void characters(char[] text, int start, int length) throws SAXException {
				if (!isPronunciation) super.characters(text, start, length);
			}
		});
		boolean isCut = false;
		try {
			parser.parse(new InputSource(sheet));
		} catch (SheetLines.Enough _) {
			isCut = true;
		}
		return new Grid(name, List.copyOf(lines.lines()), isCut, lines.hidden());
	}
}
