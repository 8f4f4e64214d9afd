package io.rollcall.notification;

/** The mails there are. The code is part of ids and of {@code delivery-events}: it never changes. */
public enum MailKind {
	USERNAME("username"),
	PASSWORD("password"),
	PASSWORD_RESET("password-reset"),
	DEACTIVATED("deactivated"),
	REACTIVATED("reactivated"),
	PASSWORD_CHANGED("password-changed"),
	/** To the new address. */
	EMAIL_CHANGED("email-changed"),
	/** To the address before, whose owner may not have asked for it. */
	EMAIL_CHANGED_BEFORE("email-changed-before"),
	/** To one whose role or organizations are others now. */
	ACCESS_CHANGED("access-changed"),
	/** A program got a secret with which it acts for the account. */
	API_CLIENT_MADE("api-client-made"),
	API_CLIENT_REVOKED("api-client-revoked"),
	/** Under their name somebody was given the same role, or reactivated with it, who may manage them from now on. */
	PEER_ADDED("peer-added"),
	/** To whom handed the file in, when that took so long that they will not have waited for it. */
	IMPORT_COMPLETED("import-completed"),
	/** To a coordinator, on a day of reminders, while there is something for her to decide in a confirmation. */
	CONFIRMATION_DUE("confirmation-due");

	private final String code;

	MailKind(String code) {
		this.code = code;
	}

	public String code() {
		return code;
	}

	public boolean revealsSecret() {
		return this == PASSWORD || this == PASSWORD_RESET;
	}

	/** Whether it is of use only as long as the password or link that was made with it. */
	public boolean endsWithItsSecret() {
		return this == USERNAME || revealsSecret();
	}

	public static MailKind of(String code) {
		for (MailKind kind : values())
			if (kind.code.equals(code)) return kind;
		throw new IllegalArgumentException("no such kind of mail");
	}
}
