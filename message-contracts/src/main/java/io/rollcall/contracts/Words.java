package io.rollcall.contracts;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that stand in messages where a text could: none of them says anything of a person. A newer release may have more, which
 * readers must bear.
 */
public final class Words {
	public static final Set<String> ROLES = Set.of("DTC", "TC", "STC", "TA", "RAO", "SC", "OPS");
	public static final Set<String> SITES = Set.of("PORTAL", "TRAINING");
	/** Which way a change came. */
	public static final Set<String> WAYS = Set.of("form", "training-form", "import", "api-client", "system");
	/** Of accounts. */
	public static final Set<String> STATUSES = Set.of("active", "deactivated");
	/** Of imports. */
	public static final Set<String> ACTIONS = Set.of("add", "update");
	/** Of organizations. */
	public static final Set<String> LEVELS = Set.of("district", "school");
	/** Of accounts in a confirmation. */
	public static final Set<String> DECISIONS = Set.of("stays", "left", "wrong");
	/** Why a mail will not be sent any more. */
	public static final Set<String> MAIL_FAILURES = Set.of("rejected", "expired", "invalid-address",
			"unreadable-secret", "superseded");

	public static final Set<String> ALL = Stream
			.of(ROLES, SITES, WAYS, STATUSES, ACTIONS, LEVELS, DECISIONS, MAIL_FAILURES).flatMap(Set::stream)
			.collect(Collectors.toUnmodifiableSet());

	private Words() {}
}
