/** The portal as people see it: a real browser, a person who signs in, and what every screen must be. */
@NullMarked
package io.rollcall.acceptance.browser;

import org.jspecify.annotations.NullMarked;
