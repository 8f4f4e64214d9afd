package io.rollcall.acceptance.campaign;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;

/** Districts that hand in their files, one after the other, each when the one before is completed. */
final class Uploads {
	private static final String HEADER = "Username,Fname,Lname,Email,Role,Org,Program,Phone,Fax,Address\r\n";
	private static final int BAD = 17;
	private static final int TWICE = 29;

	/** What one file must come to. */
	record File(String name, String action, List<String> lines, List<String> outcomes) {
		long count(String outcome) {
			return outcomes.stream().filter(outcome::equals).count();
		}
	}

	private final PatientClient client;
	private final Plan plan;
	private final IntSupplier kills;
	private final String prefix;
	private final AtomicInteger completed = new AtomicInteger();

	/** @param kills how many there were so far: the files are spread over all of them */
	Uploads(PatientClient client, Plan plan, IntSupplier kills, String prefix) {
		this.client = client;
		this.plan = plan;
		this.kills = kills;
		this.prefix = prefix;
	}

	/** Of these addresses is each person that a file makes. */
	String email(String username) {
		return username + "@campaign.example";
	}

	/** The files of one district: each fourth changes the people of the one before it. */
	List<File> files(int district) {
		int count = plan.files() / Plan.UPLOADERS;
		var files = new ArrayList<File>();
		for (int i = 0; i < count; i++)
			files.add(i % 4 == 3 ? update(files.getLast()) : add(district, i));
		return files;
	}

	private File add(int district, int number) {
		var lines = new ArrayList<String>();
		var outcomes = new ArrayList<String>();
		for (int row = 1; row <= Plan.ROWS_A_FILE; row++) {
			boolean twice = row % TWICE == 0;
			boolean bad = row % BAD == 0;
			// The row before the last: the same person again, which is refused however often it is delivered, unless that row was.
			String username = "%s.%d.%d.%03d".formatted(prefix, district, number, twice ? row - 2 : row);
			lines.add(String.join(",", username, "Pat", "Number " + row, email(username), bad ? "XX" : "TA",
					"00050000-00050303", "", "", "", ""));
			boolean taken = twice && outcomes.get(row - 3).equals("created");
			outcomes.add(bad || taken ? "rejected" : "created");
		}
		return new File("%s-%d-%d.csv".formatted(prefix, district, number), "add", lines, outcomes);
	}

	private static File update(File added) {
		var lines = new ArrayList<String>();
		var outcomes = new ArrayList<String>();
		for (int i = 0; i < added.lines().size(); i++) {
			boolean there = added.outcomes().get(i).equals("created");
			String line = added.lines().get(i);
			lines.add(there ? line.replace("Number ", "Renamed ") : line.replaceFirst(",", ".absent,"));
			outcomes.add(there ? "updated" : "rejected");
		}
		return new File("renamed-" + added.name(), "update", lines, outcomes);
	}

	/** How many files have come to their end. */
	int completed() {
		return completed.get();
	}

	/** Hands all files of a district in and returns the ids of the imports. */
	List<String> run(int district) {
		List<File> files = files(district);
		var ids = new ArrayList<String>();
		for (int i = 0; i < files.size(); i++) {
			while (kills.getAsInt() < (long) plan.kills() * i / files.size())
				PatientClient.pause();
			File file = files.get(i);
			byte[] content = (HEADER + String.join("\r\n", file.lines()) + "\r\n").getBytes(StandardCharsets.UTF_8);
			String id = client.upload(file.name(), content, file.action(), file.name().replaceAll("[^A-Za-z0-9]", "-"));
			ids.add(id);
			while (!client.get("/api/imports/" + id).path("status").asString().equals("completed"))
				PatientClient.pause();
			completed.incrementAndGet();
		}
		return ids;
	}

	/** In what an import is not as it should be. */
	List<String> differences(File file, String id) {
		var differences = new ArrayList<String>();
		JsonNode summary = client.get("/api/imports/" + id);
		for (String name : List.of("created", "updated", "rejected")) {
			if (summary.path(name).asLong() != file.count(name))
				differences.add(file.name() + ": " + name + " " + summary.path(name) + " and not " + file.count(name));
		}
		if (summary.path("total").asInt() != file.lines().size()) differences.add(file.name() + ": " + summary);
		JsonNode rows = client.get("/api/imports/" + id + "/rows?size=" + Plan.ROWS_A_FILE).path("items");
		List<String> outcomes = rows.valueStream().map(row -> row.path("outcome").asString()).toList();
		IntStream.range(0, file.lines().size())
				.filter(i -> i >= outcomes.size() || !outcomes.get(i).equals(file.outcomes().get(i)))
				.forEach(i -> differences.add(file.name() + " record " + (i + 1) + ": expected "
						+ file.outcomes().get(i) + ", is " + (i < outcomes.size() ? rows.get(i) : "missing")));
		return differences;
	}

	/** The usernames that must exist in the end. */
	List<String> people() {
		return IntStream.range(0, Plan.UPLOADERS).boxed().flatMap(district -> files(district).stream())
				.filter(file -> file.action().equals("add"))
				.flatMap(file -> IntStream.range(0, file.lines().size())
						.filter(i -> file.outcomes().get(i).equals("created"))
						.mapToObj(i -> file.lines().get(i).substring(0, file.lines().get(i).indexOf(','))))
				.collect(Collectors.toList());
	}
}
