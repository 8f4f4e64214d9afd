package io.rollcall.user.account.profile;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.rollcall.platform.Typed;

/**
 * What a text of the guide's Table 4 may hold.
 *
 * @param cleaned as it is kept
 * @param sound whether it may be, once it is cleaned
 * @param readable whether all of it is text then
 * @param mended one that was stored, maybe before a stricter rule, in what is nearest to it
 */
record Rule(UnaryOperator<String> cleaned, Predicate<String> sound, Predicate<String> readable,
		UnaryOperator<String> mended) {
	/** A code, or several: what is behind it says whether it may stand there ({@link FieldRules}). */
	static final Rule CODE = new Rule(Typed::identifier, _ -> true, _ -> true, UnaryOperator.identity());
	/** A telephone or fax number. */
	static final Rule NUMBER = identifier("[0-9]{3}-[0-9]{3}-[0-9]{4}");

	/** Known by its letters alone, of which some may stand there. */
	static Rule identifier(String shape) {
		return new Rule(Typed::identifier, Pattern.compile(shape).asMatchPredicate(), _ -> true,
				UnaryOperator.identity());
	}

	/** Characters of any script. */
	static Rule text(int least, int most) {
		return new Rule(Text::clean,
				it -> Text.length(it) >= least && Text.length(it) <= most, it -> !Text.hasControls(it),
				it -> Text.mended(it, least));
	}

	/** As {@link #text}, but with line breaks, which are kept as LF. */
	static Rule lines(int most) {
		return new Rule(it -> Text.clean(it).replace("\r\n", "\n").replace('\r', '\n'),
				it -> Text.length(it) <= most, it -> !Text.hasControls(it.replace("\n", "")), it -> Text.mended(it, 0));
	}
}
