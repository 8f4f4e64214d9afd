/** Looks for what must stand nowhere. By the package's name after most others, so that there is much to find. */
@NullMarked
package io.rollcall.acceptance.leaks;

import org.jspecify.annotations.NullMarked;
