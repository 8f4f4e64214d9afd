package io.rollcall.user.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.rollcall.user.credential.Site;

/**
 * Where the deliveries are, by the issue of passwords they belong to, which an account names. Reports may come in any order, and
 * of an issue long replaced: whose account names another by now, they concern nobody.
 */
public interface Deliveries {
	/** What became of one mail of an issue. */
	record Reported(String issue, Site site, Delivery.Mail mail, Delivery.Report report, Instant occurredAt) {}

	void report(Collection<Reported> reports);

	/** Those of which something has been heard. */
	Map<String, Delivery> find(Collection<String> issues);

	/** The issues of which a mail failed or expired, replaced ones among them. */
	Set<String> failed();

	/**
	 * Deletes those of issues that no account has any more and of which nothing was heard since then.
	 *
	 * @param present the issues that accounts have
	 * @return how many
	 */
	long deleteReplaced(Set<String> present, Instant since);

	/** How far the mails of an issue are; of an account that has none yet, nothing has been heard. */
	default Delivery of(Optional<String> issue) {
		return issue.map(it -> find(Set.of(it)).get(it)).orElse(Delivery.QUEUED);
	}
}
