package io.rollcall.organization.web;

import java.io.Serializable;

/** Why a request is not answered as asked. */
sealed interface Refusal extends Serializable {
	record NoSuchOrganization() implements Refusal {}

	record NoCodes() implements Refusal {}

	record TooManyCodes(int asked, int limit) implements Refusal {}

	/** Carries a refusal out of a handler. */
	final class Refused extends RuntimeException {
		private static final long serialVersionUID = 1;
		private final Refusal refusal;

		Refused(Refusal refusal) {
			super(refusal.getClass().getSimpleName());
			this.refusal = refusal;
		}

		Refusal refusal() {
			return refusal;
		}
	}
}
