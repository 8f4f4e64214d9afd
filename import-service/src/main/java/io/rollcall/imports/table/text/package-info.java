/** Text with tabs, semicolons, pipes or commas, also one that was pasted from a spreadsheet. */
@NullMarked
package io.rollcall.imports.table.text;

import org.jspecify.annotations.NullMarked;
