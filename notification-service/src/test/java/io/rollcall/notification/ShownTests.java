package io.rollcall.notification;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ShownTests {
	@ParameterizedTest
	@ValueSource(strings = {"María-José O'Kafor", "Sammy Davis, Jr.", "J. R. Lee", "Łukasz D’Arcy", "王小明", "علي",
			"नि\u200dखिल", "e\u0301va Ng", "Anne‑Marie", "ʻOkina Kaʻahumanu", "Juan Carlos de la Torre Rivera"})
	void personGoesByTheirName(String name) {
		assertThat(Shown.person(name)).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = {"Win $500 now http://evil.example/x", "evil.example Lee", "www.evil Lee", "Lee @evil",
			"Call 617 555 0100", "Lee!", "evil。example", "Lee: urgent", "<b>Lee</b>", "J.R. Lee", "Lee / Ng", "😀 Lee",
			"evil\uFF0Eexample", "evil\u2024example", "٥٠٠", "Lee\tNg", "5 Lee", "You won a prize, call me now",
			"You-won-a-prize-call-me-now", "Win'a'prize'and'call'me'now",
			"evil\uA4F8example"})
	void whatIsMoreThanANameIsLeftOut(String name) {
		assertThat(Shown.person(name)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {"agawam staff 2026.csv", "Lehrkräfte_Nr 5 (neu).CSV", "Staff sync", "A & B + C",
			"import.txt", "agawam staff 2026-11-23.csv", "staff_20261123 (2).csv", "Grade 3 to 8, room 114"})
	void fileOrProgramGoesByItsName(String name) {
		assertThat(Shown.thing(name)).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = {"http://evil.example/x.csv", "evil.example.csv", "evil.com", "www.evil", "win $500.csv",
			"10.0.0.1.csv", "a@evil.csv", "x.csv.zip", "a:b.csv", "Call 617 555 0100", "call 555-0100", "(617)555-0100",
			"٦١٧ ٥٥٥ ٠١٠٠", "2010112", "20261123 0100555", "You won a prize, call me now",
			"evil\uA4F8com", "evil\u0660com"})
	void whatCouldBecomeALinkOrACallIsLeftOut(String name) {
		assertThat(Shown.thing(name)).isEmpty();
	}

	@Test
	void usernameHasNoSignBesideALetter() {
		assertThat(Shown.username("www.evil-x@evil.example"))
				.isEqualTo("www\u2060.\u2060evil\u2060-\u2060x\u2060@\u2060evil\u2060.\u2060example");
		assertThat(Shown.username("mokafor1")).isEqualTo("mokafor1");
	}
}
