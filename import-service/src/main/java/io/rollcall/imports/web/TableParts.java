package io.rollcall.imports.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.imports.table.TableChoice;
import io.rollcall.imports.table.Target;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.Spelling;

/** The parts of an upload that say how a table is to be read. */
@Component
class TableParts {
	private static final int LONGEST = 20_000;
	private static final int LAST_LINE = 1_048_576;
	private static final int LAST_COLUMN = 999;

	record Chosen(@Nullable String sheet, @Nullable Integer headerLine,
			@Nullable Map<String, @Nullable String> columns) {}

	private final JsonMapper json;

	TableParts(JsonMapper json) {
		// As requests are read: what could be meant in two ways is refused.
		this.json = json.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
				.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
						DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
				.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
				.build();
	}

	/** Null when it is absent or faulty. */
	@Nullable
	TableChoice choice(@Nullable String part, List<FieldError> errors) {
		if (part == null) return null;
		Chosen chosen = part.length() > LONGEST ? null : read(part);
		if (chosen == null || chosen.headerLine() == null || chosen.columns() == null) {
			errors.add(new FieldError("table", "invalid",
					"The part 'table' must be JSON like {\"sheet\": \"Staff\", \"headerLine\": 3, \"columns\": {\"0\": \"Fname\"}}."));
			return null;
		}
		Integer line = line(chosen.headerLine().toString(), errors);
		Map<Integer, Target> columns = new HashMap<>();
		chosen.columns().forEach((index, title) -> {
			if (title == null || title.isEmpty()) return;
			Optional<Target> target = Target.titled(title);
			Optional<Integer> column = number(index, LAST_COLUMN);
			if (column.isEmpty() || target.isEmpty()) {
				errors.add(new FieldError("table.columns." + (column.isPresent() ? index : "?"), "invalid",
						"A column is named by its number from 0, and is one of the template's, or Fname+Lname, Lname+Fname or Username+Email."));
			} else {
				columns.put(column.get(), target.get());
			}
		});
		return line == null ? null : new TableChoice(chosen.sheet(), line, columns);
	}

	private @Nullable Chosen read(String part) {
		try {
			return json.readValue(part, Chosen.class);
		} catch (JacksonException _) {
			return null;
		}
	}

	/** Null when it is absent or faulty. */
	static @Nullable Integer line(@Nullable String text, List<FieldError> errors) {
		if (text == null || text.isEmpty()) return null;
		Optional<Integer> line = number(text, LAST_LINE);
		if (line.isEmpty()) {
			errors.add(new FieldError("headerLine", "invalid",
					"The line with the names is a number from 1; 0 for none."));
		}
		return line.orElse(null);
	}

	private static Optional<Integer> number(String text, int last) {
		return Spelling.number(text).filter(it -> it >= 0 && it <= last).map(Long::intValue);
	}
}
