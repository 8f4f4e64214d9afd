package io.rollcall.acceptance.reach;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.rollcall.acceptance.reach.ReachTable.Holding;
import io.rollcall.acceptance.reach.Targets.Target;
import io.rollcall.acceptance.reach.Witness.Seen;

/** One who has used a credential and asks for everything. */
final class Holder {
	private static final AtomicInteger NEXT = new AtomicInteger();

	private final Holding holding;
	private final Person person;
	private final Hands hands;
	private final Targets targets;
	private final Target target;
	private final String ownImport;
	private final ReachTable table;
	private final Witness witness;
	private final Seen before;
	private final int number = NEXT.getAndIncrement();

	/** @param ownImport a dry run that the account made before */
	Holder(Holding holding, Person person, Hands hands, Targets targets, String ownImport, ReachTable table,
			Witness witness) {
		this.holding = holding;
		this.person = person;
		this.hands = hands;
		this.targets = targets;
		this.target = targets.of(holding);
		this.ownImport = ownImport;
		this.table = table;
		this.witness = witness;
		this.before = witness.see(person);
	}

	/** What the account is now. */
	Who who() {
		return holding.now();
	}

	Person person() {
		return person;
	}

	Hands hands() {
		return hands;
	}

	/** What the holder would type when asked for the current password. */
	String password() {
		String known = hands.password();
		return known == null ? "Nobody-knows-1!" : known;
	}

	Target target() {
		return target;
	}

	String ownImport() {
		return ownImport;
	}

	Witness witness() {
		return witness;
	}

	/** Whether the table has such a cell. */
	boolean isAsked(String reach) {
		return holding.asked().contains(reach);
	}

	/** Asks and compares one cell. */
	void cell(String reach, Supplier<String> answered) {
		if (isAsked(reach)) table.check(holding, reach, answered.get());
	}

	/** The same for a call. */
	void call(String reach, Supplier<HttpResponse<String>> call) {
		cell(reach, () -> Hands.word(call.get()));
	}

	/** The same for one that gives an account this in this field, with a look whether it has. */
	void change(String reach, Supplier<HttpResponse<String>> call, Person whose, String field, String value) {
		cell(reach, () -> {
			HttpResponse<String> answer = call.get();
			return honest(Hands.word(answer), Hands.succeeded(answer), whose, field, value);
		});
	}

	/** The same for a record of a file. */
	void record(String reach, Supplier<String> outcome, Person whose, String field, String value) {
		cell(reach, () -> {
			String word = outcome.get();
			return honest(word, word.equals("updated"), whose, field, value);
		});
	}

	private String honest(String word, boolean success, Person whose, String field, String value) {
		// Who is to be as before is looked at once, in the end.
		return honest(word, success, (success || asBefore(whose).isEmpty()) && witness.see(whose).has(field, value));
	}

	/** An answer of success means that what was asked for is so, and one of refusal that it is not. */
	static String honest(String word, boolean success, boolean isSo) {
		if (success == isSo) return word;
		return word + (success ? " without effect" : " but done");
	}

	/** An account as it is, and by the table must be before and after all that this holder does. */
	private Optional<Seen> asBefore(Person whose) {
		if (whose != person) return targets.untouched(whose);
		return holding.word("own phone").equals("200") ? Optional.empty() : Optional.of(before);
	}

	Seen see(Person whose) {
		return asBefore(whose).orElseGet(() -> witness.see(whose));
	}

	/** Sends a filled-in form with one field changed. */
	HttpResponse<String> put(Person whose, String field, Object value) {
		Seen seen = see(whose);
		return hands.ask("PUT", "/api/users/" + whose.id(), seen.form(field, value), "If-Match", seen.tag());
	}

	/** An address that nobody else has. */
	String address(String way) {
		return "%s.%d@reach.example".formatted(way, number);
	}

	/** A telephone number that nobody else has. */
	String phone() {
		return "978-555-%04d".formatted(number);
	}

	/** Fails when the account is not as it was although nothing of it may be changed. */
	void assertAsBefore() {
		asBefore(person).filter(it -> !witness.see(person).version().equals(it.version()))
				.ifPresent(_ -> table.failed(holding, "the account is not as before"));
	}
}
