package io.rollcall.acceptance.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of what a benchmark found: what was measured, and its figures. It is printed as JSON. Below it stands each figure as a multiple of
 * the last kept line of the same measurement, in {@code docs/performance.jsonl}. {@code ROLLCALL_BENCHMARK_KEEP=true} keeps this one, too,
 * with its date.
 */
final class Figures {
	private static final Path KEPT = Path.of("../docs/performance.jsonl");
	private static final boolean KEEP = Boolean.parseBoolean(System.getenv("ROLLCALL_BENCHMARK_KEEP"));
	private static final JsonMapper JSON = JsonMapper.builder().build();
	/** As it was before this run. */
	private static final List<JsonNode> BEFORE = read();

	private final Map<String, Object> what = new LinkedHashMap<>();
	private final Map<String, Object> found = new LinkedHashMap<>();

	private Figures(String benchmark) {
		what.put("benchmark", benchmark);
	}

	static Figures of(String benchmark) {
		return new Figures(benchmark);
	}

	/** What was measured, such as how many rows: lines of the same are compared. */
	Figures at(String name, Object value) {
		what.put(name, value);
		return this;
	}

	/** What came of it: a number, text, a list, or numbers by name. */
	Figures found(String name, Object value) {
		found.put(name, value);
		return this;
	}

	void print() {
		var line = new LinkedHashMap<>(what);
		line.putAll(found);
		System.out.println(JSON.writeValueAsString(line));
		lastKept().ifPresent(last -> System.out.println("  against " + last.path("date").asString() + ": "
				+ String.join(", ", ratios(last, tree(found)))));
		if (KEEP) keep(line);
	}

	private Optional<JsonNode> lastKept() {
		JsonNode asked = tree(what);
		return BEFORE.stream()
				.filter(it -> asked.properties().stream().allMatch(of -> of.getValue().equals(it.get(of.getKey()))))
				.reduce((_, later) -> later);
	}

	private static List<JsonNode> read() {
		try {
			return Files.readAllLines(KEPT).stream().map(JSON::readTree).toList();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** With numbers of the types that they have when they are read. */
	private static JsonNode tree(Object value) {
		return JSON.readTree(JSON.writeValueAsString(value));
	}

	private static List<String> ratios(JsonNode last, JsonNode now) {
		Map<String, Double> before = numbers("", last);
		return numbers("", now).entrySet().stream().filter(it -> before.getOrDefault(it.getKey(), 0.0) != 0)
				.map(it -> String.format(Locale.ROOT, "%s × %.2f", it.getKey(),
						it.getValue() / before.get(it.getKey())))
				.toList();
	}

	private static Map<String, Double> numbers(String prefix, JsonNode node) {
		var numbers = new TreeMap<String, Double>();
		node.properties().forEach(it -> {
			if (it.getValue().isNumber()) numbers.put(prefix + it.getKey(), it.getValue().asDouble());
			if (it.getValue().isObject()) numbers.putAll(numbers(prefix + it.getKey() + ".", it.getValue()));
		});
		return numbers;
	}

	private static void keep(Map<String, Object> line) {
		var dated = new LinkedHashMap<String, Object>();
		dated.put("date", LocalDate.now(ZoneOffset.UTC).toString());
		dated.putAll(line);
		try {
			Files.writeString(KEPT, JSON.writeValueAsString(dated) + "\n", StandardCharsets.UTF_8,
					StandardOpenOption.APPEND);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Nearest rank, in hundredths. */
	static double percentile(Collection<? extends Number> values, int percent) {
		List<Double> sorted = values.stream().map(Number::doubleValue).sorted().toList();
		return rounded(sorted.get(Math.max(0, (int) Math.ceil(percent / 100.0 * sorted.size()) - 1)));
	}

	/** In hundredths. */
	static double rounded(double value) {
		return Math.round(value * 100) / 100.0;
	}

	/** @param begin of {@link System#nanoTime()} */
	static double millisSince(long begin) {
		return (System.nanoTime() - begin) / 1e6;
	}
}
