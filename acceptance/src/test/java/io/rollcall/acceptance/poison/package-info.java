/**
 * Tests that leave on the topics what no consumer can handle, and what those who run the system see of it. They come after
 * all others, by their package's name.
 */
@NullMarked
package io.rollcall.acceptance.poison;

import org.jspecify.annotations.NullMarked;
