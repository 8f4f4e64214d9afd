/** The whole system, judged from outside by what the rules and the guide say. */
@NullMarked
package io.rollcall.acceptance;

import org.jspecify.annotations.NullMarked;
