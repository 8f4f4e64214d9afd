package io.rollcall.imports.table.xlsx;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.xml.parsers.ParserConfigurationException;

import org.apache.poi.util.XMLHelper;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What a workbook says of itself in its first part (ECMA-376, part 1, 18.2).
 *
 * @param since1904 days are counted from 1904, as old programs for the Macintosh did, and not from 1900
 */
record Contents(List<Sheet> sheets, boolean since1904) {
	/** @param id by which its part is found */
	record Sheet(String name, String id, boolean hidden) {}

	private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
	private static final String STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships";
	/** Several may name the same part. */
	private static final int MOST_SHEETS = 100;
	private static final Set<String> TRUE = Set.of("1", "true");

	static Contents of(InputStream workbook) throws IOException, SAXException, ParserConfigurationException {
		List<Sheet> sheets = new ArrayList<>();
		boolean[] since1904 = new boolean[1];
		XMLReader parser = XMLHelper.newXMLReader();
		parser.setContentHandler(new DefaultHandler() {
			@Override
			public void startElement(String uri, String name, String qualified, Attributes attributes) {
				String days = name.equals("workbookPr") ? attributes.getValue("date1904") : null; // an extension has that element, too
				if (days != null) since1904[0] = isTrue(days);
				if (name.equals("sheet")) sheet(attributes, sheets);
			}
		});
		parser.parse(new InputSource(workbook));
		return new Contents(List.copyOf(sheets), since1904[0]);
	}

	private static void sheet(Attributes attributes, List<Sheet> sheets) {
		String id = attributes.getValue(RELATIONSHIPS, "id");
		if (id == null) id = attributes.getValue(STRICT_RELATIONSHIPS, "id");
		String name = attributes.getValue("name");
		if (id == null || name == null) return;
		String state = attributes.getValue("state"); // also "veryHidden", which only a program undoes
		if (sheets.size() == MOST_SHEETS) throw new SheetLines.TooMuch("sheets");
		sheets.add(new Sheet(name, id, state != null && !state.equals("visible")));
	}

	static boolean isTrue(@Nullable String value) {
		return value != null && TRUE.contains(value);
	}
}
