package io.rollcall.acceptance.generator;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.rollcall.acceptance.oracle.Account;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Csv;
import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.oracle.Oracle;
import io.rollcall.acceptance.oracle.Outcome;
import io.rollcall.acceptance.oracle.Prediction;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.oracle.Text;

/**
 * Makes files from a seed, each one for the state in which those before it left the accounts: the files must be uploaded
 * one after the other, in this order. Encodings and line ends go round in turn, so that fifteen files have them all.
 */
public final class Generator {
	private static final int LIMIT = 200;
	private static final List<Integer> TELLING_SIZES = List.of(1, 200, 2, 199, 60);
	/** Columns that a file may go without. */
	private static final List<Column> OPTIONAL = Arrays.stream(Column.values()).filter(column -> !column.isRequired())
			.toList();

	private final long seed;
	private final Directory directory;
	private final Oracle oracle;
	private final List<String> districts;
	private final Map<Fault, Integer> faultsUsed = new EnumMap<>(Fault.class);
	private int files;
	private int people;

	public Generator(long seed, Directory directory, Oracle oracle) {
		this.seed = seed;
		this.directory = directory;
		this.oracle = oracle;
		this.districts = directory.districts().stream().filter(code -> directory.schoolsOf(code).size() > 1).toList();
	}

	/** How many rows had each fault so far. */
	public Map<Fault, Integer> faultsUsed() {
		return Collections.unmodifiableMap(faultsUsed);
	}

	/** The next file. Two in five are changes; the first five are new people. */
	public GeneratedFile next() {
		int number = ++files;
		var random = new Random(seed * 1_000_003 + number);
		Action action = number > 5 && number % 5 < 2 ? Action.UPDATE : Action.ADD;
		Encoding encoding = Encoding.values()[number % Encoding.values().length];
		LineEnd lineEnd = LineEnd.values()[number / Encoding.values().length % LineEnd.values().length];
		int size = number <= TELLING_SIZES.size() ? TELLING_SIZES.get(number - 1) : 1 + random.nextInt(LIMIT);
		List<Column> columns = columns(random, action);
		var maker = new RowMaker(random, encoding, Set.copyOf(columns));
		var rows = new ArrayList<Row>();
		var outcomes = new ArrayList<Outcome>();
		while (rows.size() < size) {
			Row row = action == Action.ADD ? maker.newPerson(rows) : maker.change(rows);
			outcomes.add(action == Action.ADD ? oracle.add(row) : oracle.update(row, rows));
			rows.add(row);
		}
		var writer = new FileWriter(random, columns, lineEnd.text());
		String text = writer.write(rows);
		byte[] bytes = encoding.encode(text);
		if (encoding == Encoding.WINDOWS_1252 && readsAsOtherUtf8(bytes, text)) {
			throw new IllegalStateException("The file cannot be told from UTF-8: take another seed");
		}
		return new GeneratedFile(number, action, columns, rows, new Prediction(outcomes), bytes,
				"%s, %s, %s%s".formatted(encoding, lineEnd,
						columns.stream().map(Column::header).collect(Collectors.joining(",")), writer.traits()));
	}

	private static boolean readsAsOtherUtf8(byte[] bytes, String text) {
		try {
			return !StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().equals(text);
		} catch (CharacterCodingException _) {
			return false;
		}
	}

	private static List<Column> columns(Random random, Action action) {
		var columns = new ArrayList<>(List.of(Column.values()));
		if (random.nextInt(action == Action.UPDATE ? 2 : 5) == 0) {
			columns.removeIf(column -> OPTIONAL.contains(column) && random.nextBoolean());
		}
		if (random.nextInt(3) == 0) {
			Collections.shuffle(columns, random);
		}
		return columns;
	}

	/** The rows of one file. */
	private final class RowMaker {
		private final Random random;
		private final Encoding encoding;
		private final Set<Column> columns;
		private final boolean latin;

		RowMaker(Random random, Encoding encoding, Set<Column> columns) {
			this.random = random;
			this.encoding = encoding;
			this.columns = columns;
			this.latin = encoding == Encoding.WINDOWS_1252;
		}

		Row newPerson(List<Row> before) {
			return spelled(() -> {
				Row row = valid();
				if (random.nextInt(12) == 0) {
					row = row.with(Column.USERNAME, takenUsername(before, row.cell(Column.USERNAME)));
				}
				return random.nextInt(3) == 0 ? faulty(row) : row;
			});
		}

