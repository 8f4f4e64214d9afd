package io.rollcall.imports.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.rollcall.imports.meaning.Words;

/** What columns are called in lists that nobody made for this. */
final class Synonyms {
	/**
	 * @param rank of several columns that may be the same field, the lowest is it
	 * @param vague also the name of other things: the content has to agree
	 */
	record Synonym(Target target, int rank, boolean vague) {}

	private static final int LONGEST_TITLE = 60;
	private static final Pattern IN_PARENTHESES = Pattern.compile("\\([^()]*\\)|\\[[^\\[\\]]*]");
	/** What lists of staff hold besides, and what may look like a field of ours. */
	private static final Set<String> OTHERS = Set.of("zip", "zipcode", "postalcode", "employeeid", "employeenumber",
			"staffid", "staffnumber", "personid", "personnumber", "badge", "badgenumber", "mepid", "licensenumber",
			"license", "room", "roomnumber", "extension", "ext", "hiredate", "startdate", "enddate", "dateofbirth",
			"dob",
			"birthdate", "gender", "status", "subject", "subjects", "department", "dept", "notes", "note", "comments",
			"comment", "remarks", "city", "town", "state", "country", "county", "fte", "salary", "supervisor",
			"manager",
			"no", "number", "nr", "middlename", "middleinitial", "mi", "middle", "suffix", "prefix", "salutation",
			"degree",
			"maidenname", "nickname", "lasid", "sasid", "union", "team", "homeroom", "period", "grade", "gradelevel");
	private static final Map<String, Synonym> BY_TITLE = new HashMap<>();

	static {
		for (Target target : Target.values())
			if (target.columns().size() == 1) sure(target, spelling(target.title()));
		sure(Target.USERNAME, "user name", "user id", "userid", "login", "login name", "login id", "logon",
				"logon name", "user login", "user account", "account name", "account", "network id", "network username",
				"portal username", "sam account name", "user principal name");
		vague(Target.USERNAME, "user", "id", "email username");
		sure(Target.FNAME, "first name", "first", "given name", "forename", "name first", "legal first name",
				"staff first name", "teacher first name", "employee first name", "f name");
		sure(Target.FNAME, "given", "first names", "preferred first name", "preferred name", "christian name");
		sure(Target.LNAME, "last name", "last", "surname", "family name", "name last", "legal last name",
				"staff last name", "teacher last name", "employee last name", "l name", "family", "last names");
		sure(Target.EMAIL, "e mail", "email address", "e mail address", "work email", "school email",
				"district email", "staff email", "email work", "work e mail", "business email", "primary email",
				"official email", "contact email", "employee email", "teacher email", "email id", "mail", "emails",
				"work email address", "school email address", "district email address", "personal email", "home email");
		sure(Target.ROLE, "user role", "portal role", "role code", "mcas role", "testing role", "test role",
				"roles", "user type");
		sure(Target.ROLE, "position", "job title", "position title", "job", "function", "job role", "staff role",
				"staff position", "job description", "position description", "assignment");
		vague(Target.ROLE, "title", "type", "staff type");
		sure(Target.ORG, "organization", "org code", "organization code", "org id", "organization id",
				"organizations", "orgs", "organisation", "organization number", "org number", "org codes");
		vague(Target.ORG, "school code", "school id", "school number", "school codes", "building code", "site code",
				"school org code", "district school code", "location code");
		sure(Target.ORG, "school", "school name", "schools", "building", "building name", "site", "location", "campus",
				"site name", "work location", "school building", "primary school", "assigned school", "school site",
				"organization name", "org name", "work site", "school assignment");
		vague(Target.ORG, "district code", "district", "district name", "school district", "lea", "department");
		sure(Target.PROGRAM, "programs", "program id", "program ids", "program code", "test program",
				"assessment program", "mcas program", "test", "tests", "assessment", "assessments",
				"test administration");
		vague(Target.PROGRAM, "grades", "grade", "grade level", "grade levels", "grade span", "level");
		sure(Target.PHONE, "telephone", "phone number", "telephone number", "tel", "tel no", "phone no",
				"work phone", "office phone", "business phone", "school phone", "work telephone", "contact number",
				"contact phone", "phone work", "daytime phone", "work phone number", "office telephone");
		sure(Target.PHONE, "cell", "cell phone", "mobile", "mobile phone", "mobile number", "cell number",
				"cell phone number", "mobile phone number", "home phone", "phone home", "phone cell");
		sure(Target.FAX, "fax number", "fax no", "telefax", "facsimile", "work fax", "office fax", "school fax");
		sure(Target.ADDRESS, "street address", "mailing address", "postal address", "school address",
				"work address", "office address", "business address", "street", "address 1", "address line 1",
				"home address", "full address");
		sure(Target.FULL_NAME, "full name", "fullname", "name", "staff name", "teacher name", "employee name",
				"display name", "staff member", "person name", "member name", "first and last name", "first last",
				"first name last name", "name of staff member", "name of teacher");
		vague(Target.FULL_NAME, "teacher", "staff", "employee", "person", "contact", "contact name", "member");
		sure(Target.FULL_NAME_REVERSED, "last name first name", "last first", "name last first", "last and first name",
				"last comma first", "lastname firstname");
	}

	private Synonyms() {}

	/** The later they are named, the more another column with a better title is it. */
	private static void sure(Target target, String... titles) {
		add(target, false, titles);
	}

	private static void vague(Target target, String... titles) {
		add(target, true, titles);
	}

	private static void add(Target target, boolean vague, String... titles) {
		for (String title : titles) {
			Synonym synonym = new Synonym(target, BY_TITLE.size(), vague);
			BY_TITLE.putIfAbsent(title.replace(" ", ""), synonym);
		}
	}

	/** By which two titles are the same. */
	static String spelling(String title) {
		return title.length() > LONGEST_TITLE ? "" : Words.joined(title);
	}

	static Optional<Synonym> of(String title) {
		return known(title).or(() -> known(IN_PARENTHESES.matcher(title).replaceAll("")));
	}

	private static Optional<Synonym> known(String title) {
		return Optional.ofNullable(BY_TITLE.get(spelling(title)));
	}

	/** Whether it names something that no field is for, whatever it looks like. */
	static boolean isOther(String title) {
		return OTHERS.contains(spelling(title));
	}

	/** How many of them name a field. */
	static int countIn(List<String> titles) {
		return (int) titles.stream().map(Synonyms::of).flatMap(Optional::stream).map(Synonym::target).distinct()
				.count();
	}
}
