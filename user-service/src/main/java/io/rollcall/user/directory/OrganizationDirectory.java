package io.rollcall.user.directory;

import java.util.Map;
import java.util.Set;

/** The directory of organizations. */
public interface OrganizationDirectory {
	/**
	 * The organizations of these codes that accounts may be given; codes that are unknown or closed are missing in the answer.
	 *
	 * @throws io.rollcall.platform.TemporarilyUnavailable when the directory is away: then nobody knows, and waits
	 */
	Map<String, Organization> find(Set<String> codes);
}
