package io.rollcall.imports.suggestion;

import java.util.Collection;
import java.util.Map;

/** What other services know. They are asked in the name of the person who looks: nobody is offered what is out of sight. */
public interface ReferenceData {
	/** An organization that somebody probably meant. */
	record Organization(String code, String name) {}

	/**
	 * The organizations that these codes are probably meant to be; a code that is fine means itself, one that may be anything is
	 * absent.
	 *
	 * @param bearer the access token of whoever looks
	 * @throws io.rollcall.platform.messaging.TemporarilyUnavailable when there is no answer in time
	 */
	Map<String, Organization> organizationsMeant(Collection<String> codes, String bearer);

	/**
	 * The roles' codes by their full names.
	 *
	 * @throws io.rollcall.platform.messaging.TemporarilyUnavailable when there is no answer in time
	 */
	Map<String, String> roleCodes(String bearer);
}
