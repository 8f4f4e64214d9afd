/** What a rejected cell was probably meant to be. Shown beside the row on screen, never among the guide's notes. */
@NullMarked
package io.rollcall.imports.suggestion;

import org.jspecify.annotations.NullMarked;
