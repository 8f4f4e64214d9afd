/** Confirmations over HTTP. */
@NullMarked
package io.rollcall.user.confirmation.web;

import org.jspecify.annotations.NullMarked;
