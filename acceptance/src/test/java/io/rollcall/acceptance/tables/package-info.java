/** Lists of staff as LibreOffice and Gnumeric save them, made from known people, and what the system reads in them. */
@NullMarked
package io.rollcall.acceptance.tables;

import org.jspecify.annotations.NullMarked;
