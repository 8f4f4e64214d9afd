package io.rollcall.user.row.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.Credentials;
import io.rollcall.user.account.Lifetime.Status;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Role;

import static io.rollcall.user.testing.Fixtures.*;

/**
 * Accounts of some organizations and a list of the staff there, made by deciding of each person what has become of her. So what a
 * comparison must say is known without comparing anything.
 */
final class Staffroom {
	/** What has become of somebody. */
	enum Fate {
		SAME,
		CHANGED,
		LEFT,
		MOVED_IN,
		MOVED_AWAY,
		RETURNED,
		STAYED_AWAY,
		NEW_USERNAME,
		HEIR_OF_AN_ADDRESS,
		NEW_ADDRESS,
		MARRIED,
		NOT_THAT_ONE,
		THAT_ONE,
		PARTLY_OUTSIDE,
		PARTLY_OUTSIDE_AND_LISTED,
		NEW,
		TWICE,
		FAULTY,
		FAULTY_AND_NEW,
		TAKEN_OUT_OF_SIGHT,
		TWINS,
		TWO_SCHOOLS,
		CLOSED_SCHOOL,
		CLOSED_SCHOOL_AND_LEFT,
		CLOSED_SCHOOL_AND_NEW,
		ABOVE,
		ONESELF
	}

	static final Organization CLOSED = Organization.school("00050000-00050999", "00050000");

	private final Random random;
	private final String prefix;
	private final Role role;
	final Account actor;
	final Set<String> organizations;
	private final List<Organization> homes;
	final List<Account> accounts = new ArrayList<>();
	final Set<Fate> fates = EnumSet.noneOf(Fate.class);

	/** A record of the list, and what is to be said of it: the group, and the username of the account that it is for. */
	private record Expected(Listed listed, String said) {}

	private final List<Expected> list = new ArrayList<>();
	final Set<String> left = new TreeSet<>();
	final Map<String, String> kept = new TreeMap<>();
	int people;
	int affected;
	private int names;

	Staffroom(long seed) {
		random = new Random(seed);
		prefix = "c" + seed;
		role = List.of(Role.DTC, Role.DTC, Role.SC, Role.TC).get(random.nextInt(4));
		boolean district = role != Role.TC && random.nextInt(3) == 0;
		List<Organization> scope = role == Role.TC
				? List.of(DOERING)
				: district ? List.of(AGAWAM) : random.nextBoolean() ? List.of(DOERING) : List.of(DOERING, CLOSED);
		homes = district ? List.of(DOERING, ROBINSON) : List.of(DOERING);
		organizations = new TreeSet<>(scope.stream().map(Organization::code).toList());
		actor = add("actor", "Ac", "Tor", prefix + ".actor@agawam.example", role,
				Status.ACTIVE, role == Role.SC ? List.of() : List.of(role == Role.DTC ? AGAWAM : DOERING));
		Fate[] all = Fate.values();
		int count = 5 + random.nextInt(50);
		for (int i = 0; i < count; i++) {
			Fate fate = random.nextInt(3) == 0 ? Fate.SAME : all[random.nextInt(all.length)];
			if (isPossible(fate, district)) {
				fates.add(fate);
				befall(fate);
			}
		}
		if (!fates.contains(Fate.ONESELF) && role != Role.SC && isInScope(actor.profile().organizations()))
			kept.put(prefix + ".actor", "oneself");
		Collections.shuffle(accounts, random);
	}

	private boolean isPossible(Fate fate, boolean district) {
		return switch (fate) {
			case TWO_SCHOOLS -> district;
			case MOVED_IN, MOVED_AWAY -> role != Role.TC && !district;
			case CLOSED_SCHOOL, CLOSED_SCHOOL_AND_LEFT -> organizations.contains(CLOSED.code()) || district;
			case PARTLY_OUTSIDE, PARTLY_OUTSIDE_AND_LISTED, TAKEN_OUT_OF_SIGHT -> role != Role.SC;
			case ABOVE -> role == Role.TC;
			case ONESELF -> role == Role.TC && !fates.contains(Fate.ONESELF);
			default -> true;
		};
	}

