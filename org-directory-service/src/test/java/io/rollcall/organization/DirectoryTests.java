package io.rollcall.organization;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.rollcall.organization.Directory.Wanted;

import static io.rollcall.organization.Organizations.AGAWAM;
import static io.rollcall.organization.Organizations.AGAWAM_HIGH;
import static io.rollcall.organization.Organizations.DOERING;
import static io.rollcall.organization.Organizations.NON_PUBLIC;
import static io.rollcall.organization.Organizations.ST_BRIDGET;
import static org.assertj.core.api.Assertions.assertThat;

class DirectoryTests {
	private static final Organization PENA = Organization.school("00050000-00050900", "José Peña O’Brien Academy",
			"Public School", "Agawam", "00050000");
	private static final Organization AGAWAM_OLD = new Organization("00050000-00050001", "Agawam Old School",
			Level.SCHOOL, "Public School", "Agawam", "00050000", true);
	private static final Sight STATE = new Sight.StateWide();

	private final Directory directory = new Directory(
			List.of(NON_PUBLIC, ST_BRIDGET, AGAWAM_OLD, DOERING, AGAWAM_HIGH, PENA, AGAWAM));

	@Test
	void aCodeIsFoundAsAWholeOnly() {
		assertThat(directory.find("00050000-00050303")).contains(DOERING);
		assertThat(directory.find("00050303")).isEmpty();
		assertThat(directory.find("00050000-")).isEmpty();
	}

	@Test
	void neitherThePlaceholderNorAClosedOrganizationIsAssignable() {
		assertThat(NON_PUBLIC.isAssignable()).isFalse();
		assertThat(AGAWAM_OLD.isAssignable()).isFalse();
		assertThat(ST_BRIDGET.isAssignable()).isTrue();
		assertThat(AGAWAM.isAssignable()).isTrue();
	}

	@Test
	void theBestMatchComesFirstAndTheClosedAfterTheOpen() {
		// the name itself; names that begin so, open before closed; only the town
		assertThat(search("agawam")).containsExactly(AGAWAM, AGAWAM_HIGH, AGAWAM_OLD, PENA, DOERING);
	}

	@Test
	void namesAreFoundByTheStartsOfTheirWordsInAnyOrder() {
		assertThat(search("DOER")).containsExactly(DOERING);
		assertThat(search("school rob")).containsExactly(DOERING);
		assertThat(search("doering aga")).containsExactly(DOERING); // name and town
		assertThat(search("oering")).isEmpty();
	}

	@Test
	void caseAccentsAndPunctuationDoNotMatter() {
		assertThat(search("jose pena")).containsExactly(PENA);
		assertThat(search("JOSÉ PEÑA")).containsExactly(PENA);
		assertThat(search("obrien")).containsExactly(PENA);
		assertThat(search("O'Brien")).containsExactly(PENA);
		assertThat(search("o\u2018br\u00ADien\u200B")).containsExactly(PENA);
		assertThat(search("\u200B00050000-\u00AD00050303")).containsExactly(DOERING);
		assertThat(search("st bridget")).containsExactly(ST_BRIDGET);
	}

	@Test
	void aCodeIsFoundByItsStart() {
		assertThat(search("00050000")).startsWith(AGAWAM).hasSize(5);
		assertThat(search(" 00050000-000505 ")).containsExactly(AGAWAM_HIGH);
		assertThat(search("00050505")).isEmpty();
	}

	@Test
	void nothingTypedFindsEverythingButThePlaceholder() {
		assertThat(search("  ")).hasSize(6).doesNotContain(NON_PUBLIC).startsWith(AGAWAM);
		assertThat(search("?!")).isEmpty();
	}

	@Test
	void onlyOnesOwnOrganizationsAreFoundADistrictWithItsSchools() {
		assertThat(directory.search(new Sight.Own(Set.of("00050000")), "", Wanted.ANY)).hasSize(5)
				.doesNotContain(ST_BRIDGET);
		assertThat(directory.search(new Sight.Own(Set.of("00050000-00050303")), "", Wanted.ANY))
				.containsExactly(DOERING);
		assertThat(directory.search(new Sight.Own(Set.of()), "", Wanted.ANY)).isEmpty();
	}

	@Test
	void theSchoolsOfOneDistrict() {
		assertThat(directory.search(STATE, "", schoolsOf("00000000"))).containsExactly(ST_BRIDGET);
		assertThat(directory.search(STATE, "high", schoolsOf("00050000"))).containsExactly(AGAWAM_HIGH);
		assertThat(directory.search(new Sight.Own(Set.of("00050000")), "", schoolsOf("00000000"))).isEmpty();
	}

