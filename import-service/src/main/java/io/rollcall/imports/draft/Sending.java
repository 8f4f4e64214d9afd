package io.rollcall.imports.draft;

import java.time.Instant;
import java.util.SortedMap;
import java.util.UUID;

import io.rollcall.imports.Submitter;
import io.rollcall.imports.file.Correction;

/**
 * The decision to apply what a draft had. Whoever carries it out, however often, makes the one import of it.
 *
 * @param importId of that import
 * @param ofVersion the draft's that it was made from
 * @param corrections by record number; of an import that was applied, these records alone are sent
 * @param submitter as whoever decided was then
 */
public record Sending(UUID importId, long ofVersion, SortedMap<Integer, Correction> corrections, Submitter submitter,
		Instant at, String traceparent) {}
