package io.rollcall.user.row;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.Kept;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.FieldRules;
import io.rollcall.user.account.profile.FieldRules.Judgement;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.history.Entry;
import io.rollcall.user.history.LatestChanges;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Reach;

/**
 * What an undo takes back: what has stayed as the row left it. What somebody has asked for since stays, and so does what the rules would
 * not let become again what it was (rules, "Import files").
 */
@Component
public class UndoRules {
	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d, yyyy", Locale.US);

	private final FieldRules fields;
	private final LatestChanges latest;
	private final UndoSettings settings;

	public UndoRules(FieldRules fields, LatestChanges latest, UndoSettings settings) {
		this.fields = fields;
		this.latest = latest;
		this.settings = settings;
	}

	/** What comes of it. */
	sealed interface Verdict {
		record Refuse(List<Fault> faults) implements Verdict {}

		/** Nothing is taken back. */
		record Keep(Account account, List<Kept> kept) implements Verdict {}

		/** The profile is another than the account has. */
		record Restore(Account account, Profile profile, List<Kept> kept) implements Verdict {}

		record Deactivate(Account account) implements Verdict {}
	}

	/**
	 * Judges by the rights over the account at this moment.
	 *
	 * @param before what the row's fields had been
	 * @param account of the row's username
	 * @param known the organizations that they name, as far as the directory knows them
	 */
	Verdict judge(Undo undo, Draft before, @Nullable Account account, Actor actor, Map<String, Organization> known,
			Instant now) {
		if (account == null || !account.id().equals(undo.accountId())) return refused(Fault.USER_UNKNOWN);
		Profile profile = account.profile();
		LatestChanges.OfAccount history = latest.of(account.id(), actor);
		return switch (actor.reach(account.id(), profile.role(), profile.organizations())) {
			case Reach.Unseen _ -> refused(Fault.USER_UNKNOWN);
			case Reach.SeenOnly _ -> refused(Fault.CHANGE_NOT_ALLOWED);
			case Reach.Whole _ when undo.created() -> creation(undo, account, history);
			case Reach.Oneself _,Reach.InPart _ when undo.created() -> refused(Fault.CHANGE_NOT_ALLOWED);
			case Reach.Whole _,Reach.Oneself _,Reach.InPart _ when !account.isActive() ->
				refused(Fault.USER_DEACTIVATED);
			case Reach.Whole _,Reach.Oneself _,Reach.InPart _ ->
				changes(undo, before, account, actor, history, known, now);
		};
	}

	private static Verdict refused(Fault fault) {
		return new Verdict.Refuse(List.of(fault));
	}

	/** An account that somebody has worked on since stays; so does one that is in use, unless it is said to end nevertheless. */
	private Verdict creation(Undo undo, Account account, LatestChanges.OfAccount history) {
		if (!account.isActive()) return new Verdict.Keep(account, List.of());
		List<Kept> kept = new ArrayList<>();
		for (Field field : Field.values())
			if (isOvertaken(field, undo, account)) kept.add(changed(field, account, undo, history));
		if (account.lifetime().deactivatedAt() != null) {
			kept.add(new Kept(Field.USERNAME, "reactivated-since", "The account was reactivated"
					+ told(history.find(it -> it.what() == Entry.What.REACTIVATED, _ -> true))));
		}
		if (account.isUsed() && !undo.evenIfUsed()) {
			kept.add(new Kept(Field.USERNAME, "used-since", "Somebody has signed in to the account"));
		}
		return kept.isEmpty() ? new Verdict.Deactivate(account) : new Verdict.Keep(account, kept);
	}

