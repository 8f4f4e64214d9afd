package io.rollcall.notification;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Which mails an event asks for (guide, sections III.A, III.C and V.C). */
@Component
public class Mailings {
	/**
	 * @param lifetime how long a notice that reveals nothing is worth sending
	 * @param longImport an import that took longer is told of by mail: its submitter will not have waited for it
	 * @param holdImported how long credentials that an import asked for wait, so that an undo in time sends nothing to those whose
	 * accounts it had made; {@code 0s} for not at all
	 * @param accessChanged whether those are told whose role or organizations somebody has changed
	 */
	@ConfigurationProperties("rollcall.notices")
	public record NoticeSettings(@DefaultValue("72h") Duration lifetime, @DefaultValue("1m") Duration longImport,
			@DefaultValue("0s") Duration holdImported, @DefaultValue("false") boolean accessChanged) {
		public NoticeSettings {
			if (holdImported.isNegative()) throw new IllegalArgumentException("hold-imported is at least 0s");
		}
	}

	/** What all mails of one event share. */
	public record Cause(String eventId, Instant occurredAt, UUID accountId, Addressee to,
			@Nullable String traceparent) {}

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, MMMM d, yyyy", Locale.US);
	private static final Duration PEERS_TOLD_EVERY = Duration.ofMinutes(10);

	/** So many organizations are read; of the others their number is enough. */
	private static final int NAMED = 5;

	private final NoticeSettings notices;
	private final OrganizationNames organizations;

	Mailings(NoticeSettings notices, OrganizationNames organizations) {
		this.notices = notices;
		this.organizations = organizations;
	}

	/**
	 * Who made an account, and for what: a mail out of the blue that brings a password looks like somebody's trick.
	 *
	 * @param name of the person; blank where nobody knows it
	 * @param role of the person; absent where nobody knows it
	 * @param organizations their codes
	 */
	public record Maker(String name, @Nullable String role, List<String> organizations) {}

	private String inWords(Maker maker) {
		String name = Shown.person(maker.name()).strip();
		String office = office(maker.role());
		String who = name.isEmpty() || "SC".equals(maker.role()) ? capitalized(office) : name + ", " + office + ",";
		return who + " created this user account for you" + at(maker.organizations()) + ".";
	}

	private String at(List<String> codes) {
		String named = named(codes);
		return named.isEmpty() ? "" : " at " + named;
	}

	/** "A and B", "A, B and 3 more"; blank where the name of none is known. */
	private String named(List<String> codes) {
		List<String> names = codes.stream().map(organizations::find).flatMap(Optional::stream).limit(NAMED).toList();
		if (names.isEmpty()) return "";
		int rest = codes.size() - names.size();
		List<String> all = new ArrayList<>(names);
		if (rest > 0) all.add(rest + " more");
		return all.size() == 1
				? all.getFirst()
				: String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.getLast();
	}

	private static String office(@Nullable String role) {
		return switch (role == null ? "" : role) {
			case "SC" -> "the service center";
			case "DTC" -> "a district test coordinator";
			case "STC" -> "a school test coordinator";
			case "TC" -> "a technology coordinator";
			default -> "somebody who manages your user account";
		};
	}

	private static String capitalized(String text) {
		return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
	}

	/**
	 * "Users will receive two emails ...: one containing their username and one containing their password", a site.
	 *
	 * @param imported whether a file asked for them
	 * @param maker of a new account; null where it was there before
	 */
	public Mailing credentials(Cause cause, List<Site> sites, String sealedPasswords, Instant expiresAt,
			boolean imported, @Nullable Maker maker) {
		Map<String, String> details = maker == null ? Map.of() : Map.of("maker", inWords(maker));
		List<Mail> mails = new ArrayList<>(2 * sites.size());
		for (Site site : sites) {
			mails.add(mail(cause, MailKind.USERNAME, site, expiresAt, null, details));
			mails.add(mail(cause, MailKind.PASSWORD, site, expiresAt, sealedPasswords, details));
		}
		boolean held = imported && notices.holdImported().isPositive();
		return new Mailing(mails, held ? cause.occurredAt().plus(notices.holdImported()) : null);
	}