	@Test
	void codeThatASpreadsheetTookForANumberIsKnownAgain() {
		assertThat(meant("50000")).contains(AGAWAM);
		assertThat(meant(" 50000 ")).contains(AGAWAM);
		assertThat(meant("50000-50303")).contains(DOERING);
		assertThat(meant("0050000-050303")).contains(DOERING);
		assertThat(meant("0-10815")).contains(ST_BRIDGET);
	}

	@Test
	void slipOfTheKeysIsKnownAgainWhenOnlyOneCodeIsNearest() {
		assertThat(meant("00050000-00050330")).contains(DOERING); // two keys swapped
		assertThat(meant("00050000-0005303")).contains(DOERING);
		assertThat(meant("O0050000-00050505")).contains(AGAWAM_HIGH);
		assertThat(meant("00050000-00050304")).contains(DOERING);
		assertThat(meant("00050000-00050404")).as("as near to 00050303 as to 00050505").isEmpty();
		assertThat(meant("12345678")).isEmpty();
		assertThat(meant("")).isEmpty();
		assertThat(meant("0".repeat(100_000))).isEmpty();
	}

	@Test
	void nameInPlaceOfTheCodeIsKnownToo() {
		assertThat(meant("AGAWAM")).contains(AGAWAM);
		assertThat(meant("Roberta G Doering School")).contains(DOERING);
	}

	@Test
	void codeWithoutItsHyphenOrItsDistrictIsMeant() {
		assertThat(meant("0005000000050303")).contains(DOERING);
		assertThat(meant("5000000050303")).contains(DOERING);
		assertThat(meant("00050000 00050303")).contains(DOERING);
		assertThat(meant("00050303")).contains(DOERING);
		assertThat(meant("50303")).contains(DOERING);
		assertThat(meant("303")).as("not any end of a code").isEmpty();
	}

	@Test
	void nameInShortOrWithItsTownIsMeant() {
		assertThat(meant("Agawam HS")).contains(AGAWAM_HIGH);
		assertThat(meant("Agawam High School")).contains(AGAWAM_HIGH);
		assertThat(meant("doering")).contains(DOERING);
		assertThat(meant("Agawam / Doering")).contains(DOERING);
		assertThat(meant("Feeding Hills - Agawam High")).contains(AGAWAM_HIGH);
		assertThat(meant("Agawam Public Schools")).contains(AGAWAM);
		assertThat(meant("Feeding Hills")).as("a town is no school").isEmpty();
		assertThat(meant("Doering Elementary")).isEmpty();
		assertThat(meant("School")).isEmpty();
	}

	@Test
	void onlyWhatOneMayAssignIsMeant() {
		assertThat(meant("00050000-00050001")).as("closed, and not near to another").isEmpty();
		assertThat(meant("00000000")).as("the placeholder is nobody's").isNotEqualTo(Optional.of(NON_PUBLIC));
		assertThat(directory.meant(new Sight.Own(Set.of("00050000-00050303")), "50000")).isEmpty();
		assertThat(directory.meant(new Sight.Own(Set.of("00050000")), "50000")).contains(AGAWAM);
	}

	@Test
	void oneLevelAloneIsFound() {
		assertThat(directory.search(STATE, "agawam", new Wanted(null, Level.DISTRICT, false))).containsExactly(AGAWAM);
		assertThat(directory.search(STATE, "agawam", new Wanted(null, Level.SCHOOL, false)))
				.containsExactly(AGAWAM_HIGH, AGAWAM_OLD, PENA, DOERING);
	}

	@Test
	void whatTakesNobodyNewIsLeftOutWhereItMayNotBeChosen() {
		assertThat(directory.search(STATE, "agawam", new Wanted(null, Level.SCHOOL, true)))
				.containsExactly(AGAWAM_HIGH, PENA, DOERING);
	}

	@Test
	void aNameIsFoundWithItsCodeOrItsDistrictBesideItAsListsWriteThem() {
		assertThat(search("Agawam 00050000")).startsWith(AGAWAM);
		assertThat(search("Agawam (00050000)")).startsWith(AGAWAM);
		assertThat(search("Roberta G. Doering School (Agawam)")).containsExactly(DOERING);
		assertThat(search("Roberta G. Doering School (00050000-00050303)")).containsExactly(DOERING);
		assertThat(search("00050000-00050303 Doering")).containsExactly(DOERING);
		assertThat(search("doering 00050000-00050505")).as("the code of another").isEmpty();
		assertThat(search("bridget (non-public)")).as("a district's name, with a hyphen").containsExactly(ST_BRIDGET);
	}

	private static Wanted schoolsOf(String district) {
		return new Wanted(district, null, false);
	}

	private Optional<Organization> meant(String text) {
		return directory.meant(STATE, text);
	}

	private List<Organization> search(String text) {
		return directory.search(STATE, text, Wanted.ANY);
	}
}
