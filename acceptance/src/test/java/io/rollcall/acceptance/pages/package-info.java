/** Pages of the repository say what is so: of tests, of topics. */
@NullMarked
package io.rollcall.acceptance.pages;

import org.jspecify.annotations.NullMarked;
