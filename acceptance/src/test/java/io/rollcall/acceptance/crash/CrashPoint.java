package io.rollcall.acceptance.crash;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A place in a service's code: before or after the one call of a method within another one. */
public enum CrashPoint {
	FILE_KEPT("import-service", "imports.Imports", "store", Side.AFTER, "keep"),
	IMPORT_STORED("import-service", "imports.Imports", "store", Side.AFTER, "add"),
	COMMANDS_MADE("import-service", "imports.dispatch.Dispatcher", "send", Side.BEFORE, "publish"),
	COMMANDS_PUBLISHED("import-service", "imports.dispatch.Dispatcher", "send", Side.AFTER, "publish"),
	DISPATCH_NOTED("import-service", "imports.dispatch.Dispatcher", "send", Side.AFTER, "dispatched"),
	RESULTS_READ("import-service", "imports.messaging.ResultListener", "handle", Side.BEFORE, "fold"),
	RESULTS_FOLDED("import-service", "imports.messaging.ResultListener", "handle", Side.AFTER, "fold"),
	COMPLETION_OWED("import-service", "imports.messaging.CompletionRelay", "relay", Side.BEFORE, "publish"),
	COMPLETION_PUBLISHED("import-service", "imports.messaging.CompletionRelay", "relay", Side.AFTER, "publish"),

	ROWS_READ("user-service", "user.row.messaging.UserCommandListener", "apply", Side.BEFORE, "decide"),
	ACCOUNTS_SAVED("user-service", "user.row.RowService", "decide", Side.AFTER, "save"),
	ROWS_DECIDED("user-service", "user.row.messaging.UserCommandListener", "apply", Side.AFTER, "decide"),
	EVENTS_PUBLISHED("user-service", "user.outbox.Relay", "relay", Side.AFTER, "publish"),
	ROWS_RELAYED("user-service", "user.row.messaging.UserCommandListener", "apply", Side.AFTER, "relay"),
	ROWS_APPLIED("user-service", "user.row.messaging.UserCommandListener", "apply", Side.AFTER, "advance"),

	MAILINGS_ASKED("notification-service", "notification.delivery.Dispatcher", "dispatch", Side.BEFORE, "record"),
	MAILS_IN_LEDGER("notification-service", "notification.persistence.MongoLedger", "record", Side.BEFORE, "copyOf"),
	MAILINGS_RECORDED("notification-service", "notification.delivery.Dispatcher", "dispatch", Side.AFTER, "accept"),
	MAIL_WRITTEN("notification-service", "notification.delivery.Lane", "attempt", Side.AFTER, "write"),
	MAIL_SENT("notification-service", "notification.delivery.Lane", "attempt", Side.AFTER, "send"),
	MAIL_MARKED("notification-service", "notification.delivery.Lane", "finish", Side.AFTER, "stored"),
	MAILS_REPORTED("notification-service", "notification.delivery.Reporter", "tell", Side.AFTER, "publish"),
	MAILINGS_CLOSED("notification-service", "notification.delivery.Reporter", "tell", Side.AFTER, "close"),

	// Where corrections lead, and an upload alone does not.
	CORRECTION_READ("import-service", "imports.draft.Drafts", "correct", Side.BEFORE, "save", true),
	CORRECTION_SAVED("import-service", "imports.draft.Drafts", "correct", Side.AFTER, "save", true),
	COMMIT_PAID("import-service", "imports.draft.Commits", "isDecided", Side.BEFORE, "save", true),
	COMMIT_DECIDED("import-service", "imports.draft.Commits", "isDecided", Side.AFTER, "save", true),
	COMMIT_STORED("import-service", "imports.draft.Commits", "isStored", Side.AFTER, "store", true),
	COMMIT_NOTED("import-service", "imports.draft.Commits", "carryOut", Side.AFTER, "note", true),
	COMMIT_SETTLED("import-service", "imports.draft.Commits", "carryOut", Side.AFTER, "settled", true),
	REQUEST_TAKEN("gateway", "gateway.upstream.UpstreamExchange", "open", Side.BEFORE, "executeOpen", true),
	REQUEST_ANSWERED("gateway", "gateway.upstream.UpstreamExchange", "open", Side.AFTER, "executeOpen", true);

	/** Of the call. */
	enum Side {
		BEFORE,
		AFTER
	}

	private final String service;
	private final String type;
	private final String method;
	private final Side side;
	private final String called;
	private final boolean ofDrafts;

	CrashPoint(String service, String type, String method, Side side, String called) {
		this(service, type, method, side, called, false);
	}

	CrashPoint(String service, String type, String method, Side side, String called, boolean ofDrafts) {
		this.ofDrafts = ofDrafts;
		this.service = service;
		this.type = "io/rollcall/" + type.replace('.', '/');
		this.method = method;
		this.side = side;
		this.called = called;
	}

	/** Those that every upload leads to. */
	public static List<CrashPoint> ofUploads() {
		return Stream.of(values()).filter(it -> !it.ofDrafts).toList();
	}

	public String service() {
		return service;
	}

	/** As a file's name: {@code file-kept}. */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** The class's internal name. */
	String type() {
		return type;
	}

	String method() {
		return method;
	}

	Side side() {
		return side;
	}

	String called() {
		return called;
	}
}
