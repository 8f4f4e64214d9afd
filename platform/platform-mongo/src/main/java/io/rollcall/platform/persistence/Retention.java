package io.rollcall.platform.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.rollcall.platform.BackgroundLoop;
import io.rollcall.platform.Failures;

/**
 * What a service keeps for a time only. Whoever stores it says once for how long, and it is deleted: by MongoDB through an index
 * with a time to live, and by a sweep, for the database of one machine deletes nothing by itself. Nothing of this can keep a
 * service from starting: what fails is tried again.
 */
public final class Retention extends BackgroundLoop {
	private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
	private static final Duration SWEPT_EVERY = Duration.ofMinutes(10);
	private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
	/** There is such an index with another time, or with none. */
	private static final List<Integer> CONFLICTS = List.of(85, 86);

	/** Deletes what is due at a moment. Every instance does; the second finds nothing left. */
	@FunctionalInterface
	public interface Deletion {
		/** @return how many are gone */
		long deleteDue(Instant now);
	}

	private final MongoDatabase database;
	private final Clock clock;
	private final List<Sweep> sweeps = new CopyOnWriteArrayList<>();

	public Retention(MongoDatabase database, Clock clock) {
		super("retention", AFTER_FAILURE, "What is due was not deleted");
		this.database = database;
		this.clock = clock;
	}

	/**
	 * Documents of a collection go when {@code time} has passed since their {@code field}, a date; those without it stay.
	 *
	 * @param time zero where the date itself says when
	 */
	public void keep(String collection, String field, Duration time) {
		var expiry = new Expiry(database.getCollection(collection), field, time);
		sweeps.add(new Sweep(collection, SWEPT_EVERY, Duration.ZERO, expiry));
	}

	/**
	 * For what a date alone does not decide.
	 *
	 * @param what names it in the log
	 * @param every how often it is looked for
	 */
	public void keep(String what, Duration every, Deletion deletion) {
		// Not with all else that a start has to do, and yet on a machine that is off at night.
		Duration first = every.compareTo(SWEPT_EVERY) < 0 ? every : SWEPT_EVERY;
		sweeps.add(new Sweep(what, every, first, deletion));
	}

	/** Deletes all that is due at a moment. */
	public void sweep(Instant now) {
		sweeps.forEach(sweep -> sweep.run(now));
	}

	/** The index is made once, by the first deletion that reaches the database. */
	private final class Expiry implements Deletion {
		private final MongoCollection<Document> collection;
		private final String field;
		private final Duration time;
		private boolean indexed;

		Expiry(MongoCollection<Document> collection, String field, Duration time) {
			this.collection = collection;
			this.field = field;
			this.time = time;
		}

		@Override
		public synchronized long deleteDue(Instant now) {
			if (!indexed) index();
			indexed = true;
			return collection.deleteMany(Filters.lt(field, Date.from(now.minus(time)))).getDeletedCount();
		}

		private void index() {
			long seconds = Math.ceilDiv(time.toMillis(), 1000L);
			try {
				collection.createIndex(Indexes.ascending(field),
						new IndexOptions().expireAfter(seconds, TimeUnit.SECONDS));
			} catch (MongoCommandException e) {
				if (!CONFLICTS.contains(e.getCode())) throw e;
				change(seconds);
			}
		}

		private void change(long seconds) {
			try {
				database.runCommand(new Document("collMod", collection.getNamespace().getCollectionName()).append(
						"index",
						new Document("keyPattern", new Document(field, 1)).append("expireAfterSeconds", seconds)));
			} catch (MongoCommandException e) {
				LOG.warn("The index of {} keeps its time to live; what is due before is swept",
						collection.getNamespace().getCollectionName(), Failures.withoutText(e));
			}
		}
	}

	private final class Sweep {
		private final String what;
		private final Duration every;
		private final Deletion deletion;
		private Duration wait;
		private long since = System.nanoTime();

		Sweep(String what, Duration every, Duration first, Deletion deletion) {
			this.what = what;
			this.every = every;
			this.deletion = deletion;
			this.wait = first;
		}

		void run(Instant now) {
			long deleted = deletion.deleteDue(now);
			if (deleted > 0) LOG.info("Retention: {} of {} deleted", deleted, what);
		}

		Duration due() {
			return wait.minusNanos(System.nanoTime() - since);
		}

		void runIfDue() {
			if (due().isPositive()) return;
			since = System.nanoTime();
			try {
				run(clock.instant());
				wait = every;
			} catch (RuntimeException e) {
				if (isRunning()) LOG.warn("What is due of {} was not deleted", what, Failures.withoutText(e));
				wait = AFTER_FAILURE;
			}
		}
	}

	@Override
	protected Duration round() {
		sweeps.forEach(Sweep::runIfDue);
		Duration pause = sweeps.stream().map(Sweep::due).min(Duration::compareTo).orElse(SWEPT_EVERY);
		return pause.isPositive() ? pause : Duration.ZERO;
	}
}
