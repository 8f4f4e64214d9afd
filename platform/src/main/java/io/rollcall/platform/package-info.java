/**
 * What every service does the same way, as auto-configuration: messages on Kafka, callers and their rights, sessions, problem details,
 * health. No domain rule lives here.
 */
@NullMarked
package io.rollcall.platform;

import org.jspecify.annotations.NullMarked;
