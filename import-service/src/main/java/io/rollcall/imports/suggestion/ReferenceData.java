package io.rollcall.imports.suggestion;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.rollcall.imports.meaning.OrganizationCell.Organization;
import io.rollcall.imports.meaning.ProgramWords.Program;

/** What other services know. They are asked in the name of the person who looks: nobody is offered what is out of sight. */
public interface ReferenceData {
	/**
	 * The organizations that these codes or names are probably meant to be; a code that is fine means itself, one that may be
	 * anything is absent.
	 *
	 * @param texts 200 at most
	 * @param bearer the access token of whoever looks
	 * @throws io.rollcall.platform.TemporarilyUnavailable when there is no answer in time
	 */
	Map<String, Organization> organizationsMeant(Collection<String> texts, String bearer);

	/**
	 * The programs that everybody may have.
	 *
	 * @throws io.rollcall.platform.TemporarilyUnavailable when there is no answer in time
	 */
	List<Program> programs(String bearer);
}
