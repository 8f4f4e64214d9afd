/** What tests of other modules stand on, too. */
@NullMarked
package io.rollcall.standalone.testing;

import org.jspecify.annotations.NullMarked;
