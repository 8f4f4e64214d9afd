package io.rollcall.acceptance.damage;

import java.util.Set;

import io.rollcall.acceptance.generator.Action;

/** A file with what was done to it. */
public record DamagedFile(int number, Action action, Set<Damage> damages, byte[] bytes) {
	public String name() {
		return "damaged-%03d-%s.csv".formatted(number, action.wire());
	}
}