		Row change(List<Row> before) {
			return spelled(() -> {
				Account account = someone(before);
				if (account == null || random.nextInt(25) == 0) {
					return faultyAtTimes(valid(), 4); // nobody has this username
				}
				Row row = asItStands(account);
				if (random.nextInt(5) > 0) {
					row = changed(row, account);
				}
				return faultyAtTimes(row, 3);
			});
		}

		private Row faultyAtTimes(Row row, int oneIn) {
			return random.nextInt(oneIn) == 0 ? faulty(row) : row;
		}

		/** What the encoding has no letters for is made anew. */
		private Row spelled(Supplier<Row> maker) {
			while (true) {
				Row row = maker.get();
				for (Column column : Column.values()) {
					if (!columns.contains(column)) {
						row = row.without(column);
					}
				}
				if (row.cells().values().stream().allMatch(encoding::canSpell) && !isBlank(row)) {
					return row;
				}
			}
		}

		private static boolean isBlank(Row row) {
			return row.cells().values().stream().allMatch(String::isBlank);
		}

		/** One to four faults in different columns. */
		private Row faulty(Row row) {
			Row faulty = row;
			var touched = EnumSet.noneOf(Column.class);
			for (int i = 0; i < 1 + random.nextInt(2) * random.nextInt(4); i++) {
				Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
				if (columns.contains(fault.column()) && touched.add(fault.column())) {
					faulty = fault.in(faulty, random, latin);
					faultsUsed.merge(fault, 1, Integer::sum);
				}
			}
			return faulty;
		}

		private Row valid() {
			int n = ++people;
			String role = pick("DTC", "TC", "STC", "TA", "RAO");
			boolean demonstration = random.nextInt(10) == 0;
			String username = username(n);
			String email = switch (random.nextInt(10)) {
				case 0 -> "office@shared-%d.example".formatted(random.nextInt(5));
				case 1 -> "o'brien+%d/!#$%%&*=?^_`{|}~@district.example".formatted(n);
				case 2 -> "n%d.".formatted(n) + "l".repeat(64 - 2 - (n + "").length()) + "@"
						+ ("d".repeat(61) + ".").repeat(3)
						+ "example";
				case 3 -> "First.Last-%d@MAIL.District-%d.Example.org".formatted(n, random.nextInt(9));
				default -> "person%d@district.example".formatted(n);
			};
			Row row = Row.of(username, firstName(), lastName(), email, role, organizations(role, demonstration),
					program(demonstration), phone(), phone(), address());
			return spaced(row);
		}

		private String username(int n) {
			return switch (random.nextInt(12)) {
				case 0 -> "person%d@district.example".formatted(n);
				case 1 -> "u%03d".formatted(n % 1000) + (n >= 1000 ? "." + n / 1000 : "");
				case 2 -> "x%d".formatted(n) + "y".repeat(50 - 1 - (n + "").length());
				case 3 -> "o'b-%d_a+b@c.d".formatted(n);
				case 4 -> "-%d.dash".formatted(n);
				case 5 -> "'@%d.at".formatted(n); // the apostrophe is a mark here: the name starts with @
				case 6 -> "%d".formatted(100_000 + n);
				case 7 -> "+Plus.%d".formatted(n);
				default -> "Gen.Person%d".formatted(n);
			};
		}

		private String takenUsername(List<Row> before, String otherwise) {
			String taken = otherwise;
			if (!before.isEmpty() && random.nextBoolean()) {
				taken = before.get(random.nextInt(before.size())).cell(Column.USERNAME);
			} else if (!oracle.accounts().isEmpty()) {
				taken = markedUsername(List.copyOf(oracle.accounts()).get(random.nextInt(oracle.accounts().size())));
			}
			return switch (random.nextInt(3)) {
				case 0 -> taken.toUpperCase(Locale.ROOT);
				case 1 -> taken.toLowerCase(Locale.ROOT);
				default -> taken;
			};
		}

		private String firstName() {
			return switch (random.nextInt(8)) {
				case 0 -> Names.ofLength(25, random, latin);
				case 1 -> Names.ofLength(1, random, latin);
				case 2 -> Names.decomposed(Names.any(random, latin));
				default -> Names.any(random, latin);
			};
		}

		private String lastName() {
			return switch (random.nextInt(8)) {
				case 0 -> Names.ofLength(25, random, latin);
				case 1 -> Names.ofLength(2, random, latin);
				default -> Names.any(random, latin);
			};
		}

