package io.rollcall.user.account.profile;

/** A text that is no value of its type. Never repeats the text; has no stack, since in a bad file there are hundreds. */
public final class InvalidValue extends RuntimeException {
	private static final long serialVersionUID = 1;

	private final Fault fault;

	public InvalidValue(Fault fault) {
		super(fault.message(), null, false, false);
		this.fault = fault;
	}

	public Fault fault() {
		return fault;
	}
}
