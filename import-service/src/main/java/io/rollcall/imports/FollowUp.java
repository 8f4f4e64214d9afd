package io.rollcall.imports;

import java.util.UUID;

/**
 * An import that took over rejected records of another one, corrected.
 *
 * @param records how many
 */
public record FollowUp(UUID importId, int records) {}
