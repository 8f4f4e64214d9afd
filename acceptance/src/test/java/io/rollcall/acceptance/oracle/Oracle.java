package io.rollcall.acceptance.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.rollcall.acceptance.oracle.Directory.Level;
import io.rollcall.acceptance.oracle.Outcome.Kind;

/**
 * Says what must become of rows that the service center uploads: it may grant every role and reaches every organization,
 * so the three notes about the uploader's own rights never come. It remembers the accounts that its rows made.
 */
public final class Oracle {
	private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9._\\-+'@]{4,50}");
	private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[A-Za-z0-9]");
	private static final Pattern LOCAL_PART = Pattern
			.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
	private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
	private static final Pattern PHONE = Pattern.compile("[0-9]{3}-[0-9]{3}-[0-9]{4}");

	/** The level that a role's organizations have; null where either will do. */
	private enum Role {
		DTC(Level.DISTRICT), TC(null), STC(Level.SCHOOL), TA(Level.SCHOOL), RAO(null);

		private final @Nullable Level level;

		Role(@Nullable Level level) {
			this.level = level;
		}
	}

	private final Directory directory;
	private final Map<String, Account> accounts = new LinkedHashMap<>();
	/** How often each account's address changed; all of it on one day. */
	private int moves;

	public Oracle(Directory directory) {
		this.directory = directory;
	}

	/** The accounts that its rows made, as they must be now. */
	public Collection<Account> accounts() {
		return List.copyOf(accounts.values());
	}

	public @Nullable Account account(String username) {
		return accounts.get(key(username));
	}

	/** How many accounts, each as often as it did, got another address, and so new credentials: nobody has signed in. */
	public int moves() {
		return moves;
	}

	/** Somebody deactivated the account by another way; a file cannot. */
	public void deactivate(String username) {
		accounts.computeIfPresent(key(username), (_, account) -> account.asDeactivated());
	}

	/** What becomes of a file of new users (guide V.D, "Add New Users"), row after row. */
	public Prediction add(List<Row> rows) {
		return new Prediction(rows.stream().map(this::add).toList());
	}

	/** What becomes of a file of changes (guide V.D, "Update Existing Users"), row after row. */
	public Prediction update(List<Row> rows) {
		return new Prediction(IntStream.range(0, rows.size()).mapToObj(i -> update(rows.get(i), rows.subList(0, i)))
				.toList());
	}

	/** What becomes of the records of a file of new people: what one lacks is blank, and one with too many values is rejected alone. */
	public Prediction addRecords(List<Reading.Record> records) {
		return new Prediction(records.stream()
				.map(record -> record.tooLong()
						? Outcome.rejected(List.of(Notes.SURPLUS))
						: add(record.row().filled(List.of(Column.values()))))
				.toList());
	}

	/** The same of a file of changes: what a record lacks is absent. */
	public Prediction updateRecords(List<Reading.Record> records) {
		var outcomes = new ArrayList<Outcome>();
		for (int i = 0; i < records.size(); i++) {
			Row row = records.get(i).row();
			List<Row> above = records.subList(0, i).stream().map(Reading.Record::row).toList();
			var notes = new ArrayList<String>();
			if (records.get(i).tooLong()) notes.add(Notes.SURPLUS);
			if (isRepeated(row, above)) notes.add(Notes.REPEATED);
			outcomes.add(notes.isEmpty() ? update(row) : Outcome.rejected(notes));
		}
		return new Prediction(outcomes);
	}

	/**
	 * One more record of a file of changes.
	 *
	 * @param above those that stand above it
	 */
	public Outcome update(Row row, List<Row> above) {
		return isRepeated(row, above) ? Outcome.rejected(List.of(Notes.REPEATED)) : update(row);
	}

	private static boolean isRepeated(Row row, List<Row> above) {
		String username = key(Text.identifier(row.cell(Column.USERNAME)));
		return !username.isEmpty()
				&& above.stream().anyMatch(other -> key(Text.identifier(other.cell(Column.USERNAME))).equals(username));
	}

