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
		return new Prediction(rows.stream().map(this::update).toList());
	}

	private Outcome add(Row row) {
		var notes = new ArrayList<String>();
		String username = Text.identifier(row.cell(Column.USERNAME));
		if (!isUsername(username)) {
			notes.add(Notes.USERNAME);
		}
		judgeFields(row, notes);
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
		judgeFields(row, notes);
		if (!notes.isEmpty() || before == null) {
			return Outcome.rejected(notes);
		}
		Account after = accountOf(row, before.username(), before);
		if (!after.email().equals(before.email())) moves++;
		accounts.put(key(username), after);
		return Outcome.of(after.equals(before) ? Kind.UNCHANGED : Kind.UPDATED);
	}

	/** Every field but the username, in the order of the columns. */
	private void judgeFields(Row row, List<String> notes) {
		judge(row, Column.FNAME, text -> isLong(text, 1, 25), Notes.FIRST_NAME, notes);
		judge(row, Column.LNAME, text -> isLong(text, 2, 25), Notes.LAST_NAME, notes);
		judge(row, Column.EMAIL, Oracle::isEmail, Notes.EMAIL, notes);
		judge(row, Column.ROLE, text -> role(text) != null, Notes.ROLE, notes);
		judgeOrganizations(row, notes);
		judge(row, Column.PROGRAM, text -> areProgramsAllowed(text, row), Notes.PROGRAM, notes);
		judge(row, Column.PHONE, text -> text.isEmpty() || PHONE.matcher(text).matches(), Notes.PHONE, notes);
		judge(row, Column.FAX, text -> text.isEmpty() || PHONE.matcher(text).matches(), Notes.FAX, notes);
		judge(row, Column.ADDRESS, text -> Text.length(text) <= 200 && !Text.hasControlsBesideLineBreaks(text),
				Notes.ADDRESS, notes);
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

	private void judgeOrganizations(Row row, List<String> notes) {
		var codes = codes(row.cell(Column.ORG));
		if (codes.stream().anyMatch(code -> directory.levelOf(code) == null)) {
			notes.add(Notes.ORGANIZATION);
		}
		Role role = role(Text.identifier(row.cell(Column.ROLE)));
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

	private boolean areProgramsAllowed(String text, Row row) {
		if (text.isEmpty()) {
			return true;
		}
		var known = codes(row.cell(Column.ORG)).stream().filter(code -> directory.levelOf(code) != null).toList();
		boolean demonstration = known.isEmpty() || known.stream().anyMatch(directory::isDemonstration);
		return codes(text).stream().allMatch(
				program -> Set.of("1030", "1034").contains(program) || program.equals("1036") && demonstration);
	}

	private Account accountOf(Row row, String username, @Nullable Account before) {
		String program = Text.identifier(row.cell(Column.PROGRAM));
		Set<String> programs = program.isEmpty() ? Set.of() : Set.copyOf(codes(program));
		return new Account(username, Text.of(row.cell(Column.FNAME)), Text.of(row.cell(Column.LNAME)),
				Text.identifier(row.cell(Column.EMAIL)),
				Text.identifier(row.cell(Column.ROLE)).toUpperCase(Locale.ROOT),
				Set.copyOf(codes(row.cell(Column.ORG))),
				before == null || row.has(Column.PROGRAM) ? programs : before.programs(),
				before == null || row.has(Column.PHONE) ? Text.identifier(row.cell(Column.PHONE)) : before.phone(),
				before == null || row.has(Column.FAX) ? Text.identifier(row.cell(Column.FAX)) : before.fax(),
				before == null || row.has(Column.ADDRESS) ? Text.of(row.cell(Column.ADDRESS)) : before.address(),
				false);
	}

	private static String key(String username) {
		return username.toLowerCase(Locale.ROOT);
	}

	private static boolean isUsername(String text) {
		return USERNAME.matcher(text).matches() && LETTER_OR_DIGIT.matcher(text).find();
	}

	private static boolean isLong(String text, int least, int most) {
		int length = Text.length(text);
		return length >= least && length <= most && !Text.hasControls(text);
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