	private Verdict changes(Undo undo, Draft before, Account account, Actor actor, LatestChanges.OfAccount history,
			Map<String, Organization> known, Instant now) {
		Profile profile = account.profile();
		Map<Field, Kept> kept = new EnumMap<>(Field.class);
		Set<Field> back = EnumSet.noneOf(Field.class);
		for (Profile.Change change : undo.changes()) {
			Field field = change.field();
			if (isSame(field, profile.text(field), change.before())) continue;
			if (isSame(field, profile.text(field), change.after()) && !isOvertaken(field, undo, account)) {
				back.add(field);
			} else {
				kept.put(field, changed(field, account, undo, history));
			}
		}
		while (!back.isEmpty()) {
			switch (fields.judgeChange(before.only(back), actor, known, account.id(), profile,
					email -> account.mails().emailChangedTooOften(email, actor, now))) {
				case Judgement.Sound(Profile after) -> {
					return after.changesSince(profile).isEmpty()
							? new Verdict.Keep(account, inOrder(kept))
							: new Verdict.Restore(account, after, inOrder(kept));
				}
				case Judgement.Faulty(List<Fault> faults) -> {
					Map<Field, Fault> refused = new EnumMap<>(Field.class);
					for (Fault fault : faults)
						concerned(fault, back).forEach(field -> refused.putIfAbsent(field, fault));
					if (refused.isEmpty()) return new Verdict.Refuse(faults);
					refused.forEach((field, fault) -> kept.put(field, new Kept(field, fault.code(),
							"%s cannot go back: %s".formatted(named(field), fault.message()))));
					back.removeAll(refused.keySet());
				}
			}
		}
		return new Verdict.Keep(account, inOrder(kept));
	}

	/**
	 * Those of the fields without which there is no such fault. Role, organizations and programs depend on each other; of an account
	 * that is in part outside one's own, organizations are all that one may change.
	 */
	private static Set<Field> concerned(Fault fault, Set<Field> of) {
		Set<Field> concerned = switch (fault) {
			case ORGANIZATION_ROLE_MISMATCH -> EnumSet.of(Field.ROLE, Field.ORGANIZATIONS);
			case PROGRAM_NOT_ALLOWED ->
				of.contains(Field.PROGRAMS) ? EnumSet.of(Field.PROGRAMS) : EnumSet.of(Field.ORGANIZATIONS);
			case CHANGE_NOT_ALLOWED -> of.contains(Field.ORGANIZATIONS)
					? EnumSet.complementOf(EnumSet.of(Field.ORGANIZATIONS))
					: EnumSet.noneOf(Field.class);
			default -> EnumSet.of(fault.field());
		};
		concerned.retainAll(of);
		return concerned;
	}

	private static boolean isOvertaken(Field field, Undo undo, Account account) {
		return account.memory().isOvertaken(field, account.lifetime().createdAt(), undo.askedAt());
	}

	private static boolean isSame(Field field, String one, String other) {
		return field.isList() ? parts(one).equals(parts(other)) : one.equals(other);
	}

	private static Set<String> parts(String text) {
		return new HashSet<>(Arrays.asList(text.split("\\|", -1)));
	}

	/** With the latest change, if it is the one by which the field has what it has now and not the row's own. */
	private Kept changed(Field field, Account account, Undo undo, LatestChanges.OfAccount history) {
		String now = account.profile().text(field);
		Predicate<Entry> ofField = it -> it.changes().stream().anyMatch(change -> change.field() == field);
		Predicate<Entry> so = it -> !it.id().startsWith(undo.commandId() + "/") && it.changes().stream()
				.anyMatch(change -> change.field() == field && isSame(field, change.after(), now));
		return new Kept(field, "changed-since",
				named(field) + (field.isList() ? " were" : " was") + " changed" + told(history.find(ofField, so)));
	}

	private String told(Optional<LatestChanges.Known> known) {
		return known.map(it -> (it.by() == null ? "" : " by " + it.by()) + " on "
				+ DAY.format(it.at().atZone(settings.zone()))).orElse(" since");
	}

	/** As the faults name it: {@code Last name}. */
	private static String named(Field field) {
		String name = field.name().replace('_', ' ');
		return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
	}

	private static List<Kept> inOrder(Map<Field, Kept> kept) {
		return List.copyOf(kept.values()); // an EnumMap iterates in the order of the columns
	}
}
