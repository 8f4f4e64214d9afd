package io.rollcall.acceptance.damage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

import io.rollcall.acceptance.generator.Action;
import io.rollcall.acceptance.oracle.Account;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Oracle;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.oracle.Text;

/**
 * Damages good files: in each way alone, then in each two of them, and from the start again. A file is for the state in which those
 * before it left the accounts.
 */
public final class Damager {
	private static final List<String> FIRST_NAMES = List.of("Ana", "Jos\u00E9", "Zo\u00EB", "M\u00E1ire", "Oluwaseun",
			"Nguy\u1EC5n");
	private static final List<String> LAST_NAMES = List.of("O'Brien", "D\u00EDaz", "Fisk", "\u0160imkov\u00E1",
			"Haddad", "Lindqvist");
	private static final List<String> SCHOOLS = List.of("00050000-00050303", "00050000-00050405", "00050000-00050505");

	private final long seed;
	private final Oracle oracle;
	private final List<Set<Damage>> turns = new ArrayList<>();
	private int files;
	private int people;

	public Damager(long seed, Oracle oracle) {
		this.seed = seed;
		this.oracle = oracle;
		for (Damage one : Damage.values())
			turns.add(EnumSet.of(one));
		for (Damage one : Damage.values())
			for (Damage other : Damage.values())
				if (one.compareTo(other) < 0) turns.add(EnumSet.of(one, other));
	}

	/** So many files have each damage alone and each two of them. */
	public int round() {
		return turns.size();
	}

	public DamagedFile next() {
		// Neighbouring seeds of a Random begin alike.
		var random = new Random(new SplittableRandom(seed * 1_000_003 + files).nextLong());
		Set<Damage> damages = turns.get(files % turns.size());
		int number = ++files;
		Action action = number > 5 && random.nextBoolean() ? Action.UPDATE : Action.ADD;
		var rows = new ArrayList<Row>();
		List<Account> known = new ArrayList<>(oracle.accounts());
		Collections.shuffle(known, random);
		for (int i = 2 + random.nextInt(4); i > 0; i--)
			rows.add(action == Action.ADD || i > known.size() ? newPerson(random) : changed(known.get(i - 1), random));
		var sheet = new Sheet(random, rows, List.of("\r\n", "\n", "\r").get(random.nextInt(3)));
		var order = new ArrayList<>(damages);
		Collections.shuffle(order, random);
		order.forEach(damage -> damage.to(sheet));
		return new DamagedFile(number, action, damages, sheet.bytes());
	}

	private Row newPerson(Random random) {
		int n = ++people;
		boolean coordinator = random.nextInt(4) == 0;
		return Row.of("damaged.%04d".formatted(n), pick(FIRST_NAMES, random), pick(LAST_NAMES, random),
				"damaged.%04d@people.example".formatted(n), coordinator ? "DTC" : "TA",
				coordinator ? "00050000" : pick(SCHOOLS, random), random.nextBoolean() ? "1030" : "",
				random.nextBoolean() ? "413-555-%04d".formatted(n % 10_000) : "", "",
				random.nextInt(3) == 0 ? "%d Mill Lane, Agawam".formatted(n) : "");
	}

	/** The account as it is, but for its last name and, at times, its telephone. */
	private static Row changed(Account account, Random random) {
		Row row = Row.of(Text.withMark(account.username()), account.firstName(), pick(LAST_NAMES, random),
				account.email(),
				account.role(), String.join("|", account.organizations().stream().sorted().toList()),
				String.join("|", account.programs()), account.phone(), account.fax(), Text.withMark(account.address()));
		return random.nextInt(3) == 0 ? row.with(Column.PHONE, "") : row;
	}

	private static String pick(List<String> texts, Random random) {
		return texts.get(random.nextInt(texts.size()));
	}
}