	/** One more record of a file of new people. */
	public Outcome add(Row row) {
		var notes = new ArrayList<String>();
		String username = Text.identifier(row.cell(Column.USERNAME));
		if (!isUsername(username)) {
			notes.add(Notes.USERNAME);
		}
		judgeFields(row, null, notes);
		if (notes.isEmpty() && accounts.containsKey(key(username))) {
			notes.add(Notes.EXISTS);
		}
		if (!notes.isEmpty()) {
			return Outcome.rejected(notes);
		}
		accounts.put(key(username), accountOf(row, username, null));
		return Outcome.of(Kind.CREATED);
	}

	private Outcome update(Row row) {
		var notes = new ArrayList<String>();
		String username = Text.identifier(row.cell(Column.USERNAME));
		Account before = accounts.get(key(username));
		if (!isUsername(username)) {
			notes.add(Notes.USERNAME);
		} else if (before == null) {
			notes.add(Notes.UNKNOWN);
		} else if (before.deactivated()) {
			notes.add(Notes.DEACTIVATED);
		}
		judgeFields(row, before, notes);
		if (!notes.isEmpty() || before == null) {
			return Outcome.rejected(notes);
		}
		Account after = accountOf(row, before.username(), before);
		if (!after.email().equals(before.email())) moves++;
		accounts.put(key(username), after);
		return Outcome.of(after.equals(before) ? Kind.UNCHANGED : Kind.UPDATED);
	}

	/** Every field but the username, in the order of the columns. Of an account that is there, what is absent stays. */
	private void judgeFields(Row row, @Nullable Account before, List<String> notes) {
		judge(row, Column.FNAME, text -> isLong(text, 1, 25), Notes.FIRST_NAME, notes);
		judge(row, Column.FNAME, text -> !isLong(text, 1, 25) || !Text.hasControls(text), Notes.FIRST_NAME_NOT_TEXT,
				notes);
		judge(row, Column.LNAME, text -> isLong(text, 2, 25), Notes.LAST_NAME, notes);
		judge(row, Column.LNAME, text -> !isLong(text, 2, 25) || !Text.hasControls(text), Notes.LAST_NAME_NOT_TEXT,
				notes);
		judge(row, Column.EMAIL, Oracle::isEmail, Notes.EMAIL, notes);
		judge(row, Column.ROLE, text -> role(text) != null, Notes.ROLE, notes);
		judgeOrganizations(row, before, notes);
		judge(row, Column.PROGRAM, text -> areProgramsAllowed(text, codesOf(row, before)), Notes.PROGRAM, notes);
		judge(row, Column.PHONE, text -> text.isEmpty() || PHONE.matcher(text).matches(), Notes.PHONE, notes);
		judge(row, Column.FAX, text -> text.isEmpty() || PHONE.matcher(text).matches(), Notes.FAX, notes);
		judge(row, Column.ADDRESS, text -> isLong(text, 0, 200), Notes.ADDRESS, notes);
		judge(row, Column.ADDRESS, text -> !isLong(text, 0, 200) || !Text.hasControlsBesideLineBreaks(text),
				Notes.ADDRESS_NOT_TEXT, notes);
	}

	private interface Rule {
		boolean holds(String text);
	}

	private static String text(Row row, Column column) {
		return switch (column) {
			case FNAME, LNAME, ADDRESS -> Text.of(row.cell(column));
			default -> Text.identifier(row.cell(column));
		};
	}

	private static void judge(Row row, Column column, Rule rule, String note, List<String> notes) {
		if (row.has(column) && !rule.holds(text(row, column))) {
			notes.add(note);
		}
	}

	private static List<String> codesOf(Row row, @Nullable Account before) {
		if (row.has(Column.ORG)) return codes(row.cell(Column.ORG));
		return before == null ? List.of() : List.copyOf(before.organizations());
	}

