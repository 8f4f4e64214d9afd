/**
 * What stands on the topics: sealed commands and events as Jackson reads and writes them, JDK types only. A change here is
 * additive; what would break a reader gets a new type name.
 */
@NullMarked
package io.rollcall.contracts;

import org.jspecify.annotations.NullMarked;
