package io.rollcall.gateway.session;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.session.SessionRepository;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.platform.Recurring;
import io.rollcall.platform.persistence.Retention;

/**
 * The sessions of a site. A document is {@code {_id: SHA-256 of the cookie, createdAt, lastAccessedAt, expiresAt, sid,
 * working, attributes: {name: sealed}}}. Each attribute is a field of its own and a request writes only those that it changed, so
 * two requests of one session take nothing from each other; a session that has ended is never written back to life.
 */
public final class MongoSessions implements SessionRepository<StoredSession> {
	/** An attribute, a string, that stands readable in the document, so that sessions can be found by it. */
	public static final String SID = "sid";

	private static final Logger LOG = LoggerFactory.getLogger(MongoSessions.class);
	private static final Recurring TAMPERED = new Recurring();
	/** How exactly the last use is kept: a page that asks ten times a second is not ten writes. */
	private static final Duration TOUCHED_AFTER = Duration.ofMinutes(1);
	/** Who works on a session alone for longer than this has died. */
	static final Duration WORK_LIMIT = Duration.ofSeconds(10);
	private static final Duration PATIENCE = Duration.ofSeconds(15);
	private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

	private final MongoCollection<Document> sessions;
	private final SessionSettings settings;
	private final SessionAttributes attributes;
	private final JsonMapper json;
	private final Clock clock;
	private final Duration workLimit;
	private volatile boolean indexed;

	MongoSessions(MongoDatabase database, Retention retention, SessionSettings settings, SessionAttributes attributes,
			JsonMapper json, Clock clock, Duration workLimit) {
		this.sessions = database.getCollection(settings.collection());
		retention.keep(settings.collection(), "expiresAt", Duration.ZERO);
		this.settings = settings;
		this.attributes = attributes.and(SID, String.class);
		this.json = json;
		this.clock = clock;
		this.workLimit = workLimit;
	}

	@Override
	public StoredSession createSession() {
		return new StoredSession(attributes, settings, clock.instant());
	}

	/** @throws SessionsUnavailable when the store is away */
	@Override
	public @Nullable StoredSession findById(String id) {
		Optional<SessionKey> key = SessionKey.of(id);
		if (key.isEmpty()) return null;
		Document document = stored(() -> sessions.find(Filters.eq(key.get().id())).first());
		if (document == null || !isLiving(document)) return null;
		Map<String, Object> opened = new HashMap<>();
		String sid = document.getString("sid");
		if (sid != null) opened.put(SID, sid);
		for (var sealed : document.get("attributes", Document.class).entrySet()) {
			String name = name(sealed.getKey());
			Optional<byte[]> bytes = key.get().open(name, (Binary) sealed.getValue());
			if (bytes.isEmpty()) {
				// Or the half of the id that opens it was changed in the browser.
				TAMPERED.log("", LOG.atError(), "A session was changed by somebody else; it is not used");
				return null;
			}
			Object value = attributes.read(name, bytes.get(), json);
			if (value != null) opened.put(name, value);
		}
		return new StoredSession(attributes, settings, id, document.getDate("createdAt").toInstant(),
				document.getDate("lastAccessedAt").toInstant(), opened);
	}

	/**
	 * Whether there is such a session still. What is in it is not read: streams ask every second.
	 *
	 * @throws SessionsUnavailable when the store is away
	 */
	public boolean stands(String id) {
		Optional<SessionKey> key = SessionKey.of(id);
		if (key.isEmpty()) return false;
		Document document = stored(() -> sessions.find(Filters.eq(key.get().id()))
				.projection(Projections.include("expiresAt")).first());
		return document != null && isLiving(document);
	}

	private boolean isLiving(Document session) {
		return session.getDate("expiresAt").toInstant().isAfter(clock.instant());
	}

	/** @throws SessionsUnavailable when the store is away */
	@Override
	public void save(StoredSession session) {
		String before = session.storedId();
		if (session.getId().equals(before)) {
			update(session);
		} else {
			// The new one first: after a crash between the two the old one is left, without what the new one may.
			insert(session);
			if (before != null) deleteById(before);
			session.saved(true);
		}
	}

