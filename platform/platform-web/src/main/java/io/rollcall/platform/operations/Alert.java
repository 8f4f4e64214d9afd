package io.rollcall.platform.operations;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something that somebody should look at. The alert rules for Prometheus say the same.
 *
 * @param code stable, as {@code consumer-stuck}
 * @param since when it began, where that is known
 * @param summary one sentence without personal data
 */
public record Alert(String code, @Nullable Instant since, String summary) {}
