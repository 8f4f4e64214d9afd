/** What tests of other modules stand on, too. */
@NullMarked
package io.rollcall.containers;

import org.jspecify.annotations.NullMarked;
