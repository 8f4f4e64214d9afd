package io.rollcall.imports.dispatch;

import java.util.Optional;

/** Where the instances agree on one. */
public interface LeaseStore {
	/** A sign of life of {@code holder}, which is blank when it let go. */
	record Beat(String holder, long count) {}

	Optional<Beat> read(String lease);

	/** @return false, and nothing changes, unless {@code seen} is what stands there, or nothing does and it is empty */
	boolean replace(String lease, Optional<Beat> seen, Beat next);
}
