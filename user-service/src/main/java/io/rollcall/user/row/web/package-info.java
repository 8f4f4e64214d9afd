/** Rows by HTTP: judged, or compared with the accounts as a list of all staff, and nothing else. */
@NullMarked
package io.rollcall.user.row.web;

import org.jspecify.annotations.NullMarked;
