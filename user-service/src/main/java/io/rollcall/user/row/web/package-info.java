/** Rows by HTTP: judged, and nothing else. */
@NullMarked
package io.rollcall.user.row.web;

import org.jspecify.annotations.NullMarked;
