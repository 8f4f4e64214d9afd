/** Who reaches what by which credential, held against a table for every pair, and in chains of two steps. */
@NullMarked
package io.rollcall.acceptance.reach;

import org.jspecify.annotations.NullMarked;
