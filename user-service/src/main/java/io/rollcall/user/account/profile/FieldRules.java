package io.rollcall.user.account.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Reach;
import io.rollcall.user.permission.Role;

/**
 * Judges what someone filled in, field by field in the order of the guide's Table 4, for forms, programs and files alike. All
 * faults are found at once. The account rules that need more than the fields stand here too: who may grant which role and which
 * organization, and what somebody who has only some of an account's organizations may change.
 */
@Component
public class FieldRules {
	private final Programs programs;

	public FieldRules(Programs programs) {
		this.programs = programs;
	}

	/** A draft is either a profile that may be stored or has faults, in the order of the columns. */
	public sealed interface Judgement {
		record Sound(Profile profile) implements Judgement {}

		record Faulty(List<Fault> faults) implements Judgement {}
	}

	/**
	 * Judges a new account. A field that is absent is blank.
	 *
	 * @param known the organizations of the draft's codes, as far as the directory knows them
	 */
	public Judgement judgeNew(Draft draft, Actor actor, Map<String, Organization> known) {
		var faults = EnumSet.noneOf(Fault.class);
		Username username = value(faults, Username::new, draft.text(Field.USERNAME));
		var fields = new Fields(draft, null, faults);
		Role role = fields.role(actor);
		if (role != null && !actor.role().manages(role)) faults.add(Fault.ROLE_NOT_ALLOWED);
		List<Organization> organizations = isWithoutOrganizations(role, draft)
				? List.of()
				: organizations(draft.organizationCodes(), known, List.of(), faults);
		if (!organizations.stream().allMatch(actor::owns)) faults.add(Fault.ORGANIZATION_NOT_ALLOWED);
		if (!fits(role, organizations)) faults.add(Fault.ORGANIZATION_ROLE_MISMATCH);
		List<String> programIds = programs(draft.programIds(), organizations, _ -> false, faults);
		return fields.judgement(username, role, organizations, programIds);
	}

	/**
	 * Judges a change of an account that the actor sees. A field that is absent stays as it is. What stays as it is needs
	 * no right: an export brought back untouched is never refused.
	 *
	 * @param account its id
	 * @param before its profile until now
	 * @param emailChangedTooOften whether the address has changed too often for the actor to make it this one
	 */
	public Judgement judgeChange(Draft draft, Actor actor, Map<String, Organization> known, UUID account,
			Profile before, Predicate<EmailAddress> emailChangedTooOften) {
		var faults = EnumSet.noneOf(Fault.class);
		var fields = new Fields(draft, before, faults);
		if (namesAnother(draft, before.username())) faults.add(Fault.USERNAME_NOT_CHANGEABLE);

		Role role = fields.role(actor);
		boolean self = actor.is(account);
		if (role != null && role != before.role() && (self || !actor.role().manages(role))) {
			faults.add(Fault.ROLE_NOT_ALLOWED);
		}

		List<Organization> organizations = before.organizations();
		if (isWithoutOrganizations(role, draft)) {
			organizations = List.of();
		} else if (draft.has(Field.ORGANIZATIONS)) {
			// An organization that the account has is known even when the directory has closed it meanwhile.
			Map<String, Organization> knownOrHeld = new HashMap<>(known);
			before.organizations().forEach(held -> knownOrHeld.put(held.code(), held));
			List<Organization> listed = organizations(draft.organizationCodes(), knownOrHeld, organizations, faults);
			if (!faults.contains(Fault.ORGANIZATION_COUNT)) {
				judgeMove(organizations, listed, it -> !self && actor.owns(it), faults);
				organizations = listed;
			}
		}
		boolean moved = !Set.copyOf(organizations).equals(Set.copyOf(before.organizations()));
		if (!fits(role, organizations)) faults.add(Fault.ORGANIZATION_ROLE_MISMATCH);

		// One that the account has is kept even when it is offered no longer, unless the account has moved away from its districts.
		List<String> programIds = programs(
				draft.has(Field.PROGRAMS) ? draft.programIds() : new LinkedHashSet<>(before.programs()), organizations,
				id -> before.programs().contains(id) && !(moved && programs.has(id)), faults);
		if (self && !Set.copyOf(programIds).equals(Set.copyOf(before.programs()))) {
			faults.add(Fault.OWN_PROGRAMS_NOT_ALLOWED);
		}
		if (self && draft.source() != Draft.Source.PROVEN && draft.changesEmail(before.email())) {
			faults.add(Fault.OWN_EMAIL_NOT_ALLOWED);
		}
		Judgement judgement = fields.judgement(before.username(), role, organizations, programIds);
		if (!(judgement instanceof Judgement.Sound(Profile after))) return judgement;
		if (!mayChange(draft, actor, account, before, after)) {
			return new Judgement.Faulty(List.of(Fault.CHANGE_NOT_ALLOWED));
		}
		// Asked last, as of a username whether it is free: only who may change the account learns of it.
		return !after.email().equals(before.email()) && emailChangedTooOften.test(after.email())
				? new Judgement.Faulty(List.of(Fault.EMAIL_CHANGED_TOO_OFTEN))
				: judgement;
	}

	/**
	 * Any change needs the role to be one that the actor manages. Profile, role and programs need all of the account's
	 * organizations; with only some of them one may add or remove just those. Somebody else who runs the system is changed with proof
	 * alone: whoever chooses their address is let into their account.
	 */
	private static boolean mayChange(Draft draft, Actor actor, UUID account, Profile before, Profile after) {
		List<Profile.Change> changes = after.changesSince(before);
		if (changes.isEmpty()) return true;
		if (before.role().runsTheSystem() && !actor.is(account) && draft.source() != Draft.Source.PROVEN) return false;
		return switch (actor.reach(account, before.role(), before.organizations())) {
			case Reach.Whole _,Reach.Oneself _ -> true;
			case Reach.InPart _ -> changes.stream().allMatch(change -> change.field() == Field.ORGANIZATIONS);
			case Reach.SeenOnly _,Reach.Unseen _ -> false;
		};
	}

