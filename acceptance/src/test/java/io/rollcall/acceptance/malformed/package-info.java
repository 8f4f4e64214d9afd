/** Requests that are not as they should be, of every kind, at every address of the running system. */
@NullMarked
package io.rollcall.acceptance.malformed;

import org.jspecify.annotations.NullMarked;
