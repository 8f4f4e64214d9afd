package io.rollcall.contracts;

import java.util.List;

/** The topics, by the names that operators see. */
public final class Topics {
	/** One row of an import as a command; keyed by the username in lower case, so that the rows of a person keep order. */
	public static final String USER_COMMANDS = "user-commands";
	/** What became of a row; keyed by import id. */
	public static final String USER_COMMAND_RESULTS = "user-command-results";
	/** Facts about accounts; keyed by account id. */
	public static final String USER_EVENTS = "user-events";
	/** Encrypted secrets on their way into a mail; keyed by account id, kept no longer than the secrets live. */
	public static final String CREDENTIAL_EVENTS = "credential-events";
	/** What became of a mail; keyed by account id. */
	public static final String DELIVERY_EVENTS = "delivery-events";
	/** Facts about imports; keyed by import id. */
	public static final String IMPORT_EVENTS = "import-events";
	/** Each organization as it is now; compacted, keyed by organization code. */
	public static final String ORGANIZATION_EVENTS = "organization-events";

	/** Facts about yearly confirmations; keyed by confirmation id, or account id where one account is meant. */
	public static final String CONFIRMATION_EVENTS = "confirmation-events";

	public static final List<String> ALL = List.of(USER_COMMANDS, USER_COMMAND_RESULTS, USER_EVENTS, CREDENTIAL_EVENTS,
			DELIVERY_EVENTS, IMPORT_EVENTS, ORGANIZATION_EVENTS, CONFIRMATION_EVENTS);

	private Topics() {}

	/** Where consumer group {@code group} puts what it cannot handle of {@code topic}. */
	public static String deadLetters(String topic, String group) {
		return topic + "." + group + ".dlq";
	}
}
