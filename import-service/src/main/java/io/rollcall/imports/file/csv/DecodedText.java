package io.rollcall.imports.file.csv;

import java.util.Optional;

import org.springframework.stereotype.Component;

import io.rollcall.imports.file.FileText;

/**
 * Decodes any table as a CSV file is decoded (rules, "Import files"): UTF-8, UTF-16 with a byte order mark, or else Windows-1252.
 * Lines count from 1.
 */
@Component
final class DecodedText implements FileText {
	@Override
	public Optional<Decoded> of(byte[] content) {
		return Text.of(content).map(text -> new Decoded(text.chars(),
				text.foreign() == Text.NOTHING_FOREIGN ? 0 : Structure.line(text.chars(), text.foreign())));
	}
}