	public Mailing passwordReset(Cause cause, Site site, String sealedToken, Instant expiresAt) {
		return new Mailing(List.of(mail(cause, MailKind.PASSWORD_RESET, site, expiresAt, sealedToken)));
	}

	/**
	 * Somebody has another role, or other organizations.
	 *
	 * @param before what it was; the same where it has not changed
	 * @param added codes
	 * @param removed codes
	 * @return nothing where those who run the system do not want it told
	 */
	public Optional<Mailing> accessChanged(Cause cause, String before, String role, List<String> added,
			List<String> removed, Doer doer) {
		if (!notices.accessChanged()) return Optional.empty();
		List<String> sentences = new ArrayList<>();
		if (!before.equals(role))
			sentences.add("Your role is now " + title(role) + ". Before, it was " + title(before) + ".");
		if (!added.isEmpty()) sentences.add("You were added to " + namedOrCounted(added) + ".");
		if (!removed.isEmpty()) sentences.add("You were removed from " + namedOrCounted(removed) + ".");
		return Optional.of(detailed(cause, MailKind.ACCESS_CHANGED,
				Map.of("change", String.join(" ", sentences), "doer", doer.inWords())));
	}

	private String namedOrCounted(List<String> codes) {
		String named = named(codes);
		if (!named.isEmpty()) return named;
		return codes.size() == 1 ? "an organization" : codes.size() + " organizations";
	}

	private static String title(String role) {
		return switch (role) {
			case "DTC" -> "District Test Coordinator";
			case "STC" -> "School Test Coordinator";
			case "TC" -> "Technology Coordinator";
			case "TA" -> "Test Administrator";
			case "RAO" -> "Reports Access Only";
			default -> role;
		};
	}

	/** A mail that says no more than that it happened, and when. */
	public Mailing notice(Cause cause, MailKind kind, @Nullable Site site) {
		return new Mailing(List.of(mail(cause, kind, site, endOfNotice(cause), null)));
	}

	/**
	 * Who did it, as far as others may know: never the person.
	 *
	 * @param oneself whether it was the account's owner
	 * @param role of the one who did it; absent where nobody knows it
	 * @param way as in the event
	 */
	public record Doer(boolean oneself, @Nullable String role, String way) {
		private String inWords() {
			if (oneself) return "This was done in your profile, with your password.";
			String who = office(role);
			return "This was done by " + who + switch (way) {
				case "import" -> ", with a file of users.";
				case "api-client" -> ", by a system that is connected to their account.";
				default -> ", in the portal.";
			};
		}
	}

	/** To both addresses: whoever can still read the old one must hear of it, and from whose office it came. */
	public Mailing emailChanged(Cause cause, String addressBefore, Doer doer) {
		Addressee to = cause.to();
		var before = new Cause(cause.eventId(), cause.occurredAt(), cause.accountId(),
				new Addressee(to.username(), to.firstName(), to.lastName(), addressBefore), cause.traceparent());
		return new Mailing(List.of(detail(before, MailKind.EMAIL_CHANGED_BEFORE, Map.of("doer", doer.inWords())),
				mail(cause, MailKind.EMAIL_CHANGED, null, endOfNotice(cause), null)));
	}

	/**
	 * Somebody has the addressee's own role now, or has it again, by the addressee or in their name. For ten minutes one mail speaks, so
	 * that neither a file nor a program makes many; whoever gets it is told so.
	 *
	 * @param cause of the one who gave it
	 */
	public Mailing peerAdded(Cause cause, String firstName, String lastName, String way) {
		long minutes = cause.occurredAt().getEpochSecond() / PEERS_TOLD_EVERY.toSeconds();
		var once = new Cause(cause.accountId() + "/peers/" + minutes, cause.occurredAt(), cause.accountId(), cause.to(),
				cause.traceparent());
		String name = Shown.person(firstName + " " + lastName);
		String done = switch (way) {
			case "import" -> "with a file of users that was uploaded in your name";
			case "api-client" -> "by a system that is connected to your account";
			default -> "in the portal";
		};
		return detailed(once, MailKind.PEER_ADDED,
				Map.of("peer", name.isBlank() ? "a user" : "the user " + name, "way", done));
	}

