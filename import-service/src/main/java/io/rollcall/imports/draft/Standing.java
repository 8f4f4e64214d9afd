package io.rollcall.imports.draft;

/**
 * Where an import stands beside its own counts.
 *
 * @param corrections records with a correction that is not sent
 * @param open rejected records that no later import took over, those among them counted that are open there
 */
public record Standing(int corrections, int open) {}
