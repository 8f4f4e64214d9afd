/** User files as spreadsheets write and read them: encodings, RFC 4180, the mark that keeps a cell from being a formula. */
@NullMarked
package io.rollcall.imports.file.csv;

import org.jspecify.annotations.NullMarked;