		private String organizations(String role, boolean demonstration) {
			boolean district = switch (role) {
				case "DTC" -> true;
				case "STC", "TA" -> false;
				default -> random.nextBoolean();
			};
			var codes = new ArrayList<String>();
			for (int i = 0; i < 1 + random.nextInt(2) * random.nextInt(4); i++) {
				String home = demonstration && i == 0
						? pick(Directory.CYBER_FALLS, Directory.CYBER_CITY)
						: districts.get(random.nextInt(districts.size()));
				List<String> schools = directory.schoolsOf(random.nextInt(12) == 0 && !demonstration
						? Directory.NO_DISTRICT
						: home);
				codes.add(district ? home : schools.get(random.nextInt(schools.size())));
			}
			return String.join(pick("|", "|", " | ", "| "), codes);
		}

		private String program(boolean demonstration) {
			return demonstration && random.nextBoolean()
					? pick("1036", "1036|1030", "1034 | 1036")
					: pick("", "", "1030", "1034", "1030|1034", "1034 | 1030", " 1030 ");
		}

		private String phone() {
			return random.nextInt(3) == 0
					? ""
					: "%03d-%03d-%04d".formatted(random.nextInt(1000), random.nextInt(1000), random.nextInt(10_000));
		}

		private String address() {
			return switch (random.nextInt(9)) {
				case 0 -> Names.ofLength(200, random, latin);
				case 1 -> "1 Main St, Unit \"B\"\nAgawam, MA";
				case 2 -> "2 Main St" + pick("\r\n", "\r", "\n") + "Boston";
				case 3 -> pick("=1+1", "'=2+2", "@home", "-", "+1 Oak", "'-dash", "＝fullwidth").replace("＝",
						latin ? "=" : "＝");
				case 4 -> Names.any(random, latin) + " Straße 5, \"Hof\"";
				case 5, 6 -> "%d Elm Street".formatted(random.nextInt(500));
				default -> "";
			};
		}

		/** Blanks around a cell do not count; nor does the case of a role. */
		private Row spaced(Row row) {
			Row spaced = row;
			if (random.nextInt(4) == 0) {
				Column column = Column.values()[random.nextInt(Column.values().length)];
				String cell = row.cell(column);
				// What starts as a formula does, or is marked as one, must keep its first character.
				spaced = row.with(column,
						(Text.withMark(cell).equals(cell) ? " ".repeat(random.nextInt(3)) : "") + cell + "  ");
			}
			spaced = hidden(spaced);
			return random.nextInt(4) == 0
					? spaced.with(Column.ROLE, spaced.cell(Column.ROLE).toLowerCase(Locale.ROOT))
					: spaced;
		}

		/** What a copied text brings along within a cell and nobody sees does not count either; the first character stays. */
		private Row hidden(Row row) {
			Column column = Column.values()[random.nextInt(Column.values().length)];
			String cell = row.cell(column);
			if (random.nextInt(6) > 0 || cell.codePointCount(0, cell.length()) < 2) return row;
			int at = cell.offsetByCodePoints(0, 1 + random.nextInt(cell.codePointCount(0, cell.length()) - 1));
			return row.with(column,
					cell.substring(0, at) + pick("\u00AD", "\u200B", "\u2060", "\u200E", "\u202E")
							+ cell.substring(at));
		}

		/** An account that a row before may have changed already; mostly not the same again. */
		private @Nullable Account someone(List<Row> before) {
			if (!before.isEmpty() && random.nextInt(15) == 0) {
				Account again = oracle.account(before.get(random.nextInt(before.size())).cell(Column.USERNAME).strip());
				if (again != null && isEasy(again)) {
					return again;
				}
			}
			var accounts = oracle.accounts().stream().filter(this::isEasy).toList();
			return accounts.isEmpty() ? null : accounts.get(random.nextInt(accounts.size()));
		}

		/** The rules do not say what becomes of a kept program 1036 when the row takes the account elsewhere. */
		private boolean isEasy(Account account) {
			return columns.contains(Column.PROGRAM) || !account.programs().contains("1036");
		}

		private static String markedUsername(Account account) {
			return Text.withMark(account.username());
		}

		/** The same facts, at times in another spelling. */
		private Row asItStands(Account account) {
			var organizations = new ArrayList<>(account.organizations().stream().sorted().toList());
			var programs = new ArrayList<>(account.programs().stream().sorted().toList());
			Collections.shuffle(organizations, random);
			Collections.shuffle(programs, random);
			String username = markedUsername(account);
			return spaced(Row.of(random.nextInt(3) == 0 ? username.toUpperCase(Locale.ROOT) : username,
					Text.withMark(account.firstName()), Text.withMark(account.lastName()),
					Text.withMark(account.email()), account.role(), String.join("|", organizations),
					String.join("|", programs), account.phone(), account.fax(), Text.withMark(account.address())));
		}

