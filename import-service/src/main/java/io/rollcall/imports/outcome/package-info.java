/** How a row ended, and how many of an import ended how. What has ended stays so. */
@NullMarked
package io.rollcall.imports.outcome;

import org.jspecify.annotations.NullMarked;
