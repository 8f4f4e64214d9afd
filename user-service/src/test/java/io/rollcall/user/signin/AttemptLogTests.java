package io.rollcall.user.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.rollcall.user.credential.Site;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptLogTests {
	private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
	private static final Source OWNER = Source.of("198.51.100.1", "owners-device");

	private AttemptLog log = AttemptLog.EMPTY;

	private boolean attempt(Source source, Instant at) {
		return attempt(Site.PORTAL, source, at);
	}

	private boolean attempt(Site site, Source source, Instant at) {
		var next = log.attempted(site, source, at);
		next.ifPresent(it -> log = it);
		return next.isPresent();
	}

	private static Source stranger(int number) {
		return Source.of("203.0.113." + number, "device-" + number);
	}

	/** How many of ten thousand are evaluated, from as many addresses as somebody has. */
	private long evaluated(int addresses) {
		return IntStream.range(0, 10_000).filter(i -> attempt(stranger(i % addresses), NOW)).count();
	}

	@Test
	void strangersTogetherHaveSixAnHour() {
		assertThat(evaluated(200)).isEqualTo(6);
		assertThat(attempt(stranger(1), NOW.plus(Duration.ofMinutes(59)))).isFalse();
		assertThat(attempt(stranger(1), NOW.plus(Duration.ofMinutes(61)))).isTrue();
	}

	@Test
	void oneStrangerHasFour() {
		assertThat(evaluated(1)).isEqualTo(4);
		assertThat(attempt(stranger(7), NOW)).isTrue();
	}

	/** Otherwise whoever sits behind an address could count who has ever signed in from it. */
	@Test
	void addressHasTheSameNumberWhetherSomebodySignedInFromItOrNot() {
		long unknown = IntStream.range(0, 20).filter(i -> attempt(Source.of("198.51.100.1", "pupil" + i), NOW)).count();
		log = AttemptLog.EMPTY.succeeded(Site.PORTAL, OWNER);
		long familiar = IntStream.range(0, 20).filter(i -> attempt(Source.of("198.51.100.1", "pupil" + i), NOW))
				.count();
		assertThat(familiar).isEqualTo(unknown);
	}

	@Test
	void ownerIsHeardWhileStrangersAreNot() {
		assertThat(attempt(OWNER, NOW)).isTrue();
		log = log.succeeded(Site.PORTAL, OWNER);
		evaluated(200);
		assertThat(attempt(stranger(3), NOW)).isFalse();
		assertThat(attempt(Source.of("192.0.2.77", "owners-device"), NOW)).as("elsewhere, same device").isTrue();
		assertThat(attempt(Source.of("198.51.100.1", null), NOW)).as("same address, other device").isTrue();
	}

	@Test
	void whoSharesTheOwnersAddressDoesNotUseUpTheDevicesBudget() {
		log = log.succeeded(Site.PORTAL, OWNER);
		IntStream.range(0, 100).forEach(i -> attempt(Source.of("198.51.100.1", "pupil-" + i), NOW));
		assertThat(attempt(Source.of("198.51.100.1", "pupil"), NOW)).isFalse();
		assertThat(attempt(OWNER, NOW)).isTrue();
	}

	@Test
	void nobodyTogetherHasMoreThanTwenty() {
		log = log.succeeded(Site.PORTAL, OWNER);
		log = log.succeeded(Site.PORTAL, Source.of("198.51.100.2", "second-device"));
		long evaluated = IntStream.range(0, 10_000)
				.filter(i -> attempt(switch (i % 5) {
					case 0 -> OWNER;
					case 4 -> Source.ofSession("session-" + i % 3);
					case 1 -> Source.of("198.51.100.2", "second-device");
					case 2 -> Source.of("198.51.100." + (i % 2 + 1), "x" + i);
					default -> stranger(i % 250);
				}, NOW)).count();
		assertThat(evaluated).isEqualTo(20);
	}

	@Test
	void stolenSessionUsesUpNeitherTheDevicesBudgetNorThatOfTheOwnersOtherSession() {
		log = log.succeeded(Site.PORTAL, OWNER);
		IntStream.range(0, 100).forEach(_ -> attempt(Source.ofSession("stolen"), NOW));
		assertThat(attempt(Source.ofSession("stolen"), NOW)).isFalse();
		assertThat(attempt(Source.ofSession("the owner's"), NOW)).isTrue();
		assertThat(attempt(Source.of("198.51.100.1", null), NOW)).as("same address, other device").isTrue();
		assertThat(IntStream.range(0, 10).filter(_ -> attempt(OWNER, NOW)).count()).isEqualTo(5);
	}

	@Test
	void rightPasswordTakesItsOwnMistakesBack() {
		IntStream.range(0, 4).forEach(_ -> attempt(OWNER, NOW));
		log = log.succeeded(Site.PORTAL, OWNER);
		assertThat(log.recent()).isEmpty();
		assertThat(log.at(Site.PORTAL).failures()).isZero();
	}

	@Test
	void rightPasswordOfOneSiteTakesNothingBackAtTheOther() {
		Source guesser = stranger(1);
		for (int i = 0; i < 4; i++) {
			assertThat(attempt(guesser, NOW)).isTrue();
			assertThat(attempt(Site.TRAINING, guesser, NOW)).isTrue();
			log = log.succeeded(Site.TRAINING, guesser);
			log = log.succeeded(Site.TRAINING, Source.ofSession("at the Training Site"));
		}
		assertThat(attempt(guesser, NOW)).isFalse();
		assertThat(log.at(Site.PORTAL).failures()).isEqualTo(4);
		assertThat(log.at(Site.TRAINING).failures()).isZero();
	}

	@Test
	void whoIsFamiliarAtOneSiteIsAStrangerAtTheOther() {
		log = log.succeeded(Site.PORTAL, OWNER);
		IntStream.range(0, 50).forEach(i -> log = log.succeeded(Site.TRAINING, stranger(i)));
		IntStream.range(0, 50).forEach(i -> attempt(stranger(i), NOW));
		assertThat(log.recent()).hasSize(6).allMatch(it -> it.nearness() == AttemptLog.Nearness.STRANGER);
		assertThat(attempt(OWNER, NOW)).isTrue();
		assertThat(log.recent().getLast().nearness()).isEqualTo(AttemptLog.Nearness.FAMILIAR_DEVICE);
	}

	@Test
	void budgetIsOfBothSitesTogether() {
		IntStream.range(0, 50).forEach(i -> attempt(i % 2 == 0 ? Site.PORTAL : Site.TRAINING, stranger(i), NOW));
		assertThat(log.recent()).hasSize(6);
	}

	@Test
	void afterAHundredFailuresInARowOnlyFamiliarDevicesAreHeard() {
		log = log.succeeded(Site.PORTAL, OWNER);
		Instant at = NOW;
		while (log.at(Site.PORTAL).failures() < 100) {
			at = at.plus(Duration.ofMinutes(61));
			evaluatedAt(at);
		}
		at = at.plus(Duration.ofDays(3));
		assertThat(attempt(stranger(1), at)).isFalse();
		assertThat(attempt(Source.of("198.51.100.1", null), at)).isFalse();
		assertThat(attempt(OWNER, at)).isTrue();
		assertThat(attempt(Source.ofSession("the owner's"), at)).isTrue();
	}

	private void evaluatedAt(Instant at) {
		IntStream.range(0, 50).forEach(i -> attempt(stranger(i), at));
	}

	@Test
	void addressesOfOneIPv6SubnetAreOne() {
		assertThat(Source.of("2001:db8:1:2::1", null)).isEqualTo(Source.of("2001:db8:1:2:aaaa::7", null))
				.isNotEqualTo(Source.of("2001:db8:1:3::1", null));
	}
}
