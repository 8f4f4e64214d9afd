/** Confirmations, the decisions in them, and what both owe the world. */
@NullMarked
package io.rollcall.user.confirmation.persistence;

import org.jspecify.annotations.NullMarked;