	private void befall(Fate fate) {
		Organization home = homes.get(random.nextInt(homes.size()));
		String first = name();
		String last = name();
		String username = prefix + "." + first.toLowerCase() + names;
		String email = username + "@agawam.example";
		switch (fate) {
			case SAME -> listed("same " + username, there(username, first, last, email, home));
			case CHANGED -> listed("changed " + username, there(username, first, last, email, home), "Phone",
					"413-555-0142");
			case LEFT -> {
				there(username, first, last, email, home);
				leaver(username);
			}
			case MOVED_IN -> {
				add(username, first, last, email, Role.TA, Status.ACTIVE, List.of(ROBINSON));
				listed("moved " + username, cells(username, first, last, email, home));
			}
			case MOVED_AWAY -> listed("changed " + username, there(username, first, last, email, home), "Org",
					ROBINSON.code());
			case RETURNED, STAYED_AWAY -> {
				add(username, first, last, email, Role.TA, Status.DEACTIVATED, List.of(home));
				if (fate == Fate.RETURNED)
					listed("returned " + username, cells(username, first, last, email, home));
			}
			case NEW_USERNAME -> probable("address-and-name", username, there(username, first, last, email, home));
			case HEIR_OF_AN_ADDRESS -> probable("address", username, there(username, first, last, email, home), "Fname",
					name(), "Lname", name());
			case NEW_ADDRESS -> probable("name", username, there(username, first, last, email, home), "Email",
					"new." + email);
			case MARRIED -> probable("first-name", username, there(username, first, last, email, home), "Email",
					"new." + email, "Lname", name());
			case NOT_THAT_ONE -> {
				String[] cells = there(username, first, last, email, home);
				leaver(username);
				listed(null, Set.of(new UUID(1, 1), accounts.getLast().id()), "new",
						with(cells, "Username", username + ".x"));
			}
			case THAT_ONE -> {
				String[] cells = there(username, first, last, email, home);
				listed(accounts.getLast().id(), Set.of(), "changed " + username,
						with(cells, "Username", username + ".x", "Lname", name()));
			}
			case PARTLY_OUTSIDE, PARTLY_OUTSIDE_AND_LISTED -> {
				add(username, first, last, email, Role.TA, Status.ACTIVE, List.of(home, BOSTON_LATIN));
				if (fate == Fate.PARTLY_OUTSIDE) {
					kept.put(username, "organizations-outside");
				} else {
					listed("same " + username, with(cells(username, first, last, email, home), "Org",
							home.code() + "|" + BOSTON_LATIN.code()));
				}
			}
			case NEW -> listed("new", cells(username, first, last, email, home));
			case TWICE -> {
				String[] cells = there(username, first, last, email, home);
				listed("same " + username, cells);
				listed("rejected username-repeated", cells, "Phone", "413-555-0142");
			}
			case FAULTY -> listed("rejected role-unknown", there(username, first, last, email, home), "Role", "Boss");
			case FAULTY_AND_NEW ->
				listed("rejected organization-unknown", cells(username, first, last, email, home), "Org", "nowhere");
			case TAKEN_OUT_OF_SIGHT -> {
				add(username, first, last, email, Role.TA, Status.ACTIVE, List.of(BOSTON_LATIN));
				listed("rejected username-taken", cells(username, first, last, email, home));
			}
			case TWINS -> {
				there(username, first, last, email, home);
				leaver(username);
				there(username + ".2", first, name(), "2." + email, home);
				leaver(username + ".2");
				listed("new", cells(username + ".3", first, name(), "3." + email, home));
			}
			case TWO_SCHOOLS -> { // and somebody of her name at each
				there(username, first, last, email, DOERING);
				leaver(username);
				there(username + ".2", first, last, "2." + email, ROBINSON);
				leaver(username + ".2");
				listed("new", cells(username + ".3", first, last, "3." + email, home), "Org",
						DOERING.code() + "|" + ROBINSON.code());
			}
			case CLOSED_SCHOOL -> listed("same " + username, there(username, first, last, email, CLOSED));
			case CLOSED_SCHOOL_AND_LEFT -> {
				there(username, first, last, email, CLOSED);
				leaver(username);
			}
			case CLOSED_SCHOOL_AND_NEW ->
				listed("rejected organization-unknown", cells(username, first, last, email, CLOSED));
			case ABOVE -> {
				add(username, first, last, email, Role.STC, Status.ACTIVE, List.of(home));
				kept.put(username, "role");
			}
			case ONESELF -> listed("same " + prefix + ".actor",
					with(cells(prefix + ".actor", "Ac", "Tor", prefix + ".actor@agawam.example", DOERING), "Role",
							"TC"));
		}
	}

	/** Somebody who is there; her record says the same. */
	private String[] there(String username, String first, String last, String email, Organization home) {
		add(username, first, last, email, Role.TA, Status.ACTIVE, List.of(home));
		people++;
		return cells(username, first, last, email, home);
	}

	private void leaver(String username) {
		left.add(username);
		affected++;
	}

	private void probable(String likeness, String username, String[] cells, String... changes) {
		listed("probable " + username + " " + likeness, with(with(cells, "Username", username + ".x"), changes));
	}

	private static String[] cells(String username, String first, String last, String email, Organization home) {
		return new String[]{"Username", username, "Fname", first, "Lname", last, "Email", email, "Org", home.code()};
	}

	private static String[] with(String[] cells, String... changes) {
		List<String> all = new ArrayList<>(List.of(cells));
		all.addAll(List.of(changes));
		return all.toArray(String[]::new);
	}

	private void listed(String said, String[] cells, String... changes) {
		listed(null, Set.of(), said, with(cells, changes));
	}

	private void listed(@Nullable UUID is, Set<UUID> isNot, String said, String[] cells) {
		// Of two records for one username the second is the later one.
		int at = said.endsWith("repeated") ? list.size() : random.nextInt(list.size() + 1);
		list.add(at, new Expected(new Listed(draft(cells), is, isNot), said));
		if (said.startsWith("changed") || said.startsWith("moved")) affected++;
	}

	private Account add(String username, String first, String last, String email, Role as, Status status,
			List<Organization> at) {
		String whole = username.equals("actor") ? prefix + ".actor" : username;
		var profile = new Profile(new Username(whole), new FirstName(first), new LastName(last),
				new EmailAddress(email), as, at, List.of(), Map.of());
		Account account = account(new UUID(random.nextLong(), random.nextLong()), profile, status, 0,
				new Credentials(Map.of(), List.of(), null));
		accounts.add(account);
		return account;
	}

	private boolean isInScope(List<Organization> at) {
		return at.stream().anyMatch(it -> organizations.contains(it.code()) || organizations.contains(it.district()));
	}

	/** One that nobody else has. */
	private String name() {
		StringBuilder name = new StringBuilder("N");
		for (int rest = ++names; rest > 0; rest /= 26)
			name.append((char) ('a' + rest % 26));
		return name.toString();
	}

	List<Listed> list() {
		return list.stream().map(Expected::listed).toList();
	}

	List<String> said() {
		return list.stream().map(Expected::said).toList();
	}
}
