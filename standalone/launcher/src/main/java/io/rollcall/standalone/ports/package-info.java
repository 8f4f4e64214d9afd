/** Ports of this machine. */
@NullMarked
package io.rollcall.standalone.ports;

import org.jspecify.annotations.NullMarked;
