package io.rollcall.user.testing;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.ApiClients;
import io.rollcall.user.account.Credentials;
import io.rollcall.user.account.Lifetime;
import io.rollcall.user.account.MailBudget;
import io.rollcall.user.account.Memory;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Programs;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.delivery.Deliveries;
import io.rollcall.user.delivery.Delivery;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;

/** Agawam and its neighbours, and who acts there. */
public final class Fixtures {
	public static final Organization AGAWAM = Organization.district("00050000");
	public static final Organization DOERING = Organization.school("00050000-00050303", "00050000");
	public static final Organization ROBINSON = Organization.school("00050000-00050025", "00050000");
	public static final Organization BOSTON = Organization.district("00350000");
	public static final Organization BOSTON_LATIN = Organization.school("00350000-00350560", "00350000");
	public static final Organization CYBER_FALLS = Organization.district("00-771777");
	public static final Organization CYBER_FALLS_1 = Organization.school("00-771777-001", "00-771777");

	public static final Map<String, Organization> DIRECTORY = Stream
			.of(AGAWAM, DOERING, ROBINSON, BOSTON, BOSTON_LATIN, CYBER_FALLS, CYBER_FALLS_1)
			.collect(Collectors.toMap(Organization::code, Function.identity()));

	public static final Programs PROGRAMS = new Programs(
			List.of(new Programs.Program("1030", "MCAS Grades 3-8", Set.of()),
					new Programs.Program("1034", "MCAS High School", Set.of()),
					new Programs.Program("1036", "Demonstration", Set.of("00-771777", "00-771778"))));

	private Fixtures() {}

	public static Actor serviceCenter() {
		return new Actor(UUID.randomUUID(), Role.SC, Set.of());
	}

	public static Actor aCoordinatorOf(Role role, Organization... organizations) {
		return new Actor(UUID.randomUUID(), role,
				Stream.of(organizations).map(Organization::code).collect(Collectors.toSet()));
	}

	/** A sound row for a test administrator at Doering; {@code changes} are pairs of column and cell. */
	public static Map<String, String> cells(String... changes) {
		Map<String, String> cells = new LinkedHashMap<>(Map.of("Username", "maria.okafor@agawam.example",
				"Fname", "María", "Lname", "Okafor", "Email", "maria.okafor@agawam.example", "Role", "TA", "Org",
				DOERING.code(), "Program", "", "Phone", "", "Fax", "", "Address", ""));
		for (int i = 0; i < changes.length; i += 2)
			cells.put(changes[i], changes[i + 1]);
		return cells;
	}

	public static Draft draft(String... changes) {
		return draft(cells(changes));
	}

	public static Draft draft(Map<String, String> cells) {
		return Draft.ofCells(cells);
	}

	/** The same as a form. */
	public static Draft form(Map<String, String> cells) {
		return new Draft(Draft.Source.FORM, draft(cells).values());
	}

	/** An active test administrator at Doering. */
	public static Account account(String username) {
		return account(username, Map.of());
	}

	/** As {@link #account}, with another text for each detail, which all of them take. */
	public static Account accountWithAllDetails(String username) {
		return account(username, Field.DETAILS.stream()
				.collect(Collectors.toMap(it -> it, it -> "413-555-01%02d".formatted(it.ordinal()))));
	}

	private static Account account(String username, Map<Field, String> details) {
		var profile = new Profile(new Username(username), new FirstName("María"), new LastName("Okafor"),
				new EmailAddress(username + "@agawam.example"), Role.TA, List.of(DOERING), List.of(), details);
		return account(UUID.randomUUID(), profile, Lifetime.Status.ACTIVE, 1,
				new Credentials(Map.of(), List.of(), null));
	}

	/** As it was stored, with nothing else known of it. */
	public static Account account(UUID id, Profile profile, Lifetime.Status status, long version,
			Credentials credentials) {
		return new Account(id, profile, new Lifetime(status, version, Instant.EPOCH, Instant.EPOCH, null), credentials,
				new MailBudget(Map.of(), null), new ApiClients(List.of()), new Memory(List.of(), Map.of()));
	}

	/** Where no mail was ever heard of. */
	public static Deliveries noDeliveries() {
		return deliveriesWithout();
	}

	/** @param failed the issues of which a mail did not go out */
	public static Deliveries deliveriesWithout(String... failed) {
		return new Deliveries() {
			@Override
			public void report(Collection<Reported> reports) {}

			@Override
			public Map<String, Delivery> find(Collection<String> issues) {
				return Map.of();
			}

			@Override
			public Set<String> failed() {
				return Set.of(failed);
			}

			@Override
			public long deleteReplaced(Set<String> present, Instant since) {
				return 0;
			}
		};
	}
}
