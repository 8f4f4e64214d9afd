package io.rollcall.user.history.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.web.Problems;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.credential.Site;
import io.rollcall.user.delivery.Deliveries;
import io.rollcall.user.delivery.Delivery;
import io.rollcall.user.history.Entries;
import io.rollcall.user.history.Entry;

/** What happened to an account, for operations: moments, ids and the names of fields, neither whose it is nor what stood in them. */
@RestController
@RequestMapping("/api/operations/users/timeline")
class TimelineController {
	private static final int ENTRIES = 200;

	/** @param fields names of those that changed */
	record Step(String eventId, long version, String what, Instant at, String way, @Nullable UUID by,
			@Nullable UUID importId, @Nullable Integer recordNumber, List<String> fields, List<String> sites) {
		static Step of(Entry entry) {
			return new Step(entry.id(), entry.version(), lower(entry.what()), entry.at(), entry.by().way(),
					entry.by().accountId(), entry.by().importId(), entry.by().recordNumber(),
					entry.changes().stream().map(change -> lower(change.field())).toList(), entry.sites());
		}
	}

	/**
	 * @param mails by site, how far the mails with the present credentials are
	 * @param steps newest first, the last {@value #ENTRIES}
	 */
	record AccountTimeline(UUID id, String status, long version, Map<String, String> mails, int total,
			List<Step> steps) {}

	private final AccountRepository accounts;
	private final Entries entries;
	private final Deliveries deliveries;

	TimelineController(AccountRepository accounts, Entries entries, Deliveries deliveries) {
		this.accounts = accounts;
		this.entries = entries;
		this.deliveries = deliveries;
	}

	@GetMapping("/{id}")
	@PreAuthorize("hasRole('OPS')")
	AccountTimeline ofAccount(@PathVariable UUID id) {
		Account account = accounts.find(id).orElseThrow(
				() -> Problems.refusal(HttpStatus.NOT_FOUND, "not-found", "There is no such account."));
		Entries.Page page = entries.of(id, 0, ENTRIES);
		Delivery delivery = deliveries.of(account.credentials().issue());
		Map<String, String> mails = new TreeMap<>();
		for (Site site : Site.values()) {
			Delivery.OfSite it = delivery.of(site);
			mails.put(site.name(), it.reason() == null ? lower(it.state()) : lower(it.state()) + ": " + it.reason());
		}
		return new AccountTimeline(id, lower(account.lifetime().status()), account.lifetime().version(), mails,
				page.total(),
				page.entries().stream().map(Step::of).toList());
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
