package io.rollcall.platform;

import java.util.List;
import java.util.ServiceLoader;

/**
 * Something the work needs (broker, database, another service) is away: the work is right and is tried again. Over HTTP it
 * is answered 503 with {@code Retry-After}. The message never holds personal data.
 */
public class TemporarilyUnavailable extends RuntimeException {
	private static final long serialVersionUID = 1;

	/** How the exceptions of one client look when what it speaks to is away. Whoever brings the client registers it as a service. */
	public interface Sign {
		/** @param failure one of a chain; its cause is asked about by itself */
		boolean isIn(Throwable failure);
	}

	private static final List<Sign> SIGNS = ServiceLoader.load(Sign.class, Sign.class.getClassLoader()).stream()
			.map(ServiceLoader.Provider::get).toList();

	public TemporarilyUnavailable(String message, Throwable cause) {
		super(message, cause);
	}

	public TemporarilyUnavailable(String message) {
		super(message);
	}

	/**
	 * Whether waiting helps: true for what is away, false for what is wrong. Spring's translation of the database's exceptions is no
	 * help there, for it gives what is away and what is wrong the same types: the cause says it.
	 */
	public static boolean isBehind(Throwable failure) {
		for (Throwable t = failure; t != null; t = t.getCause()) {
			Throwable one = t;
			if (one instanceof TemporarilyUnavailable || SIGNS.stream().anyMatch(sign -> sign.isIn(one))) return true;
		}
		return false;
	}
}