	private void insert(StoredSession session) {
		SessionKey key = SessionKey.of(session.getId()).orElseThrow();
		Document sealed = new Document();
		for (String name : session.getAttributeNames()) {
			if (!name.equals(SID)) sealed.append(field(name), seal(key, name, session));
		}
		Document document = new Document("_id", key.id()).append("createdAt", Date.from(session.getCreationTime()))
				.append("lastAccessedAt", Date.from(session.getLastAccessedTime()))
				.append("expiresAt", Date.from(session.expiresAt())).append("attributes", sealed);
		session.attribute(SID, String.class).ifPresent(sid -> document.append("sid", sid));
		stored(() -> {
			// Not at start, which needs no database.
			if (!indexed) sessions.createIndex(Indexes.ascending("sid"));
			indexed = true;
			return sessions.insertOne(document);
		});
	}

	private void update(StoredSession session) {
		SessionKey key = SessionKey.of(session.getId()).orElseThrow();
		List<Bson> updates = new ArrayList<>();
		for (String name : session.changed()) {
			String field = name.equals(SID) ? "sid" : "attributes." + field(name);
			Object value = session.getAttribute(name);
			if (value == null) {
				updates.add(Updates.unset(field));
			} else {
				updates.add(Updates.set(field, name.equals(SID) ? value : seal(key, name, session)));
			}
		}
		boolean touch = !session.getLastAccessedTime().isBefore(session.storedAccess().plus(TOUCHED_AFTER));
		if (touch) {
			updates.add(Updates.set("lastAccessedAt", Date.from(session.getLastAccessedTime())));
			updates.add(Updates.set("expiresAt", Date.from(session.expiresAt())));
		}
		if (!updates.isEmpty()) {
			stored(() -> sessions.updateOne(Filters.eq(key.id()), Updates.combine(updates)));
		}
		session.saved(touch);
	}

	private Binary seal(SessionKey key, String name, StoredSession session) {
		Object value = session.getAttribute(name);
		if (value == null) throw new IllegalStateException(name);
		return key.seal(name, attributes.write(name, value, json));
	}

	/** A dot would be a path in an update. */
	private static String field(String name) {
		return name.replace('.', '\u00b7');
	}

	private static String name(String field) {
		return field.replace('\u00b7', '.');
	}

	@Override
	public void deleteById(String id) {
		SessionKey.of(id).ifPresent(key -> stored(() -> sessions.deleteOne(Filters.eq(key.id()))));
	}

	/** Ends every session whose attribute {@link #SID} is this; returns how many. */
	public long deleteBySid(String sid) {
		return stored(() -> sessions.deleteMany(Filters.eq("sid", sid)).getDeletedCount());
	}

	/**
	 * Does {@code work} with the session as it is now, while nobody else does so, on any instance. Its result is returned; what it
	 * changed is for it to {@link #save}. One who died at work is waited for ten seconds; clocks are not compared.
	 *
	 * @param work gets null when there is no such session any more
	 * @throws SessionsUnavailable when others take too long, or the store is away
	 */
	public <T> T exclusively(String id, Function<@Nullable StoredSession, T> work) {
		Optional<SessionKey> key = SessionKey.of(id);
		if (key.isEmpty()) return work.apply(null);
		Bson session = Filters.eq(key.get().id());
		String mine = UUID.randomUUID().toString();
		long started = System.nanoTime();
		String seen = null;
		long seenSince = started;
		while (true) {
			Document document = stored(() -> sessions.find(session).first());
			if (document == null) return work.apply(null);
			String other = document.getString("working");
			boolean dead = other != null && other.equals(seen) && since(seenSince).compareTo(workLimit) > 0;
			if ((other == null || dead) && take(key.get(), other, mine)) {
				try {
					return work.apply(findById(id));
				} finally {
					stored(() -> sessions.updateOne(
							new Document("_id", key.get().id()).append("working", mine), Updates.unset("working")));
				}
			}
			if (other != null && !other.equals(seen)) {
				seen = other;
				seenSince = System.nanoTime();
			}
			if (since(started).compareTo(PATIENCE) > 0) throw new SessionsUnavailable();
			pause();
		}
	}

	private boolean take(SessionKey key, @Nullable String other, String mine) {
		return stored(() -> sessions.updateOne(new Document("_id", key.id()).append("working", other),
				Updates.set("working", mine))).getMatchedCount() == 1;
	}

	private static Duration since(long nanoTime) {
		return Duration.ofNanos(System.nanoTime() - nanoTime);
	}

	private static void pause() {
		try {
			Thread.sleep(LOOK_AGAIN);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new SessionsUnavailable(e);
		}
	}

	private static <T extends @Nullable Object> T stored(Supplier<T> operation) {
		try {
			return operation.get();
		} catch (MongoTimeoutException | MongoSocketException e) {
			throw new SessionsUnavailable(e);
		}
	}
}
