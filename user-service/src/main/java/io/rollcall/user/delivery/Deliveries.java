package io.rollcall.user.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.rollcall.user.account.Account;
import io.rollcall.user.credential.Site;

/**
 * Where the deliveries are, by the issue of passwords they belong to ({@link Account#issue}). Reports may come in any order, and
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

	/** How far each of these accounts' credentials are. */
	default Map<Account, Delivery> of(Collection<Account> accounts) {
		Map<String, Delivery> found = find(accounts.stream().flatMap(it -> it.issue().stream()).toList());
		return accounts.stream().collect(Collectors.toMap(it -> it,
				it -> it.issue().map(found::get).orElse(Delivery.QUEUED)));
	}
}
