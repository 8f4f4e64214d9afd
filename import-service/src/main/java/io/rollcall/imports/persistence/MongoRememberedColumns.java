package io.rollcall.imports.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.stereotype.Repository;

import io.rollcall.imports.table.RememberedColumns;
import io.rollcall.imports.table.Target;
import io.rollcall.platform.Sha256;
import io.rollcall.platform.persistence.Retention;

/**
 * Keeps what people chose for the columns of their tables: a document an account, with 200 titles at most (decision 35). It is
 * deleted 400 days after its last change, since a list comes back once a year. Of two uploads at once, one may overwrite what the
 * other remembered; then somebody makes a choice again.
 */
@Repository
class MongoRememberedColumns implements RememberedColumns {
	private static final Duration KEPT = Duration.ofDays(400);
	/** Titles of an account; beyond that the oldest leave. */
	private static final int MOST = 200;
	private static final String LEFT_OUT = "";

	/**
	 * @param columns the newest last
	 * @param until when it is deleted
	 */
	@Document("table-columns")
	record Stored(@MongoId String account, List<Remembered> columns, Instant until) {}

	/**
	 * @param title the SHA-256 of the column's title, in the spelling of {@link RememberedColumns}
	 * @param target as {@link Target#title} says it, {@code Fname+Lname}; empty when the column is left out
	 */
	record Remembered(String title, String target) {}

	private final MongoTemplate mongo;
	private final Clock clock;

	MongoRememberedColumns(MongoTemplate mongo, Retention retention, Clock clock) {
		this.mongo = mongo;
		this.clock = clock;
		retention.keep("table-columns", "until", Duration.ZERO);
	}

	@Override
	public Map<String, Optional<Target>> of(String account, Collection<String> titles) {
		Map<String, String> known = known(account);
		Map<String, Optional<Target>> targets = new HashMap<>();
		for (String title : titles) {
			String stored = known.get(Sha256.hex(title));
			if (stored == null) continue;
			Optional<Target> target = Target.titled(stored);
			// One of a newer release says nothing here.
			if (target.isPresent() || stored.equals(LEFT_OUT)) targets.put(title, target);
		}
		return targets;
	}

	@Override
	public void remember(String account, Map<String, Optional<Target>> decided, Collection<String> usual) {
		SequencedMap<String, String> known = known(account);
		boolean changed = known.keySet().removeAll(usual.stream().map(Sha256::hex).toList());
		for (Map.Entry<String, Optional<Target>> column : new TreeMap<>(decided).entrySet()) {
			known.putLast(Sha256.hex(column.getKey()), column.getValue().map(Target::title).orElse(LEFT_OUT));
			changed = true;
		}
		if (!changed) return;
		List<Remembered> columns = known.entrySet().stream().skip(Math.max(0, known.size() - MOST))
				.map(it -> new Remembered(it.getKey(), it.getValue())).toList();
		mongo.save(new Stored(account, columns, clock.instant().plus(KEPT)));
	}

	private SequencedMap<String, String> known(String account) {
		SequencedMap<String, String> known = new LinkedHashMap<>();
		Stored stored = mongo.findById(account, Stored.class);
		if (stored != null) stored.columns().forEach(it -> known.put(it.title(), it.target()));
		return known;
	}
}
