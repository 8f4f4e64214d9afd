package io.rollcall.user.outbox;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.rollcall.platform.messaging.CloudEvent;

/**
 * The events that documents of a kind still owe the world. They are stored in the document that they tell of, so that neither can be
 * without the other.
 *
 * @param <K> what names a document
 */
public interface Owing<K> {
	/**
	 * An event that is stored and perhaps not published.
	 *
	 * @param owner the key of its document
	 */
	record Pending(String owner, CloudEvent event) {}

	/** What these documents owe, for each in the order in which it happened. */
	List<Pending> of(Collection<K> owners);

	/** What any document owes since before {@code time}: a process died before it had published it. Of at most {@code limit} documents. */
	List<Pending> since(Instant time, int limit);

	/** Strikes out what the broker has acknowledged. */
	void strike(Collection<Pending> published);
}
