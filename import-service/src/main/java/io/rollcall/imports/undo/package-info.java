/** Takes an import back, by an import of its own. */
@NullMarked
package io.rollcall.imports.undo;

import org.jspecify.annotations.NullMarked;
