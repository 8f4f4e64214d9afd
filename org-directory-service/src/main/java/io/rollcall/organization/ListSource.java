package io.rollcall.organization;

/** Where the list comes from. */
public interface ListSource {
	/** @throws OrganizationList.InvalidList when it cannot be read or cannot be right */
	OrganizationList read();
}
