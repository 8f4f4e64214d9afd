/**
 * Imports: a CSV file of users is checked as a file and stored whole; its rows go out as commands, what became of them comes
 * back and is folded into the import until each row has ended; then there is a summary and an error file (guide, section
 * V.D). This service owns the imports and nothing of an account: what a cell may hold is user-service's to judge.
 *
 * <p>In: {@code web} (uploads, questions), {@code messaging} (results). Decided in {@code file}: whether a file is taken, and of which
 * of its records nobody need be asked; here: how an import ends, of which {@code outcome} says how each row did; in {@code dispatch}:
 * whose rows go next; in {@code draft}: what is corrected, and what a commit takes along. Out: commands on {@code user-commands}, and
 * that an import is completed on {@code import-events}. {@code progress} says how an import goes, {@code suggestion} what a rejected
 * cell was meant to be. {@code table} reads what is no file of the template, for a preview or a comparison alone. {@code comparison}
 * keeps lists of all staff, has user-service compare them, and makes previews of what they add and change. {@code undo} makes the
 * import that takes another one back.
 */
@NullMarked
package io.rollcall.imports;

import org.jspecify.annotations.NullMarked;
