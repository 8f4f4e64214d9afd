package io.rollcall.imports;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.file.Action;

/**
 * Which imports of the history are wanted; what is absent does not matter.
 *
 * @param search part of the file's name or of the submitter's username, ignoring case; blank for all
 * @param from the first moment of submission
 * @param before the moment after the last
 */
public record HistoryFilter(String search, @Nullable Boolean completed, @Nullable Action action,
		@Nullable Boolean dryRun,
		@Nullable Instant from, @Nullable Instant before) {}
