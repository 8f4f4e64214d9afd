package io.rollcall.imports.table.text;

import org.springframework.util.unit.DataSize;

import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.FileText;
import io.rollcall.imports.table.TableFormat;

/** For tests of what is made of a table. */
public final class TextFormat {
	private TextFormat() {}

	public static TableFormat of(FileText text) {
		return new TextTables(text, new FileLimits(DataSize.ofMegabytes(5), 200, 200));
	}
}
