/** How fast the whole system is, measured from outside; docs/performance.md says what came of it. No test runs them. */
@NullMarked
package io.rollcall.acceptance.benchmark;

import org.jspecify.annotations.NullMarked;
