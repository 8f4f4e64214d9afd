package io.rollcall.user.row.comparison;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.roster.Member;
import io.rollcall.user.roster.Roster;

/**
 * Finds people of whom the list has another username than their account. A pair is made where what they have in common is theirs alone:
 * of two new teachers of one first name nobody is taken for the one who left.
 */
final class SamePerson {
	/** One of the list, or one of the accounts. */
	private record Person<K>(K key, String firstName, String lastName, String email, Set<String> places) {}

	/** The account that a record is probably for. */
	record Pair(UUID account, Likeness likeness) {}

	private SamePerson() {}

	/**
	 * @param records that have no account, by record number
	 * @param left who has no record
	 * @return by record number
	 */
	static Map<Integer, Pair> pairs(Map<Integer, Listed> records, Collection<Member> left) {
		List<Person<Integer>> listed = new ArrayList<>();
		records.forEach((number, it) -> listed.add(person(number, it.draft())));
		List<Person<UUID>> there = new ArrayList<>(left.stream().map(SamePerson::person).toList());
		Map<Integer, Pair> pairs = new HashMap<>();
		for (Likeness likeness : Likeness.values()) {
			Map<Integer, Set<UUID>> alike = alike(likeness, listed, there, records);
			Map<UUID, Long> times = alike.values().stream().flatMap(Set::stream)
					.collect(Collectors.groupingBy(it -> it, Collectors.counting()));
			Set<UUID> taken = new HashSet<>();
			alike.forEach((record, accounts) -> {
				UUID account = accounts.iterator().next();
				if (accounts.size() > 1 || Objects.requireNonNull(times.get(account)) > 1) return;
				pairs.put(record, new Pair(account, likeness));
				taken.add(account);
			});
			listed.removeIf(it -> pairs.containsKey(it.key()));
			there.removeIf(it -> taken.contains(it.key()));
		}
		return pairs;
	}

	/** The accounts with which each record has something in common that is theirs alone: with one at each of two schools, perhaps. */
	private static Map<Integer, Set<UUID>> alike(Likeness likeness, List<Person<Integer>> listed,
			List<Person<UUID>> there, Map<Integer, Listed> records) {
		Map<String, List<Person<UUID>>> byThere = by(likeness, there);
		Map<Integer, Set<UUID>> alike = new HashMap<>();
		by(likeness, listed).forEach((common, people) -> {
			List<Person<UUID>> others = byThere.getOrDefault(common, List.of());
			if (people.size() != 1 || others.size() != 1) return;
			int record = people.getFirst().key();
			UUID account = others.getFirst().key();
			if (Objects.requireNonNull(records.get(record)).isNot().contains(account)) return;
			alike.computeIfAbsent(record, _ -> new HashSet<>()).add(account);
		});
		return alike;
	}

	private static Person<Integer> person(int number, Draft draft) {
		return new Person<>(number, spelling(draft, Field.FIRST_NAME), spelling(draft, Field.LAST_NAME),
				spelling(draft, Field.EMAIL), draft.organizationCodes());
	}

	private static String spelling(Draft draft, Field field) {
		return Roster.spelling(draft.text(field));
	}

	private static Person<UUID> person(Member it) {
		return new Person<>(it.id(), it.firstName(), it.lastName(), it.email(),
				it.organizations().stream().map(Organization::code).collect(Collectors.toSet()));
	}

	private static <K> Map<String, List<Person<K>>> by(Likeness likeness, Collection<Person<K>> people) {
		Function<Person<K>, Stream<String>> common = it -> switch (likeness) {
			case ADDRESS_AND_NAME -> Stream.of(it.email() + '\n' + it.firstName());
			case ADDRESS -> Stream.of(it.email());
			case NAME -> it.places().stream().map(place -> it.firstName() + '\n' + it.lastName() + '\n' + place);
			case FIRST_NAME -> it.places().stream().map(place -> it.firstName() + '\n' + place);
		};
		Map<String, List<Person<K>>> by = new HashMap<>();
		people.forEach(it -> common.apply(it).distinct()
				.forEach(key -> by.computeIfAbsent(key, _ -> new ArrayList<>()).add(it)));
		return by;
	}
}
