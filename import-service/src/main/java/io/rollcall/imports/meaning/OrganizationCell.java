package io.rollcall.imports.meaning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.rollcall.platform.Typed;

/**
 * A cell with organizations as people write them: codes or names, several separated by something else than a pipe, a name beside
 * its code. What each of them is, the directory says.
 */
public record OrganizationCell(List<Piece> pieces) {
	/** What one of them was meant to be. */
	public record Organization(String code, String name) {}

	/** As a whole it may be one ({@code Agawam / Doering}), or else its parts may. */
	record Piece(String whole, List<String> parts) {}

	public static final OrganizationCell NONE = new OrganizationCell(List.of());
	private static final int LONGEST_NAME = 100;
	private static final int MOST_PARTS = 500;
	private static final Pattern BETWEEN = Pattern.compile("[|;\\n\\r\\t]+");
	/** In one line: what follows looks for one blank, and would look at many for each of them. */
	private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\x0B\\f]+");
	private static final Pattern WITHIN = Pattern
			.compile("[,/()\\[\\]:&+]+|\\s[-\u2013\u2014]\\s|\\sand\\s|(?<=\\d)\\s(?=\\d)"
					+ "|(?<=\\d{5})\\s(?=\\p{L})|(?<=\\p{L})\\s(?=\\d{5})");
	/** As programs write a number that a spreadsheet holds. */
	private static final Pattern FRACTION = Pattern.compile("(?<=^\\d{1,16})\\.0+$");

	public static OrganizationCell of(String cell) {
		return new OrganizationCell(split(BETWEEN, BLANKS.matcher(cell).replaceAll(" ")).stream().map(whole -> {
			List<String> parts = split(WITHIN, whole);
			return new Piece(whole, parts.size() > 1 ? parts : List.of());
		}).toList());
	}

	private static List<String> split(Pattern pattern, String text) {
		return Stream.of(pattern.split(text)).map(Typed::identifier)
				.map(part -> FRACTION.matcher(part).replaceFirst("")).filter(part -> !part.isEmpty()).limit(MOST_PARTS)
				.toList();
	}

	/** What the directory is to be asked. */
	public Stream<String> questions() {
		return Stream
				.concat(pieces.stream().map(Piece::whole), pieces.stream().flatMap(piece -> piece.parts().stream()))
				.filter(it -> it.length() <= LONGEST_NAME);
	}

	/** Only when every part of it has a meaning. */
	public Optional<Meant> meant(Function<String, Optional<Organization>> directory) {
		Map<String, String> names = new LinkedHashMap<>();
		List<String> changed = new ArrayList<>();
		for (Piece piece : pieces) {
			List<String> texts = directory.apply(piece.whole()).isPresent() ? List.of(piece.whole()) : piece.parts();
			if (texts.isEmpty()) return Optional.empty();
			for (String text : texts) {
				Optional<Organization> meant = directory.apply(text);
				if (meant.isEmpty()) return Optional.empty();
				String code = meant.get().code();
				names.put(code, meant.get().name());
				if (!code.equals(text) && !changed.contains(meant.get().name())) changed.add(meant.get().name());
			}
		}
		if (names.isEmpty()) return Optional.empty();
		return Optional.of(new Meant(String.join("|", names.keySet()), changed.isEmpty()
				? "The codes with a pipe between them"
				: "The code of " + String.join(" and ", changed)));
	}
}
