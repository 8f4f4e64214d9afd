package io.rollcall.imports.table.xlsx;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.poi.openxml4j.util.ZipEntrySource;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a workbook that a list can stand in: sheets, texts, formats, and what leads to them. They are unpacked here, with an
 * eye on how much that becomes; macros, pictures, external references and the rest never reach the library.
 */
final class Parts implements ZipEntrySource {
	/** What a workbook has too much of. */
	static final class TooMuch extends IOException {
		TooMuch(String what) {
			super(what);
		}
	}

	private static final int MOST_ENTRIES = 500;
	private static final int MOST_SHEETS = 100;
	/** In bytes, unpacked; what is kept stays in memory while the workbook is read. */
	private static final int MOST_KEPT = 12 << 20;
	/** Each becomes an object, however short it is. */
	private static final int MOST_TEXTS = 4 << 20;
	private static final int MOST_PASSED = 64 << 20;
	/** It becomes a tree of objects. */
	private static final int MOST_FORMATS = 1 << 20;
	private static final int SMALL = 1 << 20;
	private static final int END = 0x06054b50;
	private static final int END_LENGTH = 22;
	/** With the longest comment. */
	private static final int LONGEST_END = END_LENGTH + 0xFFFF;
	private static final int ENTRIES_IN_END = 10;
	private static final Pattern SHEET = Pattern.compile("xl/(?:work|chart|dialog|macro)sheets/[^/]+\\.xml");
	private static final Pattern TEXTS = Pattern.compile("xl/sharedstrings[^/]*\\.xml");
	private static final Pattern FORMATS = Pattern.compile("xl/styles[^/]*\\.xml");
	private static final Pattern LEADING = Pattern.compile(
			"\\[content_types]\\.xml|_rels/\\.rels|xl/workbook[^/]*\\.xml|xl/_rels/workbook[^/]*\\.xml\\.rels");

	private final Map<String, byte[]> parts = new LinkedHashMap<>();

	private Parts() {}

	/** @throws IOException when it is broken; {@link TooMuch} when it is too large */
	static Parts of(byte[] workbook) throws IOException {
		var parts = new Parts();
		int entries = 0;
		int sheets = 0;
		long kept = 0;
		long passed = 0;
		try (var zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				if (++entries > MOST_ENTRIES) throw new TooMuch("parts");
				String name = entry.getName();
				String lower = name.toLowerCase(Locale.ROOT);
				if (SHEET.matcher(lower).matches() && ++sheets > MOST_SHEETS) throw new TooMuch("sheets");
				int most = most(lower);
				if (most == 0) {
					passed += passed(zip, MOST_PASSED - passed);
					continue;
				}
				byte[] part = zip.readNBytes(most + 1);
				if (part.length > most) throw new TooMuch(what(lower));
				kept += part.length;
				if (kept > MOST_KEPT) throw new TooMuch("cells");
				checkPlain(part);
				if (parts.parts.put(name, part) != null) throw new IOException("a part twice");
			}
		}
		checkWhole(workbook, entries);
		return parts;
	}

	/** What was cut off is told by the end of it alone, which says how many parts there were (PKWARE's APPNOTE, 4.3.16). */
	private static void checkWhole(byte[] workbook, int entries) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(workbook).order(ByteOrder.LITTLE_ENDIAN);
		for (int at = workbook.length - END_LENGTH; at >= Math.max(0, workbook.length - LONGEST_END); at--) {
			if (bytes.getInt(at) == END && Short.toUnsignedInt(bytes.getShort(at + ENTRIES_IN_END)) == entries) return;
		}
		throw new IOException("the end is missing");
	}

	private static int most(String name) {
		if (SHEET.matcher(name).matches()) return MOST_KEPT;
		if (TEXTS.matcher(name).matches()) return MOST_TEXTS;
		if (FORMATS.matcher(name).matches()) return MOST_FORMATS;
		return LEADING.matcher(name).matches() ? SMALL : 0;
	}

	private static String what(String name) {
		if (FORMATS.matcher(name).matches()) return "formats";
		return LEADING.matcher(name).matches() ? "parts" : "cells";
	}

	private static long passed(InputStream part, long most) throws IOException {
		long passed = 0;
		for (long skipped = part.skip(1 << 16); skipped > 0; skipped = part.skip(1 << 16)) {
			passed += skipped;
			if (passed > most) throw new TooMuch("parts");
		}
		return passed;
	}

	/** No encoding that would hide it, and no document type: a workbook has none, and what entities do is never meant well. */
	private static void checkPlain(byte[] part) throws IOException {
		for (int i = 0; i < part.length; i++) {
			if (part[i] == 0) throw new IOException("not UTF-8");
			if (part[i] == '<' && i + 8 < part.length && part[i + 1] == '!' && part[i + 2] == 'D'
					&& part[i + 3] == 'O') {
				throw new IOException("a document type");
			}
		}
	}

	@Override
	public Enumeration<? extends ZipArchiveEntry> getEntries() {
		return Collections.enumeration(parts.keySet().stream().map(ZipArchiveEntry::new).toList());
	}

	@Override
	public @Nullable ZipArchiveEntry getEntry(String path) {
		String name = path.replace('\\', '/');
		return parts.keySet().stream().filter(name::equalsIgnoreCase).findFirst().map(ZipArchiveEntry::new)
				.orElse(null);
	}

	@Override
	public InputStream getInputStream(ZipArchiveEntry entry) throws IOException {
		byte[] part = parts.get(entry.getName());
		if (part == null) throw new IOException("no such part");
		return new ByteArrayInputStream(part);
	}

	@Override
	public boolean isClosed() {
		return false;
	}

	@Override
	public void close() {
		// nothing is open
	}
}
