/** The system as {@code docker-compose.yml} makes it, on whatever engine there is. */
@NullMarked
package io.rollcall.acceptance.compose;

import org.jspecify.annotations.NullMarked;
