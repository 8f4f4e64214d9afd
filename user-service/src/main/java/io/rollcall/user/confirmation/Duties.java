package io.rollcall.user.confirmation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;
import io.rollcall.user.roster.Holder;

/**
 * Who is expected to decide about whom. It is the district test coordinators of the account's districts, or of a school that was handed
 * over the coordinator who has it now, as far as they may. Where that is nobody, it is whoever else may at the account's places; and
 * where that is nobody either, the service center alone.
 */
final class Duties {
	private static final Set<Role> COORDINATE = Set.of(Role.DTC, Role.STC, Role.TC);

	private final Confirmation confirmation;
	private final Map<String, List<Actor>> byPlace = new HashMap<>();

	/** @param holders among whom all coordinators are of the accounts that will be asked about */
	Duties(Confirmation confirmation, Stream<Holder> holders) {
		this.confirmation = confirmation;
		holders.filter(it -> it.isActive() && COORDINATE.contains(it.role())).forEach(it -> {
			Set<String> codes = it.organizations().stream().map(Organization::code).collect(Collectors.toSet());
			codes.forEach(code -> byPlace.computeIfAbsent(code, _ -> new ArrayList<>())
					.add(new Actor(it.id(), it.role(), codes)));
		});
	}

	/** The coordinators whose duty an account is; none when only the service center can decide. */
	Set<UUID> of(Holder account) {
		Set<UUID> first = new HashSet<>();
		Set<UUID> others = new HashSet<>();
		for (Organization place : account.organizations()) {
			if (!confirmation.touches(Set.of(place.district()))) continue;
			List<Actor> able = able(place, account);
			HandOver handedOver = confirmation.handOvers().get(place.code());
			Set<UUID> owner = ids(able,
					it -> it.role() == Role.STC && handedOver != null && it.is(handedOver.coordinator()));
			first.addAll(owner.isEmpty() ? ids(able, it -> it.role() == Role.DTC) : owner);
			others.addAll(ids(able, _ -> true));
		}
		return first.isEmpty() ? others : first;
	}

	private List<Actor> able(Organization place, Holder account) {
		Collection<String> codes = Set.copyOf(List.of(place.code(), place.district()));
		return codes.stream().flatMap(code -> byPlace.getOrDefault(code, List.of()).stream())
				.filter(it -> !Deciding.allowed(it.reach(account.id(), account.role(), account.organizations()))
						.isEmpty())
				.toList();
	}

	private static Set<UUID> ids(List<Actor> of, Predicate<Actor> which) {
		return of.stream().filter(which).map(Actor::accountId).collect(Collectors.toSet());
	}
}
