/** What the system says of itself (rows, accounts, mails) set against what it should say. */
@NullMarked
package io.rollcall.acceptance.comparison;

import org.jspecify.annotations.NullMarked;
