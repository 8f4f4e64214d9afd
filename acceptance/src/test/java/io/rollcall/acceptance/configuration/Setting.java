package io.rollcall.acceptance.configuration;

import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A property that Rollcall's own code reads.
 *
 * @param services those that read it
 * @param variable the variable that the services' own files take its value from
 */
record Setting(String name, String meaning, @Nullable String standard, @Nullable String variable,
		SortedSet<String> services) {
	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)(?::(.*))?}", Pattern.DOTALL);

	/**
	 * @param declared what the code says it is
	 * @param set what the service's own file says, or null
	 */
	static Setting of(String service, Declared declared, @Nullable Object set) {
		String text = set == null ? declared.standard() : set.toString();
		Matcher placeholder = PLACEHOLDER.matcher(text == null ? "" : text);
		boolean named = placeholder.matches();
		return new Setting(declared.name(), declared.meaning(), named ? placeholder.group(2) : text,
				named ? placeholder.group(1) : null, new TreeSet<>(Set.of(service)));
	}

	/** What the code says of a property. */
	record Declared(String name, String meaning, @Nullable String standard) {}

	/** The same one, read by another service, too; which may have another value to begin with. */
	Setting with(Setting other) {
		services.addAll(other.services);
		return new Setting(name, meaning.isEmpty() ? other.meaning : meaning,
				standard == null ? other.standard : standard,
				variable == null ? other.variable : variable, services);
	}

	/** The variable that sets it in any case (Spring Boot's relaxed binding). */
	String anyVariable() {
		return variable != null ? variable : name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
	}

	String row() {
		return "| `%s` | `%s` | %s | %s | %s |".formatted(name, anyVariable(),
				standard == null || standard.isEmpty() ? "" : "`" + standard + "`", cell(meaning),
				String.join(", ", services));
	}

	private static String cell(String text) {
		return text.replaceAll("\\{@\\w+ ((?:[^{}]|\\{[^{}]*})*)}", "`$1`").replaceAll("</?[a-z]+>", "")
				.replaceAll("\\s+", " ")
				.replace("|", "\\|");
	}
}
