/**
 * Deaths between two lines. A Java agent calls a named point before or after a call in a service's code, and there the process halts as
 * by {@code kill -9}, which itself cannot be aimed. The services know nothing of it.
 */
@NullMarked
package io.rollcall.acceptance.crash;

import org.jspecify.annotations.NullMarked;
