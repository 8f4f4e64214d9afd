/**
 * The file that somebody uploads: its columns and records, what it may be at most, why it is refused as a whole. How the bytes
 * are read is {@code csv}'s to know; what a cell may hold is nobody's here.
 */
@NullMarked
package io.rollcall.imports.file;

import org.jspecify.annotations.NullMarked;
