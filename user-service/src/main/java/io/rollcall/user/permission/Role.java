package io.rollcall.user.permission;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import io.rollcall.user.directory.Level;

import static io.rollcall.user.directory.Level.DISTRICT;
import static io.rollcall.user.directory.Level.SCHOOL;
import static io.rollcall.user.permission.Permission.*;
import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The roles, their permissions (guide, Table 1) and the level of their organizations (Table 4). {@link #SC} and {@link #OPS}
 * run the system; no file grants them.
 */
public enum Role {
	DTC("District Test Coordinator", EnumSet.of(DISTRICT), EnumSet.allOf(Permission.class)),
	STC("School Test Coordinator", EnumSet.of(SCHOOL), EnumSet.complementOf(EnumSet.of(REACTIVATE_TESTS))),
	TA("Test Administrator", EnumSet.of(SCHOOL), EnumSet.of(VIEW_CLASSES, VIEW_PROCTOR_PASSWORDS)),
	TC("Technology Coordinator", EnumSet.of(DISTRICT, SCHOOL),
			EnumSet.complementOf(EnumSet.of(TRANSFER_STUDENTS, UNLOCK_ITEMS, REACTIVATE_TESTS, ORDER_MATERIALS))),
	RAO("Reports Access Only", EnumSet.of(DISTRICT, SCHOOL), EnumSet.of(VIEW_REPORTS)),
	/** The service center: state-wide, without organizations of its own. */
	SC("Service Center", EnumSet.noneOf(Level.class), EnumSet.allOf(Permission.class)),
	/** Watches the streams; sees no personal data, changes no account. */
	OPS("Operations", EnumSet.noneOf(Level.class), EnumSet.noneOf(Permission.class));

	private final String title;
	private final Set<Level> levels;
	private final Set<Permission> permissions;

	Role(String title, EnumSet<Level> levels, EnumSet<Permission> permissions) {
		this.title = title;
		this.levels = Collections.unmodifiableSet(levels);
		this.permissions = Collections.unmodifiableSet(permissions);
	}

	/** As {@link #ofCode}, with the two that run the system; only the service center grants those, with the current password. */
	public static Optional<Role> ofAnyCode(String code) {
		return Arrays.stream(values()).filter(role -> role.hasCode(code)).findFirst();
	}

	/** The role of this code, ignoring the case of ASCII letters and surrounding blanks; only the five of the guide. */
	public static Optional<Role> ofCode(String code) {
		return ofAnyCode(code).filter(role -> !role.runsTheSystem());
	}

	/** Letters of other alphabets have upper cases in ASCII, too; they only look alike. */
	public boolean hasCode(String code) {
		String letters = code.strip();
		return US_ASCII.newEncoder().canEncode(letters) && letters.equalsIgnoreCase(name());
	}

	public String title() {
		return title;
	}

	/** At which levels an organization of this role may be; empty for those that have none. */
	public Set<Level> levels() {
		return levels;
	}

	public Set<Permission> permissions() {
		return permissions;
	}

	public boolean runsTheSystem() {
		return this == SC || this == OPS;
	}

	/** Whether programs may act for one in this role: there is something for them to do. */
	public boolean mayHaveApiClients() {
		return permissions.contains(MANAGE_USERS);
	}

	/** Whether one in this role may grant {@code other} and manage those who have it: its own permissions contain the other's. */
	public boolean manages(Role other) {
		if (this == SC) return true;
		return permissions.contains(MANAGE_USERS) && !other.runsTheSystem()
				&& permissions.containsAll(other.permissions);
	}
}
