package io.rollcall.imports.table.xlsx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Workbooks that nobody sends in good faith, and some that are only broken. None of them may be read. */
public enum HostileWorkbooks {
	/** Little that would be much. */
	SHEET_BOMB {
		@Override
		public byte[] bytes() {
			return zipped(parts(), Map.of("xl/worksheets/sheet1.xml", 300_000_000L));
		}
	},
	TEXTS_BOMB {
		@Override
		public byte[] bytes() {
			return zipped(parts(), Map.of("xl/sharedStrings.xml", 300_000_000L));
		}
	},
	BOMB_IN_A_PICTURE {
		@Override
		public byte[] bytes() {
			return zipped(parts(), Map.of("xl/media/image1.png", 300_000_000L));
		}
	},
	BILLION_LAUGHS {
		@Override
		public byte[] bytes() {
			var laughs = new StringBuilder("<!DOCTYPE sst [<!ENTITY a0 \"ha\">");
			for (int i = 1; i < 30; i++)
				laughs.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
			return zipped(with("xl/sharedStrings.xml", XML + laughs + "]>" + TEXTS.formatted("&a29;")));
		}
	},
	BILLION_LAUGHS_IN_UTF_16 {
		@Override
		public byte[] bytes() {
			Map<String, byte[]> parts = with("xl/sharedStrings.xml", "");
			parts.put("xl/sharedStrings.xml",
					("<?xml version=\"1.0\" encoding=\"UTF-16\"?><!DOCTYPE sst [<!ENTITY a \"ha\">]>"
							+ TEXTS.formatted("&a;")).getBytes(UTF_16));
			return zipped(parts);
		}
	},
	EXTERNAL_ENTITY {
		@Override
		public byte[] bytes() {
			return zipped(with("xl/worksheets/sheet1.xml",
					XML + "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + SHEET.formatted("&e;")));
		}
	},
	THOUSANDS_OF_SHEETS {
		@Override
		public byte[] bytes() {
			Map<String, byte[]> parts = parts();
			for (int i = 2; i < 5000; i++)
				parts.put("xl/worksheets/sheet" + i + ".xml", (XML + SHEET.formatted("x")).getBytes(UTF_8));
			return zipped(parts);
		}
	},
	THOUSANDS_OF_SHEETS_OF_ONE_PART {
		@Override
		public byte[] bytes() {
			return zipped(with("xl/workbook.xml", workbook("", NAMED.repeat(10_000))));
		}
	},
	MILLIONS_OF_CELLS_WITH_NOTHING_IN_THEM {
		@Override
		public byte[] bytes() {
			return zipped(with("xl/worksheets/sheet1.xml", emptyCells(2_500_000)));
		}
	},
	THOUSANDS_OF_PARTS {
		@Override
		public byte[] bytes() {
			Map<String, byte[]> parts = parts();
			for (int i = 2; i < 50_000; i++)
				parts.put("x/" + i, new byte[0]);
			return zipped(parts);
		}
	},
	COLUMN_XFD {
		@Override
		public byte[] bytes() {
			return zipped(with("xl/worksheets/sheet1.xml", XML + SHEET.formatted("x").replace("\"B1\"", "\"XFD1\"")));
		}
	},
	COLUMN_OF_ANOTHER_PLANET {
		@Override
		public byte[] bytes() {
			return zipped(with("xl/worksheets/sheet1.xml",
					XML + SHEET.formatted("x").replace("\"B1\"", "\"ZZZZZZZZZZ1\"")));
		}
	},
	BOTTOMLESS_FORMATS {
		@Override
		public byte[] bytes() {
			return zipped(with("xl/styles.xml", XML + "<styleSheet xmlns=\"" + NS + "\">"
					+ "<a>".repeat(200_000) + "</a>".repeat(200_000) + "</styleSheet>"));
		}
	},
	BOTTOMLESS_SHEET {
		@Override
		public byte[] bytes() {
			return zipped(with("xl/worksheets/sheet1.xml", XML + "<worksheet xmlns=\"" + NS + "\">"
					+ "<a>".repeat(2_000_000)));
		}
	},
	ENDLESS_FORMATS {
		@Override
		public byte[] bytes() {
			return zipped(with("xl/styles.xml", XML + "<styleSheet xmlns=\"" + NS + "\"><cellXfs>"
					+ "<xf numFmtId=\"0\"/>".repeat(500_000) + "</cellXfs></styleSheet>"));
		}
	},
	/** The library understands it for no cell, and tries for each. */
	FORMAT_THAT_IS_TRIED_FOR_EACH_CELL {
		@Override
		public byte[] bytes() {
			return formatted("[$".repeat(127), 300_000);
		}
	},
	PART_TWICE {
		@Override
		public byte[] bytes() {
			byte[] once = zipped(with("xl/worksheets/sheet1.xmm", XML + SHEET.formatted("other")));
			return new String(once, ISO_8859_1).replace("sheet1.xmm", "sheet1.xml")
					.getBytes(ISO_8859_1);
		}
	},
	SHEET_OUTSIDE {
		@Override
		public byte[] bytes() {
			return zipped(with("xl/_rels/workbook.xml.rels", RELATIONS.replace("worksheets/sheet1.xml\"",
					"http://127.0.0.1:9/sheet1.xml\" TargetMode=\"External\"")));
		}
	},
	TORN {
		@Override
		public byte[] bytes() {
			byte[] whole = zipped(parts());
			return Arrays.copyOf(whole, whole.length / 2);
		}
	},
	TORN_XML {
		@Override
		public byte[] bytes() {
			return zipped(with("xl/worksheets/sheet1.xml", XML + SHEET.formatted("x").substring(0, 120)));
		}
	},
	NOT_A_WORKBOOK {
		@Override
		public byte[] bytes() {
			return zipped(new LinkedHashMap<>(Map.of("content.xml", "<office/>".getBytes(UTF_8))));
		}
	},
	ZIP_AND_NOISE {
		@Override
		public byte[] bytes() {
			byte[] noise = new byte[1_000_000];
			new Random(1).nextBytes(noise);
			noise[0] = 'P';
			noise[1] = 'K';
			noise[2] = 3;
			noise[3] = 4;
			return noise;
		}
	},
	PROTECTED_BY_A_PASSWORD {
		@Override
		public byte[] bytes() {
			byte[] ole = new byte[10_000];
			byte[] start = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
			System.arraycopy(start, 0, ole, 0, 4);
			return ole;
		}
	};

	/** Whole numbers with this format, a hundred in a line. */
	static byte[] formatted(String format, int cells) {
		Map<String, byte[]> parts = with("xl/styles.xml", XML + "<styleSheet xmlns=\"" + NS
				+ "\"><numFmts><numFmt numFmtId=\"200\" formatCode=\"" + format
				+ "\"/></numFmts><cellXfs><xf numFmtId=\"200\"/></cellXfs></styleSheet>");
		var sheet = new StringBuilder(XML + "<worksheet xmlns=\"" + NS + "\"><sheetData>");
		for (int line = 1; line <= cells / 100; line++) {
			sheet.append("<row>").append("<c s=\"0\"><v>1234</v></c>".repeat(100)).append("</row>");
		}
		parts.put("xl/worksheets/sheet1.xml", sheet.append("</sheetData></worksheet>").toString().getBytes(UTF_8));
		return zipped(parts);
	}

	private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
	private static final String NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
	private static final String TEXTS = "<sst xmlns=\"" + NS + "\"><si><t>%s</t></si></sst>";
	private static final String SHEET = "<worksheet xmlns=\"" + NS
			+ "\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"str\"><v>%s</v></c></row></sheetData></worksheet>";
	private static final String RELATIONS = XML
			+ "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";

	private static final String NAMED = "<sheet name=\"Staff\" sheetId=\"1\" r:id=\"rId1\"/>";

	public abstract byte[] bytes();

	/** A small workbook that is sound. */
	static byte[] sound() {
		return zipped(parts());
	}

	/** A hundred sheets of one name and one part with millions of cells. */
	static byte[] ofOneName() {
		return zipped(
				with("xl/workbook.xml", workbook("", NAMED.repeat(100)), "xl/worksheets/sheet1.xml",
						emptyCells(1_500_000)));
	}

	/** One whose days are counted since 1904, with one of them. */
	static byte[] since1904() {
		return zipped(with("xl/workbook.xml", workbook("<workbookPr date1904=\"1\"/>", NAMED), "xl/styles.xml",
				XML + "<styleSheet xmlns=\"" + NS
						+ "\"><cellXfs count=\"1\"><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
				"xl/worksheets/sheet1.xml", XML + "<worksheet xmlns=\"" + NS
						+ "\"><sheetData><row><c s=\"0\"><v>44627</v></c></row></sheetData></worksheet>"));
	}

	/** A workbook whose one sheet has these rows, as XML. */
	static byte[] ofRows(String rows) {
		return zipped(with("xl/worksheets/sheet1.xml",
				XML + "<worksheet xmlns=\"" + NS + "\"><sheetData>" + rows + "</sheetData></worksheet>"));
	}

	/** Its table of texts says that it has two billion. */
	static byte[] boastful() {
		return zipped(with("xl/sharedStrings.xml", XML + TEXTS.formatted("Name").replace("<sst ",
				"<sst count=\"2147483647\" uniqueCount=\"2147483647\" ")));
	}

	private static Map<String, byte[]> parts() {
		Map<String, byte[]> parts = new LinkedHashMap<>();
		String type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
		parts.put("[Content_Types].xml", (XML
				+ "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\""
				+ type + "sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" + type
				+ "worksheet+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"" + type
				+ "sharedStrings+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"" + type
				+ "styles+xml\"/></Types>").getBytes(UTF_8));
		parts.put("_rels/.rels", (XML
				+ "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")
				.getBytes(UTF_8));
		parts.put("xl/workbook.xml", workbook("", NAMED).getBytes(UTF_8));
		parts.put("xl/_rels/workbook.xml.rels", RELATIONS.getBytes(UTF_8));
		parts.put("xl/sharedStrings.xml", (XML + TEXTS.formatted("Name")).getBytes(UTF_8));
		parts.put("xl/worksheets/sheet1.xml", (XML + SHEET.formatted("x")).getBytes(UTF_8));
		return parts;
	}

	private static String emptyCells(int count) {
		return XML + "<worksheet xmlns=\"" + NS + "\"><sheetData><row>" + "<c/>".repeat(count)
				+ "</row></sheetData></worksheet>";
	}

	private static String workbook(String before, String sheets) {
		return XML + "<workbook xmlns=\"" + NS
				+ "\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">" + before
				+ "<sheets>"
				+ sheets
				+ "</sheets><extLst><ext><x15:workbookPr xmlns:x15=\"x15\" chartTrackingRefBase=\"1\"/></ext></extLst></workbook>";
	}

	/** @param parts names and contents in turn */
	private static Map<String, byte[]> with(String... parts) {
		Map<String, byte[]> all = parts();
		for (int i = 0; i < parts.length; i += 2)
			all.put(parts[i], parts[i + 1].getBytes(UTF_8));
		return all;
	}

	private static byte[] zipped(Map<String, byte[]> parts) {
		return zipped(parts, Map.of());
	}

	/** @param bombs so many bytes of nothing in a part */
	private static byte[] zipped(Map<String, byte[]> parts, Map<String, Long> bombs) {
		var bytes = new ByteArrayOutputStream();
		try (var zip = new ZipOutputStream(bytes)) {
			zip.setLevel(Deflater.BEST_SPEED);
			for (Map.Entry<String, byte[]> part : parts.entrySet()) {
				if (bombs.containsKey(part.getKey())) continue;
				zip.putNextEntry(new ZipEntry(part.getKey()));
				zip.write(part.getValue());
			}
			byte[] blanks = new byte[1 << 20];
			Arrays.fill(blanks, (byte) ' ');
			for (Map.Entry<String, Long> bomb : bombs.entrySet()) {
				zip.putNextEntry(new ZipEntry(bomb.getKey()));
				for (long left = bomb.getValue(); left > 0; left -= blanks.length)
					zip.write(blanks);
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return bytes.toByteArray();
	}
}
