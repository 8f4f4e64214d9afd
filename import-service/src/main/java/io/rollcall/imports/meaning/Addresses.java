package io.rollcall.imports.meaning;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.rollcall.platform.Typed;

/** E-mail addresses, and usernames that mostly are some, as mail programs and people write them. */
public final class Addresses {
	private static final int LONGEST = 300;
	private static final int LONGEST_USERNAME = 50;
	private static final Pattern IN_BRACKETS = Pattern.compile("<\\s*(?:mailto:)?([^<>]*@[^<>]*)>");
	private static final Pattern AROUND = Pattern
			.compile("^(?:mailto:|e-?mail:|[\\s\"'<(\\[,;:.])++|(?:\\?.*+|[\\s\"'>)\\],;:.])++$",
					Pattern.CASE_INSENSITIVE);
	private static final Pattern AT = Pattern.compile("\\s*(?:[(\\[{]\\s*at\\s*[)\\]}]|\\s+at\\s+|@+)\\s*",
			Pattern.CASE_INSENSITIVE);
	private static final Pattern DOT = Pattern.compile("\\s*[(\\[{]\\s*dot\\s*[)\\]}]\\s*|\\.{2,}|,(?=[A-Za-z]{2,4}$)",
			Pattern.CASE_INSENSITIVE);
	private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
	private static final Pattern SEVERAL = Pattern.compile("[;|\\n\\r]+|,\\s*(?=\\S+@)|\\s+(?=\\S+@\\S+$)|\\s+/\\s+");
	private static final Pattern ATOM = Pattern
			.compile("[A-Za-z0-9!#$%&'*+=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+=?^_`{|}~-]+)*");
	private static final Pattern DOMAIN = Pattern
			.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]");
	/** Of a username, as the guide's Table 4 has it. */
	private static final Pattern OF_A_USERNAME = Pattern.compile("[A-Za-z0-9._\\-+'@]*[A-Za-z0-9][A-Za-z0-9._\\-+'@]*");
	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private Addresses() {}

	/** Whether it is an address as it stands. */
	public static boolean isOne(String text) {
		int at = text.indexOf('@');
		return at > 0 && at <= 64 && text.length() <= 254 && ATOM.matcher(text.substring(0, at)).matches()
				&& DOMAIN.matcher(text.substring(at + 1)).matches();
	}

	/** @param username the row's, for a cell that holds nothing */
	public static Optional<Meant> email(String cell, String username) {
		String name = Typed.identifier(username);
		if (!Placeholders.isOne(cell)) return email(cell);
		return isOne(name) ? Optional.of(new Meant(name, "The username, which is an address")) : Optional.empty();
	}

	private static Optional<Meant> email(String cell) {
		String text = Typed.identifier(Normalizer.normalize(cell, Normalizer.Form.NFKC));
		if (text.length() > LONGEST || text.indexOf('@') < 0 && !AT.matcher(text).find()) return Optional.empty();
		Matcher named = IN_BRACKETS.matcher(text);
		if (named.find()) {
			String address = mended(named.group(1));
			return isOne(address) && !named.find()
					? Optional.of(new Meant(address, "The address alone"))
					: Optional.empty();
		}
		String one = mended(text);
		if (isOne(one)) return Optional.of(new Meant(one, "The address without what does not belong to it"));
		List<String> several = Stream.of(SEVERAL.split(text)).map(Addresses::mended).filter(it -> !it.isEmpty())
				.toList();
		return several.size() > 1 && several.stream().allMatch(Addresses::isOne)
				? Optional.of(new Meant(several.getFirst(), "The first of these addresses"))
				: Optional.empty();
	}

	/** @param email the row's address, for a cell that holds nothing */
	public static Optional<Meant> username(String cell, String email) {
		String text = Typed.identifier(Normalizer.normalize(cell, Normalizer.Form.NFKC));
		if (Placeholders.isOne(text)) {
			String address = Typed.identifier(email);
			return isOne(address) && isUsername(address)
					? Optional.of(new Meant(address, "The email address as username"))
					: Optional.empty();
		}
		if (text.length() > LONGEST) return Optional.empty();
		Optional<Meant> address = text.indexOf('@') > 0
				? email(text).filter(it -> isUsername(it.value()))
				: Optional.empty();
		if (address.isPresent()) return address;
		String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
		String without = AROUND.matcher(plain).replaceAll("");
		String dotted = BLANKS.matcher(without).replaceAll(without.indexOf('@') > 0 ? "" : ".");
		return isUsername(dotted) && !dotted.equals(cell)
				? Optional.of(new Meant(dotted, dotted.equals(without)
						? "The username without what cannot be in it"
						: "The username without its blanks"))
				: Optional.empty();
	}

	private static boolean isUsername(String text) {
		return text.length() >= 4 && text.length() <= LONGEST_USERNAME && OF_A_USERNAME.matcher(text).matches();
	}

	private static String mended(String text) {
		String bare = AROUND.matcher(text).replaceAll("");
		String dotted = DOT.matcher(AT.matcher(bare).replaceAll("@")).replaceAll(".");
		return BLANKS.matcher(dotted).replaceAll("");
	}
}
