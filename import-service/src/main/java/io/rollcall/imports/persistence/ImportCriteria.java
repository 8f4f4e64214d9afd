package io.rollcall.imports.persistence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.springframework.data.mongodb.core.query.Criteria;

import io.rollcall.imports.HistoryFilter;
import io.rollcall.imports.ImportRepository;
import io.rollcall.platform.security.Caller;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/** Which imports somebody may see, and asks for. */
final class ImportCriteria {
	private ImportCriteria() {}

	static Criteria is(UUID id) {
		return where(ImportDocument::id).is(id.toString());
	}

	static Criteria in(Collection<UUID> ids) {
		return where(ImportDocument::id).in(ids.stream().map(UUID::toString).toList());
	}

	/** The rule of {@link ImportRepository}, once for all calls. */
	static Criteria inSightOf(Caller caller) {
		if (caller.isStateWide()) return new Criteria();
		Set<String> own = caller.organizations();
		return new Criteria().andOperator(
				new Criteria().orOperator(where("submitter.accountId").is(caller.accountId()),
						allOf("submitter.permissions", caller.permissions())),
				where("submitter.organizations.0").exists(true),
				new Criteria().orOperator(allOf("submitter.organizations", own),
						new Criteria().andOperator(where("submitter.districts.0").exists(true),
								allOf("submitter.districts", own))));
	}

	private static Criteria allOf(String field, Set<String> allowed) {
		return new Criteria().norOperator(where(field).elemMatch(new Criteria().nin(allowed)));
	}

	/** All of which must hold; a list that may grow. */
	static List<Criteria> matching(HistoryFilter wanted) {
		List<Criteria> conditions = new ArrayList<>();
		// Nothing follows on a preview of an undo, of which there may be any number.
		conditions.add(new Criteria().orOperator(where(ImportDocument::dryRun).is(false),
				where(ImportDocument::undoOf).exists(false)));
		wanted.part().ifPresent(part -> conditions.add(new Criteria().orOperator(where("fileName").regex(part),
				where("submitter.username").regex(part))));
		Boolean completed = wanted.completed();
		if (completed != null) {
			conditions.add(where(ImportDocument::status)
					.in(completed ? List.of(ImportDocument.COMPLETED) : ImportDocument.OPEN));
		}
		if (wanted.action() != null) conditions.add(where(ImportDocument::action).is(wanted.action()));
		if (wanted.dryRun() != null) conditions.add(where(ImportDocument::dryRun).is(wanted.dryRun()));
		if (wanted.from() != null) conditions.add(where(ImportDocument::submittedAt).gte(wanted.from()));
		if (wanted.before() != null) conditions.add(where(ImportDocument::submittedAt).lt(wanted.before()));
		return conditions;
	}
}
