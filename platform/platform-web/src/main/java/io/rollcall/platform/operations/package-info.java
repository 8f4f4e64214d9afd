/**
 * What those who run the system see of a service and may do: what its consumers still have to do, its dead letters, their
 * replay. Each service answers for what it owns, under {@code /api/operations/<part>} (ADR 19). Nothing here shows personal
 * data unmasked.
 */
@NullMarked
package io.rollcall.platform.operations;

import org.jspecify.annotations.NullMarked;
