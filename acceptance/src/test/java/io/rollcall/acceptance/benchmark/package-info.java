/**
 * How fast the whole system is, and how quiet, measured from outside; docs/performance.md and docs/reliability.md say what came of
 * it. No test runs them.
 */
@NullMarked
package io.rollcall.acceptance.benchmark;

import org.jspecify.annotations.NullMarked;