	/** A row is for whichever account has its username; a form has been opened for one and may leave it out. */
	private static boolean namesAnother(Draft draft, Username username) {
		return !draft.text(Field.USERNAME).isEmpty() && !username.equals(draft.username());
	}

	/** @param own which ones may be added or taken away */
	private static void judgeMove(List<Organization> before, List<Organization> after, Predicate<Organization> own,
			Set<Fault> faults) {
		if (!after.stream().filter(it -> !before.contains(it)).allMatch(own))
			faults.add(Fault.ORGANIZATION_NOT_ALLOWED);
		if (!before.stream().filter(it -> !after.contains(it)).allMatch(own)) {
			faults.add(Fault.ORGANIZATION_REMOVAL_NOT_ALLOWED);
		}
	}

	/** @param held those that the account has, which it keeps if they are more than it could be given */
	private static List<Organization> organizations(Set<String> codes, Map<String, Organization> known,
			List<Organization> held, Set<Fault> faults) {
		if (codes.size() > Profile.MOST_ORGANIZATIONS
				&& !codes.equals(held.stream().map(Organization::code).collect(Collectors.toSet()))) {
			faults.add(Fault.ORGANIZATION_COUNT);
			return List.of(); // nobody has looked them up
		}
		List<Organization> found = new ArrayList<>(codes.size());
		for (String code : codes) {
			Organization organization = known.get(code);
			if (organization == null) {
				faults.add(Fault.ORGANIZATION_UNKNOWN);
			} else {
				found.add(organization);
			}
		}
		if (codes.isEmpty()) faults.add(Fault.ORGANIZATION_UNKNOWN);
		return found;
	}

	/** Those who run the system see the state or nobody; they have no organizations. */
	private static boolean isWithoutOrganizations(@Nullable Role role, Draft draft) {
		return role != null && role.runsTheSystem() && draft.organizationCodes().isEmpty();
	}

	/** One level an account, and one that goes with its role; of an unknown role nobody can say. */
	private static boolean fits(@Nullable Role role, Collection<Organization> organizations) {
		return role == null || organizations.stream().map(Organization::level).distinct().count() <= 1
				&& organizations.stream().allMatch(it -> role.levels().contains(it.level()));
	}

	private List<String> programs(Set<String> ids, Collection<Organization> organizations, Predicate<String> kept,
			Set<Fault> faults) {
		for (String id : ids) {
			if (!kept.test(id) && !programs.allows(id, organizations)) faults.add(Fault.PROGRAM_NOT_ALLOWED);
		}
		return List.copyOf(ids);
	}

	private static <T> @Nullable T value(Set<Fault> faults, Function<String, T> type, String text) {
		try {
			return type.apply(text);
		} catch (InvalidValue e) {
			faults.add(e.fault());
			return null;
		}
	}

	/** The fields that are judged each for itself. */
	private static final class Fields {
		private final Draft draft;
		private final @Nullable Profile before;
		private final EnumSet<Fault> faults;

		Fields(Draft draft, @Nullable Profile before, EnumSet<Fault> faults) {
			this.draft = draft;
			this.before = before;
			this.faults = faults;
		}

		@Nullable
		Role role(Actor actor) {
			if (before != null && (!draft.has(Field.ROLE) || isOwnRoleOfTheSystem(before))) return before.role();
			Optional<Role> role = actor.role() == Role.SC && draft.source() == Draft.Source.PROVEN
					? Role.ofAnyCode(draft.text(Field.ROLE))
					: Role.ofCode(draft.text(Field.ROLE));
			if (role.isEmpty()) faults.add(Fault.ROLE_UNKNOWN);
			return role.orElse(null);
		}

		/** SC and OPS have no code that a row may grant, but naming what is there already changes nothing. */
		private boolean isOwnRoleOfTheSystem(Profile profile) {
			return profile.role().runsTheSystem() && profile.role().hasCode(draft.text(Field.ROLE));
		}

		Judgement judgement(@Nullable Username username, @Nullable Role role, List<Organization> organizations,
				List<String> programs) {
			FirstName first = required(Field.FIRST_NAME, FirstName::new, before == null ? null : before.firstName());
			LastName last = required(Field.LAST_NAME, LastName::new, before == null ? null : before.lastName());
			EmailAddress email = required(Field.EMAIL, EmailAddress::new, before == null ? null : before.email());
			Map<Field, String> details = new EnumMap<>(Field.class);
			for (Field field : Field.DETAILS) {
				String text = detail(field);
				if (!text.isEmpty()) details.put(field, text);
			}
			if (faults.isEmpty() && username != null && first != null && last != null && email != null
					&& role != null) {
				return new Judgement.Sound(
						new Profile(username, first, last, email, role, organizations, programs, details));
			}
			return new Judgement.Faulty(List.copyOf(faults)); // an EnumSet iterates in the order of the columns
		}

		private <T> @Nullable T required(Field field, Function<String, T> type, @Nullable T unchanged) {
			return unchanged != null && !draft.has(field) ? unchanged : value(faults, type, draft.text(field));
		}

		/** Empty also when it is faulty. */
		private String detail(Field field) {
			if (!draft.has(field)) return before == null ? "" : before.text(field);
			String text = draft.text(field);
			return text.isEmpty() ? "" : Objects.requireNonNullElse(value(faults, field::judged, text), "");
		}
	}
}
