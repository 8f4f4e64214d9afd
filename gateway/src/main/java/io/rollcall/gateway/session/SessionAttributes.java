package io.rollcall.gateway.session;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The attributes that sessions of a service have, each with the record whose JSON is kept. Nothing else can be put into a
 * session: what is kept is a decision, never whatever a framework happened to leave there, and no class is chosen by stored bytes.
 */
public final class SessionAttributes {
	private record Kept<T, R>(Class<T> type, Class<R> record, Function<T, R> write, Function<R, T> read) {
		byte[] write(Object value, JsonMapper json) {
			return json.writeValueAsBytes(write.apply(type.cast(value)));
		}

		Object read(byte[] bytes, JsonMapper json) {
			return read.apply(json.readValue(bytes, record));
		}
	}

	private final Map<String, Kept<?, ?>> kept;

	private SessionAttributes(Map<String, Kept<?, ?>> kept) {
		this.kept = kept;
	}

	public static SessionAttributes none() {
		return new SessionAttributes(Map.of());
	}

	/** These and one more, kept as its own JSON. */
	public <T> SessionAttributes and(String name, Class<T> type) {
		return and(name, type, type, Function.identity(), Function.identity());
	}

	/** These and one more, a framework's type that is kept as a record of the service's own. */
	public <T, R> SessionAttributes and(String name, Class<T> type, Class<R> record, Function<T, R> write,
			Function<R, T> read) {
		Map<String, Kept<?, ?>> more = new HashMap<>(kept);
		more.put(name, new Kept<>(type, record, write, read));
		return new SessionAttributes(Map.copyOf(more));
	}

	/** @throws IllegalArgumentException for a value that sessions here do not have */
	void check(String name, Object value) {
		keeperOf(name, value);
	}

	private Kept<?, ?> keeperOf(String name, Object value) {
		Kept<?, ?> attribute = kept.get(name);
		if (attribute == null || !attribute.type().isInstance(value)) {
			throw new IllegalArgumentException(
					"sessions here have no attribute " + name + " of " + value.getClass().getName());
		}
		return attribute;
	}

	byte[] write(String name, Object value, JsonMapper json) {
		return keeperOf(name, value).write(value, json);
	}

	/** Null for what another version of the service has left and this one does not know or cannot read. */
	@Nullable
	Object read(String name, byte[] bytes, JsonMapper json) {
		Kept<?, ?> attribute = kept.get(name);
		if (attribute == null) return null;
		try {
			return attribute.read(bytes, json);
		} catch (JacksonException e) {
			return null;
		}
	}
}
