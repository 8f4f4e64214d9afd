package io.rollcall.user.roster;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.Lifetime.Status;
import io.rollcall.user.account.StoredAccounts;
import io.rollcall.user.delivery.Deliveries;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Reach;
import io.rollcall.user.permission.Role;

/**
 * All accounts as the list needs them, in the memory of each instance: found by any part of a name, in the order of any column,
 * cut to what one may see. It is built from the database at start and kept up from {@code user-events}; what this instance
 * stores itself is in it at once. It holds what it can be rebuilt from, so it is never the truth: whoever opens an account reads
 * the account.
 *
 * <p>About 800 bytes an account; the state's 100,000 are 80 MB. See ADR 7.
 */
@Component
public class Roster implements StoredAccounts {
	/** The columns of the guide's user table. */
	public enum Column {
		FIRST_NAME, LAST_NAME, EMAIL, USERNAME, ROLE
	}

	/**
	 * What somebody asks for.
	 *
	 * @param search any part of a name, the username or the address, ignoring case and accents; blank for all
	 * @param organization a code; a district's includes its schools
	 * @param password only those who have such a one
	 * @param undelivered only those whose credentials did not reach them by mail
	 * @param signedIn only those of whom this is so
	 * @param people only those whose username or address is one of these, in the spelling of {@link #spelling}; empty for all
	 * @param among only those of these accounts
	 */
	public record Query(String search, @Nullable String organization, @Nullable Role role, Status status,
			@Nullable PortalPassword password, boolean undelivered, @Nullable SignedIn signedIn, Set<String> people,
			@Nullable Set<UUID> among, Column sort, boolean descending) {
		public Query(String search, @Nullable String organization, @Nullable Role role, Status status,
				@Nullable PortalPassword password, boolean undelivered, Column sort, boolean descending) {
			this(search, organization, role, status, password, undelivered, null, Set.of(), null, sort, descending);
		}

		/** Nothing narrows it but the status. */
		boolean isForAll() {
			return search.isBlank() && organization == null && role == null && password == null && !undelivered
					&& signedIn == null && people.isEmpty() && among == null;
		}
	}

	/** When somebody last signed in, at either site. */
	public sealed interface SignedIn {
		record Never() implements SignedIn {}

		/** Once, and not since. Where it is remembered no longer, it was long ago. */
		record Before(Instant at) implements SignedIn {}
	}

	/** The ids of one page, and how many there are in all. */
	public record Page(List<UUID> ids, int total) {}

	/** Who somebody may be under another username. */
	public record Person(String username, String firstName, String lastName, String email) {}

	/** More than these are not sorted for one page. */
	private static final int SORTED_AT_ONCE = 10_000;

	private final Map<UUID, RosterEntry> entries = new ConcurrentHashMap<>();
	private final SharedPlaces places = new SharedPlaces();
	private final Map<String, Set<RosterEntry>> byOrganization = new ConcurrentHashMap<>();
	private final Map<Column, NavigableSet<RosterEntry>> sorted = new EnumMap<>(Column.class);

	private final SearchText texts = new SearchText(this::isSucceeded);
	/** In milliseconds. */
	private final Map<UUID, Long> signIns = new ConcurrentHashMap<>();
	private final Map<Status, AtomicInteger> counts = new ConcurrentHashMap<>();
	private final Deliveries deliveries;
	private final Clock clock;

	public Roster(Deliveries deliveries, Clock clock) {
		this.deliveries = deliveries;
		this.clock = clock;
		for (Column column : Column.values())
			sorted.put(column, new ConcurrentSkipListSet<>(by(column)));
	}

	/**
	 * Equal keys go by last name, first name and username, so that a page has one order and people can follow it; id and version are in
	 * it so that a new entry can be put in before the old one is taken out.
	 */
	private static Comparator<RosterEntry> by(Column column) {
		return Comparator.<RosterEntry, String>comparing(entry -> entry.key(column))
				.thenComparing(RosterEntry::lastNameKey).thenComparing(RosterEntry::firstNameKey)
				.thenComparing(RosterEntry::usernameKey).thenComparing(RosterEntry::id)
				.thenComparingLong(RosterEntry::version);
	}

	/** Takes an account over; an older version than the one that is there is ignored. */
	public void put(Account account) {
		RosterEntry entry = RosterEntry.of(account, places::of);
		entries.compute(entry.id(), (_, present) -> {
			if (present != null && present.version() >= entry.version()) return present;
			add(entry);
			texts.add(entry, present != null);
			if (present != null) remove(present);
			return entry;
		});
	}

	@Override
	public void onStored(Account account) {
		put(account);
	}

	/** Somebody has signed in to it then. What was before is known already, or is of no interest. */
	public void signedIn(UUID account, Instant at) {
		signIns.merge(account, at.toEpochMilli(), Math::max);
	}

