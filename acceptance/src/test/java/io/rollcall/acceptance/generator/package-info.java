/**
 * Import files by the dozen from one seed: every fault, encoding and line end that the rules name, and honest rows between. And
 * people without fault, for tests that are about something else.
 */
@NullMarked
package io.rollcall.acceptance.generator;

import org.jspecify.annotations.NullMarked;
