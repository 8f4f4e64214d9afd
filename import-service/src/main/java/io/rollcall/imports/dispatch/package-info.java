/**
 * Whose rows go next. One instance at a time dispatches ({@link io.rollcall.platform.persistence.Lease}); the districts take
 * turns ({@link io.rollcall.imports.dispatch.FairQueue}); only so many rows are under way at once, over all imports. What
 * has been dispatched is noted after the broker has it: a crash in between sends rows twice, which changes nothing since
 * their commands are the same; never not at all.
 */
@NullMarked
package io.rollcall.imports.dispatch;

import org.jspecify.annotations.NullMarked;