	/** When somebody last did, at either site, as far as that is remembered. */
	public Optional<Instant> lastSignIn(UUID account) {
		return Optional.ofNullable(signIns.get(account)).map(Instant::ofEpochMilli);
	}

	private boolean isSucceeded(RosterEntry entry) {
		RosterEntry present = entries.get(entry.id());
		return present != null && present.version() > entry.version();
	}

	private void add(RosterEntry entry) {
		counts.computeIfAbsent(entry.status(), _ -> new AtomicInteger()).incrementAndGet();
		sorted.values().forEach(set -> set.add(entry));
		for (String code : entry.scope()) {
			byOrganization.computeIfAbsent(code, _ -> ConcurrentHashMap.newKeySet()).add(entry);
		}
	}

	private void remove(RosterEntry entry) {
		counts.computeIfAbsent(entry.status(), _ -> new AtomicInteger()).decrementAndGet();
		sorted.values().forEach(set -> set.remove(entry));
		for (String code : entry.scope()) {
			Set<RosterEntry> there = byOrganization.get(code);
			if (there != null) there.remove(entry);
		}
	}

	/**
	 * Goes through what can match once, in no order, and sorts what does match when it is little; otherwise it goes through all in
	 * order, but no further than the page. So nothing but a search that finds half the state reads the state twice.
	 *
	 * @param size how many ids at most; {@link Integer#MAX_VALUE} for all
	 */
	public Page find(Actor actor, Query query, int page, int size) {
		Collection<RosterEntry> candidates = candidates(actor, query);
		if (candidates == null) return stateWide(actor, query, page, size);
		boolean repeated = query.organization() == null && query.among() == null && actor.organizations().size() > 1;
		Collection<RosterEntry> matching = repeated ? new LinkedHashSet<>() : new ArrayList<>();
		Predicate<RosterEntry> wanted = wanted(actor, query).and(containing(query));
		for (RosterEntry entry : candidates)
			if (wanted.test(entry)) matching.add(entry);
		return sorted(matching, query, page, size);
	}

	private Page stateWide(Actor actor, Query query, int page, int size) {
		Predicate<RosterEntry> wanted = wanted(actor, query);
		if (query.isForAll()) return new Page(Part.page(inOrder(query), wanted, page, size), count(query.status()));
		var total = new AtomicInteger();
		List<RosterEntry> matching = new ArrayList<>();
		Consumer<RosterEntry> match = entry -> {
			if (wanted.test(entry) && total.incrementAndGet() <= SORTED_AT_ONCE) matching.add(entry);
		};
		if (query.search().isBlank()) {
			entries.values().forEach(match);
		} else {
			texts.search(folded(query), entry -> {
				if (entries.get(entry.id()) == entry) match.accept(entry);
			});
		}
		return total.get() > SORTED_AT_ONCE
				? new Page(Part.page(inOrder(query), wanted.and(containing(query)), page, size), total.get())
				: sorted(matching, query, page, size);
	}

	/**
	 * Whether an account within sight has this name and address, and another username. Of an account out of sight nothing is told.
	 *
	 * @param until accounts that were made later do not count
	 * @param actor whose sight it is
	 */
	public boolean hasUnderOtherUsername(Person person, Instant until, Actor actor) {
		return namesakes(person, actor).anyMatch(it -> it.createdAt() <= until.toEpochMilli());
	}

	/** As {@link #hasUnderOtherUsername}, an account that is active now. */
	public boolean hasActiveNamesake(Person person, Actor actor) {
		return namesakes(person, actor).anyMatch(RosterEntry::isActive);
	}

	private Stream<RosterEntry> namesakes(Person person, Actor actor) {
		RosterEntry least = RosterEntry.before(person);
		String username = RosterEntry.fold(person.username());
		return inOrder(Column.EMAIL).tailSet(least).stream().takeWhile(it -> it.isNamed(least))
				.filter(it -> !it.usernameKey().equals(username) && (actor.isStateWide() || sees(actor, it)));
	}

	/**
	 * Who has or had an account at these organizations, each once, a district's with those of its schools, by last name, first name and
	 * username; all there are where none is named.
	 */
	public Stream<Holder> holders(Collection<String> organizations) {
		Stream<RosterEntry> inOrder = organizations.isEmpty()
				? inOrder(Column.LAST_NAME).stream()
				: organizations.stream().flatMap(code -> byOrganization.getOrDefault(code, Set.of()).stream())
						.distinct()
						.sorted(by(Column.LAST_NAME));
		return inOrder.filter(entry -> entries.get(entry.id()) == entry).map(Holder.class::cast);
	}