	private void judgeOrganizations(Row row, @Nullable Account before, List<String> notes) {
		var codes = codesOf(row, before);
		if (codes.stream().anyMatch(code -> directory.levelOf(code) == null)) {
			notes.add(Notes.ORGANIZATION);
		}
		Role role = role(row.has(Column.ROLE) || before == null
				? Text.identifier(row.cell(Column.ROLE))
				: before.role());
		var levels = new HashSet<Level>();
		for (String code : codes) {
			Level level = directory.levelOf(code);
			if (level != null) {
				levels.add(level);
			}
		}
		if (role != null
				&& (levels.size() > 1 || role.level != null && !levels.isEmpty() && !levels.contains(role.level))) {
			notes.add(Notes.PAIRING);
		}
	}

	private boolean areProgramsAllowed(String text, List<String> organizations) {
		if (text.isEmpty()) {
			return true;
		}
		var known = organizations.stream().filter(code -> directory.levelOf(code) != null).toList();
		boolean demonstration = known.isEmpty() || known.stream().anyMatch(directory::isDemonstration);
		return codes(text).stream().allMatch(
				program -> Set.of("1030", "1034").contains(program) || program.equals("1036") && demonstration);
	}

	private Account accountOf(Row row, String username, @Nullable Account before) {
		String program = text(row, Column.PROGRAM);
		Set<String> programs = program.isEmpty() ? Set.of() : Set.copyOf(codes(program));
		if (before == null) {
			return new Account(username, text(row, Column.FNAME), text(row, Column.LNAME), text(row, Column.EMAIL),
					text(row, Column.ROLE).toUpperCase(Locale.ROOT), Set.copyOf(codes(row.cell(Column.ORG))), programs,
					text(row, Column.PHONE), text(row, Column.FAX), text(row, Column.ADDRESS), false);
		}
		return new Account(username, or(row, Column.FNAME, before.firstName()),
				or(row, Column.LNAME, before.lastName()),
				or(row, Column.EMAIL, before.email()), or(row, Column.ROLE, before.role()).toUpperCase(Locale.ROOT),
				Set.copyOf(codesOf(row, before)), row.has(Column.PROGRAM) ? programs : before.programs(),
				or(row, Column.PHONE, before.phone()), or(row, Column.FAX, before.fax()),
				or(row, Column.ADDRESS, before.address()), false);
	}

	private static String or(Row row, Column column, String before) {
		return row.has(column) ? text(row, column) : before;
	}

	/** Usernames are one whatever the case of their letters; what only looks like one of those is another. */
	private static String key(String username) {
		var key = new StringBuilder();
		username.chars().forEach(c -> key.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
		return key.toString();
	}

	private static boolean isUsername(String text) {
		return USERNAME.matcher(text).matches() && LETTER_OR_DIGIT.matcher(text).find();
	}

	private static boolean isLong(String text, int least, int most) {
		int length = Text.length(text);
		return length >= least && length <= most;
	}

	private static boolean isEmail(String text) {
		int at = text.lastIndexOf('@');
		if (at < 1 || at > 64 || text.length() > 254 || !LOCAL_PART.matcher(text.substring(0, at)).matches()) {
			return false;
		}
		String[] labels = text.substring(at + 1).split("\\.", -1);
		return labels.length >= 2 && Arrays.stream(labels).allMatch(label -> LABEL.matcher(label).matches());
	}

	private static @Nullable Role role(String text) {
		return text.matches("\\p{ASCII}*")
				? Arrays.stream(Role.values()).filter(role -> role.name().equalsIgnoreCase(text)).findFirst()
						.orElse(null)
				: null;
	}

	/** Pieces between pipes; a blank cell is one blank code. */
	private static List<String> codes(String cell) {
		return Arrays.stream(Text.withoutMark(cell).split("\\|", -1)).map(Text::code).distinct().toList();
	}
}
