package io.rollcall.gateway.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

/** A session as one request sees it. It knows what that request changed, so that only this is written back. */
public final class StoredSession implements Session {
	private final SessionAttributes known;
	private final SessionSettings settings;
	private final Instant createdAt;
	private final Map<String, Object> attributes = new HashMap<>();
	private final Set<String> changed = new HashSet<>();
	private String id;
	/** Under which it is in the store; null when it is not there yet. */
	private @Nullable String storedId;
	private Instant lastAccessed;
	private Instant storedAccess;

	/** A new one. */
	StoredSession(SessionAttributes known, SessionSettings settings, Instant now) {
		this(known, settings, SessionKey.newValue(), now, now, Map.of());
		storedId = null;
	}

	/** One from the store. */
	StoredSession(SessionAttributes known, SessionSettings settings, String id, Instant createdAt, Instant lastAccessed,
			Map<String, Object> attributes) {
		this.known = known;
		this.settings = settings;
		this.id = id;
		this.storedId = id;
		this.createdAt = createdAt;
		this.lastAccessed = lastAccessed;
		this.storedAccess = lastAccessed;
		this.attributes.putAll(attributes);
	}

	/** The cookie's value: a secret. */
	@Override
	public String getId() {
		return id;
	}

	/** From the next save on the session answers to another cookie alone; call it whenever its rights change (ASVS 5.0, 7.2.4). */
	@Override
	public String changeSessionId() {
		id = SessionKey.newValue();
		return id;
	}

	@Override
	@SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
	public <T> @Nullable T getAttribute(String name) {
		return (T) attributes.get(name);
	}

	/** The attribute when there is one and it is of this type. */
	public <T> Optional<T> attribute(String name, Class<T> type) {
		return Optional.ofNullable(attributes.get(name)).filter(type::isInstance).map(type::cast);
	}

	@Override
	public Set<String> getAttributeNames() {
		return Set.copyOf(attributes.keySet());
	}

	/** @throws IllegalArgumentException for an attribute that the service has not declared */
	@Override
	public void setAttribute(String name, @Nullable Object value) {
		if (value == null) {
			removeAttribute(name);
			return;
		}
		known.check(name, value);
		attributes.put(name, value);
		changed.add(name);
	}

	@Override
	public void removeAttribute(String name) {
		if (attributes.remove(name) != null) changed.add(name);
	}

	@Override
	public Instant getCreationTime() {
		return createdAt;
	}

	@Override
	public void setLastAccessedTime(Instant lastAccessedTime) {
		lastAccessed = lastAccessedTime;
	}

	@Override
	public Instant getLastAccessedTime() {
		return lastAccessed;
	}

	/** Unsupported: all sessions of a service live equally long. */
	@Override
	public void setMaxInactiveInterval(Duration interval) {
		throw new UnsupportedOperationException("all sessions of a service live equally long");
	}

	@Override
	public Duration getMaxInactiveInterval() {
		return settings.idleTimeout();
	}

	@Override
	public boolean isExpired() {
		return !Instant.now().isBefore(expiresAt());
	}

	/** When it ends if nobody uses it any more. */
	Instant expiresAt() {
		Instant idle = lastAccessed.plus(settings.idleTimeout());
		Instant absolute = createdAt.plus(settings.absoluteTimeout());
		return idle.isBefore(absolute) ? idle : absolute;
	}

	@Nullable
	String storedId() {
		return storedId;
	}

	Instant storedAccess() {
		return storedAccess;
	}

	Set<String> changed() {
		return changed;
	}

	void saved(boolean touched) {
		storedId = id;
		if (touched) storedAccess = lastAccessed;
		changed.clear();
	}
}