	/** How far the active accounts of an organization are, and of its schools where it is a district, as far as they are one's own. */
	public Readiness readiness(Actor actor, String organization) {
		List<RosterEntry> there = byOrganization.getOrDefault(organization, Set.of()).stream()
				.filter(entry -> entries.get(entry.id()) == entry).toList(); // for a moment both versions of one are there
		return Readiness.of(organization, there, actor, deliveries.failed(), clock.millis());
	}

	/** Who has an active account at these organizations, each once; a district's are those of its schools, too. */
	public List<Member> staff(Actor actor, Collection<String> organizations) {
		return organizations.stream().flatMap(code -> byOrganization.getOrDefault(code, Set.of()).stream()).distinct()
				.filter(entry -> entry.status() == Status.ACTIVE && entries.get(entry.id()) == entry)
				.map(entry -> Member.of(entry, actor.reach(entry.id(), entry.role(), entry.places().organizations())))
				.filter(it -> !(it.reach() instanceof Reach.Unseen)).toList();
	}

	/** Whether somebody has an active account in this district, at its office or at a school of it. */
	public boolean hasDistrict(String code) {
		return byOrganization.getOrDefault(code, Set.of()).stream().filter(entry -> entry.status() == Status.ACTIVE)
				.anyMatch(entry -> entry.places().organizations().stream().anyMatch(it -> it.district().equals(code)));
	}

	/** The spelling in which names and addresses are found: without case, accents and the blanks around it. */
	public static String spelling(String text) {
		return RosterEntry.fold(text).strip();
	}

	private static Page sorted(Collection<RosterEntry> matching, Query query, int page, int size) {
		Comparator<RosterEntry> order = query.descending() ? by(query.sort()).reversed() : by(query.sort());
		List<RosterEntry> first = Part.first(matching, order, (page + 1L) * size);
		return new Page(Part.page(first, _ -> true, page, size), matching.size());
	}

	private Iterable<RosterEntry> inOrder(Query query) {
		NavigableSet<RosterEntry> set = inOrder(query.sort());
		return query.descending() ? set.descendingSet() : set;
	}

	private NavigableSet<RosterEntry> inOrder(Column column) {
		NavigableSet<RosterEntry> set = sorted.get(column);
		if (set == null) throw new IllegalStateException("no order for " + column);
		return set;
	}

	/** The accounts of the organizations that the question is about, some perhaps twice; null when it is about the whole state. */
	private @Nullable Collection<RosterEntry> candidates(Actor actor, Query query) {
		if (query.among() != null) return query.among().stream().map(entries::get).filter(Objects::nonNull).toList();
		String organization = query.organization();
		if (organization != null) return byOrganization.getOrDefault(organization, Set.of());
		if (actor.isStateWide()) return null;
		if (actor.organizations().size() == 1) {
			return byOrganization.getOrDefault(actor.organizations().iterator().next(), Set.of());
		}
		List<RosterEntry> own = new ArrayList<>();
		actor.organizations().forEach(code -> own.addAll(byOrganization.getOrDefault(code, Set.of())));
		return own;
	}

	/** All that is asked for but the search. */
	private Predicate<RosterEntry> wanted(Actor actor, Query query) {
		Set<String> undelivered = query.undelivered() ? deliveries.failed() : Set.of();
		long now = clock.millis();
		return entry -> (!query.undelivered() || undelivered.contains(entry.issue()))
				&& entry.status() == query.status() && (query.role() == null || entry.role() == query.role())
				&& (query.password() == null || entry.password(now) == query.password())
				&& (query.signedIn() == null || isSo(query.signedIn(), entry))
				&& (query.people().isEmpty() || query.people().contains(entry.emailKey())
						|| query.people().contains(entry.usernameKey()))
				&& (query.among() == null || query.organization() == null
						|| entry.scope().contains(query.organization()))
				&& (actor.isStateWide() || sees(actor, entry));
	}

	private boolean isSo(SignedIn wanted, RosterEntry entry) {
		Long last = signIns.get(entry.id());
		return switch (wanted) {
			case SignedIn.Never _ -> last == null && !entry.used();
			case SignedIn.Before(Instant at) -> last == null ? entry.used() : last < at.toEpochMilli();
		};
	}

	private static Predicate<RosterEntry> containing(Query query) {
		String search = folded(query);
		return entry -> entry.folded().contains(search);
	}

	private static String folded(Query query) {
		return spelling(query.search());
	}

	private static boolean sees(Actor actor, RosterEntry entry) {
		for (String code : actor.organizations())
			if (entry.scope().contains(code)) return true;
		return false;
	}

	private int count(Status status) {
		AtomicInteger count = counts.get(status);
		return count == null ? 0 : count.get();
	}

	public int size() {
		return entries.size();
	}
}