	/** A system is connected: people are told of programs that act for them in these words. */
	public Mailing apiClientMade(Cause cause, String name, Instant madeAt) {
		return detailed(cause, MailKind.API_CLIENT_MADE,
				Map.of("systems", systems(List.of(name)), "made", madeAt.toString()));
	}

	/** One mail, however many of them one cause has ended. */
	public Mailing apiClientsRevoked(Cause cause, List<String> names) {
		return detailed(cause, MailKind.API_CLIENT_REVOKED,
				Map.of("count", names.size() == 1 ? "A system has" : names.size() + " systems have", "systems",
						systems(names)));
	}

	/** By their names, as far as they are no more than that. */
	private static String systems(List<String> names) {
		List<String> shown = names.stream().map(Shown::thing).filter(name -> !name.isBlank()).toList();
		int rest = names.size() - shown.size();
		if (shown.isEmpty()) return rest == 1 ? "a system" : rest + " systems";
		return (names.size() == 1 ? "the system “" : "the systems “") + String.join("”, “", shown) + "”"
				+ (rest == 0 ? "" : " and " + rest + " more");
	}

	/** Whether an import took so long that its submitter will have turned to something else. */
	public boolean isWorthTelling(Instant submittedAt, Instant completedAt) {
		return Duration.between(submittedAt, completedAt).compareTo(notices.longImport()) > 0;
	}

	/** @param message the guide's words for its outcome (Table 5) */
	public Mailing importCompleted(Cause cause, UUID importId, String fileName, String message) {
		Map<String, String> details = Map.of("import", importId.toString(), "file", fileName, "message", message);
		return detailed(cause, MailKind.IMPORT_COMPLETED, details);
	}

	/**
	 * @param name of the confirmation, which is left out when it is more than a name
	 * @param open how many accounts wait
	 */
	public Mailing confirmationDue(Cause cause, UUID confirmation, String name, LocalDate deadline, int open) {
		String called = Shown.thing(name);
		return detailed(cause, MailKind.CONFIRMATION_DUE,
				Map.of("confirmation", confirmation.toString(), "called", called.isBlank() ? "" : "“" + called + "”",
						"deadline", DAY.format(deadline), "open",
						open == 1 ? "1 user account waits" : open + " user accounts wait"));
	}

	private Mailing detailed(Cause cause, MailKind kind, Map<String, String> details) {
		return new Mailing(List.of(detail(cause, kind, details)));
	}

	private Mail detail(Cause cause, MailKind kind, Map<String, String> details) {
		return new Mail(cause.eventId(), kind, null, cause.accountId(), cause.to(), cause.occurredAt(),
				endOfNotice(cause), null, details, cause.traceparent());
	}

	private Instant endOfNotice(Cause cause) {
		return cause.occurredAt().plus(notices.lifetime());
	}

	private static Mail mail(Cause cause, MailKind kind, @Nullable Site site, Instant expiresAt,
			@Nullable String sealedSecret) {
		return mail(cause, kind, site, expiresAt, sealedSecret, Map.of());
	}

	private static Mail mail(Cause cause, MailKind kind, @Nullable Site site, Instant expiresAt,
			@Nullable String sealedSecret, Map<String, String> details) {
		if (kind.revealsSecret() && sealedSecret == null) throw new IllegalArgumentException("a secret is missing");
		return new Mail(cause.eventId(), kind, site, cause.accountId(), cause.to(), cause.occurredAt(), expiresAt,
				sealedSecret, details, cause.traceparent());
	}
}
