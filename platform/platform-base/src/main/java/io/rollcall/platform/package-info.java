/**
 * What every service does the same way, whatever it stands on: failures and what a log says of them, hashes, traces, CSV, keys, threads.
 * Messages, the database and HTTP have modules of their own (decision 2). No domain rule lives here.
 */
@NullMarked
package io.rollcall.platform;

import org.jspecify.annotations.NullMarked;
