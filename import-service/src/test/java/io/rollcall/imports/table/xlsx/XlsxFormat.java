package io.rollcall.imports.table.xlsx;

import org.springframework.util.unit.DataSize;

import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.table.TableFormat;

/** For tests of what is made of a workbook. */
public final class XlsxFormat {
	private XlsxFormat() {}

	public static TableFormat reading() {
		return new XlsxTables(new FileLimits(DataSize.ofMegabytes(5), 200, 200));
	}

	/** A workbook with so many rows of two cells. */
	public static byte[] rows(int count) {
		String cell = "<c t='inlineStr'><is><t>x</t></is></c>";
		return HostileWorkbooks.ofRows(("<row>" + cell + cell + "</row>").repeat(count));
	}
}
