package io.rollcall.user.account.web;

/** Versions of accounts as entity tags (RFC 9110, 8.8.3). */
final class EntityTags {
	private EntityTags() {}

	/** The version in an entity tag; a tag that is none of ours matches nothing. */
	static long version(String tag) {
		return tag.strip().matches("\"[0-9]{1,18}\"") ? Long.parseLong(tag.strip().replace("\"", "")) : -1;
	}
}
