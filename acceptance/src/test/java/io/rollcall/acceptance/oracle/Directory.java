package io.rollcall.acceptance.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** Districts and schools: the state's list and the guide's demonstration districts. */
public final class Directory {
	public enum Level {
		DISTRICT, SCHOOL
	}

	/** The placeholder for schools without a district; it is itself no organization that anyone belongs to. */
	public static final String NO_DISTRICT = "00000000";
	public static final String CYBER_FALLS = "00-771777";
	public static final String CYBER_CITY = "00-771778";
	/**
	 * Districts whose people a test counts or compares. The tests share one started system, so nobody else is put there:
	 * {@link #districts()} leaves them out.
	 */
	public static final String HOPEDALE = "01380000";
	public static final String MENDON_UPTON = "07100000";
	public static final String CONWAY = "00680000";
	public static final String CLINTON = "00640000";
	public static final String CHELMSFORD = "00560000";
	public static final Set<String> KEPT_FREE = Set.of(HOPEDALE, MENDON_UPTON, CONWAY, CLINTON, CHELMSFORD);

	private final Map<String, Level> levels = new HashMap<>();
	private final Map<String, String> districtOf = new HashMap<>();
	private final Map<String, List<String>> schoolsOf = new TreeMap<>();

	private Directory() {}

	/** The list that the org-directory-service ships with, read from its source and not through its code. */
	public static Directory ofTheState() {
		return read(Path.of("../org-directory-service/src/main/resources/directory/ma-organizations.csv"));
	}

	/** Reads {@code districtCode,schoolCode,name,...}; a district has no school code. */
	static Directory read(Path stateList) {
		var directory = new Directory();
		try {
			var lines = Csv.read(Files.readString(stateList));
			for (List<String> line : lines.subList(1, lines.size())) {
				directory.add(line.get(0), line.get(1).isEmpty() ? null : line.get(0) + "-" + line.get(1));
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return directory.withDemonstration();
	}

	private Directory withDemonstration() {
		add(CYBER_FALLS, null);
		List.of("-001", "-002", "-003").forEach(school -> add(CYBER_FALLS, CYBER_FALLS + school));
		add(CYBER_CITY, null);
		List.of("-001", "-002").forEach(school -> add(CYBER_CITY, CYBER_CITY + school));
		return this;
	}

	private void add(String district, @Nullable String school) {
		if (school == null) {
			if (!district.equals(NO_DISTRICT)) {
				levels.put(district, Level.DISTRICT);
			}
			schoolsOf.computeIfAbsent(district, _ -> new ArrayList<>());
			districtOf.put(district, district);
		} else {
			levels.put(school, Level.SCHOOL);
			schoolsOf.computeIfAbsent(district, _ -> new ArrayList<>()).add(school);
			districtOf.put(school, district);
		}
	}

	/** Null for a code that is in no list. */
	public @Nullable Level levelOf(String code) {
		return levels.get(code);
	}

	/** Districts that a test may put people in, by code. */
	public List<String> districts() {
		return schoolsOf.keySet().stream().filter(code -> !code.equals(NO_DISTRICT) && !KEPT_FREE.contains(code))
				.toList();
	}

	public List<String> schoolsOf(String district) {
		return schoolsOf.getOrDefault(district, List.of());
	}

	public boolean isDemonstration(String code) {
		String district = districtOf.get(code);
		return CYBER_FALLS.equals(district) || CYBER_CITY.equals(district);
	}
}
