package io.rollcall.platform.tomcat;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A request's body could not be read, which is its sender's doing. Not an {@code IOException}: that Tomcat takes for a client that has
 * gone, and puts a page of its own in the place of whatever is answered.
 */
public final class BodyFailure extends RuntimeException {
	/** What became of it. */
	public enum Kind {
		/** Its sender was too slow, fell silent or hung up. */
		BROKEN_OFF,
		/** Where it ends cannot be made out (RFC 9112, 7.1). */
		MALFORMED
	}

	private static final long serialVersionUID = 1;
	private final Kind kind;

	BodyFailure(Kind kind) {
		super("the body: " + kind, null, false, false);
		this.kind = kind;
	}

	public Kind kind() {
		return kind;
	}

	/** The one that stands behind a failure, if one does. */
	public static Optional<BodyFailure> behind(@Nullable Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause())
			if (cause instanceof BodyFailure found) return Optional.of(found);
		return Optional.empty();
	}
}
