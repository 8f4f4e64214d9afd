package io.rollcall.user.account;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.credential.Site;

/** Which way a change came, for the account's history. */
public sealed interface Origin {
	/** What the ids of the events of this change begin with; a repeated cause gives the same ids. */
	String causeId();

	/** The account that did it; absent for the system. */
	@Nullable
	UUID actorId();

	/** {@code form}, {@code training-form}, {@code import}, {@code api-client} or {@code system}. */
	String way();

	/** W3C trace context of the cause, to be carried on. */
	@Nullable
	String traceparent();

	/**
	 * A row of an import; {@code causeId} is the command's id.
	 *
	 * @param askedAt when its file was handed in
	 */
	record Row(String causeId, UUID actorId, UUID importId, int recordNumber, @Nullable String traceparent,
			Instant askedAt) implements Origin {
		@Override
		public String way() {
			return "import";
		}
	}

	/**
	 * A form, or a program of the district; {@code causeId} is the request's id.
	 *
	 * @param clientId the program, or the Training Site; absent for a form of the Portal
	 */
	record Request(String causeId, UUID actorId, @Nullable String clientId,
			@Nullable String traceparent) implements Origin {
		@Override
		public String way() {
			if (clientId == null) return "form";
			return clientId.equals(Site.TRAINING.clientId()) ? "training-form" : "api-client";
		}

		/** The program that asked; absent for any form. */
		public @Nullable String program() {
			return way().equals("api-client") ? clientId : null;
		}

		/** The part of a bulk request that concerns one account: its events need ids of their own. */
		public Request of(UUID account) {
			return new Request(causeId + "/" + account, actorId, clientId, traceparent);
		}
	}

	/** The system itself, at first start. */
	record System(String causeId) implements Origin {
		@Override
		public String way() {
			return "system";
		}

		@Override
		public @Nullable UUID actorId() {
			return null;
		}

		@Override
		public @Nullable String traceparent() {
			return null;
		}
	}
}
