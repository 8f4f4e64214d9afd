/**
 * The domain rules a second time, written from the rules and the guide alone, for what the service center uploads. It
 * shares no code with the services, so that a mistake would have to be made twice to go unseen.
 */
@NullMarked
package io.rollcall.acceptance.oracle;

import org.jspecify.annotations.NullMarked;
