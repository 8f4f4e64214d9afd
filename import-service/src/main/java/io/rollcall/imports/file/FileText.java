package io.rollcall.imports.file;

import java.nio.CharBuffer;
import java.util.Optional;

/** Bytes as text, in the encodings that spreadsheets save in. */
public interface FileText {
	/** @param foreignLine where the first byte stands that is not of the encoding of the others; 0 when there is none */
	record Decoded(CharBuffer chars, long foreignLine) {}

	/** Empty when it is not text. */
	Optional<Decoded> of(byte[] content);
}
