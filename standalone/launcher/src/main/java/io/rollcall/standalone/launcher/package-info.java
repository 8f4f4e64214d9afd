/**
 * Starts the whole system on one machine: broker, database and mail server, each in a JVM of its own, and every
 * service's own jar. {@link io.rollcall.standalone.launcher.Standalone} is the way in for tests,
 * {@link io.rollcall.standalone.launcher.Launcher} what {@code ./run} calls.
 */
@NullMarked
package io.rollcall.standalone.launcher;

import org.jspecify.annotations.NullMarked;
