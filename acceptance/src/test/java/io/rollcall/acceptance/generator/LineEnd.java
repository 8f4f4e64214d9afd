package io.rollcall.acceptance.generator;

/** What ends a line. */
public enum LineEnd {
	CRLF("\r\n"), LF("\n"), CR("\r");

	private final String text;

	LineEnd(String text) {
		this.text = text;
	}

	String text() {
		return text;
	}
}