		private Row changed(Row row, Account account) {
			Row changed = row;
			for (int i = 0; i < 1 + random.nextInt(3); i++) {
				Row other = valid();
				changed = switch (random.nextInt(8)) {
					case 0 -> changed.with(Column.FNAME, other.cell(Column.FNAME));
					case 1 -> changed.with(Column.LNAME, other.cell(Column.LNAME));
					case 2 -> changed.with(Column.EMAIL, other.cell(Column.EMAIL));
					case 3 -> changed.with(Column.PHONE, other.cell(Column.PHONE));
					case 4 -> changed.with(Column.FAX, other.cell(Column.FAX));
					case 5 -> changed.with(Column.ADDRESS, other.cell(Column.ADDRESS));
					case 6 -> changed.with(Column.PROGRAM, otherProgram(account));
					default ->
						changed.with(Column.ROLE, other.cell(Column.ROLE)).with(Column.ORG, other.cell(Column.ORG))
								.with(Column.PROGRAM, other.cell(Column.PROGRAM));
				};
			}
			return isOpenQuestion(account.programs(), changed.cell(Column.PROGRAM)) ? row : changed;
		}

		private String otherProgram(Account account) {
			return account.programs().equals(Set.of("1030")) ? "1034" : "1030";
		}

		/** Whether "all programs" and both of them by name are the same thing: the rules do not say. */
		private static boolean isOpenQuestion(Set<String> before, String cell) {
			Set<String> after = cell.isBlank()
					? Set.of()
					: Arrays.stream(cell.split("\\|")).map(String::strip).collect(Collectors.toSet());
			return before.isEmpty() && after.size() > 1 || before.size() > 1 && after.isEmpty();
		}

		private String pick(String... choices) {
			return choices[random.nextInt(choices.length)];
		}
	}

	/** The text of one file. */
	private static final class FileWriter {
		private final Random random;
		private final List<Column> columns;
		private final String lineEnd;
		private final boolean quoteAll;
		private final boolean notes;
		private final boolean lastLineOpen;
		private final boolean emptyLines;
		private final int headerCase;

		FileWriter(Random random, List<Column> columns, String lineEnd) {
			this.random = random;
			this.columns = columns;
			this.lineEnd = lineEnd;
			this.quoteAll = random.nextInt(3) == 0;
			this.notes = random.nextInt(3) == 0;
			this.lastLineOpen = random.nextInt(3) == 0;
			this.emptyLines = random.nextInt(2) == 0;
			this.headerCase = random.nextInt(4);
		}

		String traits() {
			return (quoteAll ? ", all quoted" : "") + (notes ? ", Notes column" : "")
					+ (emptyLines ? ", empty lines" : "") + (lastLineOpen ? ", last line open" : "");
		}

		String write(List<Row> rows) {
			var text = new StringBuilder();
			var header = new ArrayList<>(columns.stream().map(column -> inCase(column.header())).toList());
			if (notes) {
				header.add(inCase("Notes"));
			}
			text.append(line(header, quoteAll));
			for (Row row : rows) {
				if (emptyLines && random.nextInt(8) == 0) {
					text.append(lineEnd).append(random.nextBoolean() ? "" : ",".repeat(header.size() - 1));
				}
				var cells = new ArrayList<>(columns.stream().map(row::cell).toList());
				if (notes) {
					cells.add(random.nextBoolean() ? "" : "Invalid role; \"corrected\", see above");
				}
				text.append(lineEnd).append(line(cells, quoteAll || random.nextInt(10) == 0));
			}
			if (emptyLines && random.nextBoolean()) {
				text.append(lineEnd).append(",".repeat(header.size() - 1)).append(lineEnd);
			}
			return lastLineOpen ? text.toString() : text.append(lineEnd).toString();
		}

		private String line(List<String> cells, boolean quoted) {
			return cells.stream().map(cell -> Csv.cell(cell, quoted)).collect(Collectors.joining(","));
		}

		private String inCase(String name) {
			return switch (headerCase) {
				case 0 -> name.toLowerCase(Locale.ROOT);
				case 1 -> name.toUpperCase(Locale.ROOT);
				default -> name;
			};
		}
	}
}
