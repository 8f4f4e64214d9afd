package io.rollcall.acceptance.campaign;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * People who change accounts by form, several the same one, and note what they were told. Afterwards the history of each
 * account must explain all of it.
 */
final class Edits {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final int ACCOUNTS = 8;

	/** What a writer was told of its change; of {@code UNKNOWN} nobody can say. */
	enum Told {
		DONE, REFUSED, UNKNOWN
	}

	/** @param value the last name that was to be set; nobody else sets the same */
	record Edit(String account, String value, long begun, long ended, Told told) {}

	private final PatientClient client;
	private final String prefix;
	private final List<String> accounts = new ArrayList<>();
	private final Queue<Edit> edits = new ConcurrentLinkedQueue<>();

	Edits(PatientClient client, String prefix) {
		this.client = client;
		this.prefix = prefix;
	}

	/** Makes the accounts, in quiet. */
	void prepare() {
		for (int i = 0; i < ACCOUNTS; i++) {
			ObjectNode form = JSON.createObjectNode();
			form.put("username", prefix + ".edited." + i).put("firstName", "Kim").put("lastName", "Original")
					.put("email", prefix + ".edited." + i + "@campaign.example").put("role", "TA");
			form.putArray("organizations").add("00050000-00050303");
			var answer = client.patiently("/api/users", HttpRequest.newBuilder()
					.header("Content-Type", "application/json").POST(BodyPublishers.ofString(form.toString())));
			if (answer.statusCode() != 201) throw new AssertionError(PatientClient.describe(answer));
			accounts.add(PatientClient.json(answer).path("id").asString());
		}
	}

	List<String> usernames() {
		return java.util.stream.IntStream.range(0, ACCOUNTS).mapToObj(i -> prefix + ".edited." + i).toList();
	}

	/** One writer, until it is told to stop. */
	void run(int writer, long seed, BooleanSupplier goesOn) {
		var random = new Random(seed + writer);
		for (int i = 1; goesOn.getAsBoolean(); i++) {
			edit(accounts.get(random.nextInt(ACCOUNTS)), "Writer" + (char) ('A' + writer) + " " + i);
			PatientClient.pause();
		}
	}

	private void edit(String account, String value) {
		HttpResponse<byte[]> read = client.once("/api/users/" + account, HttpRequest.newBuilder().GET());
		if (read == null || read.statusCode() != 200) return; // no form could be opened
		String etag = read.headers().firstValue("ETag").orElseThrow();
		JsonNode now = PatientClient.json(read);
		ObjectNode form = JSON.createObjectNode();
		for (String field : List.of("username", "firstName", "email", "role", "organizations", "programs", "phone",
				"fax",
				"address"))
			form.set(field, now.path(field));
		form.put("lastName", value);
		long begun = System.nanoTime();
		HttpResponse<byte[]> answer = client.once("/api/users/" + account, HttpRequest.newBuilder()
				.header("Content-Type", "application/json").header("If-Match", etag)
				.PUT(BodyPublishers.ofString(form.toString())));
		Told told = answer == null || answer.statusCode() >= 500
				? Told.UNKNOWN
				: answer.statusCode() == 200 ? Told.DONE : Told.REFUSED;
		if (told == Told.REFUSED && answer != null && answer.statusCode() != 412)
			throw new AssertionError(PatientClient.describe(answer));
		edits.add(new Edit(account, value, begun, System.nanoTime(), told));
	}

	String figures() {
		var counts = new TreeMap<Told, Integer>();
		edits.forEach(edit -> counts.merge(edit.told(), 1, Integer::sum));
		return edits.size() + " edits " + counts;
	}

	/**
	 * What does not fit together: a version twice or missing, a change that does not start from the version before it (so one
	 * was lost), an acknowledged edit that is not there, a refused one that is, two in another order than they were made.
	 */
	List<String> contradictions(List<JsonNode> userEvents) {
		Map<String, TreeMap<Long, JsonNode>> histories = new HashMap<>();
		var contradictions = new ArrayList<String>();
		for (JsonNode event : userEvents) {
			String account = event.path("accountId").asString();
			if (!accounts.contains(account)) continue;
			JsonNode before = histories.computeIfAbsent(account, _ -> new TreeMap<>())
					.putIfAbsent(event.path("version").asLong(), event);
			if (before != null && !before.equals(event))
				contradictions.add("two different events of one version: " + event);
		}
		for (String account : accounts) {
			TreeMap<Long, JsonNode> history = histories.getOrDefault(account, new TreeMap<>());
			Map<String, Long> versionOf = new LinkedHashMap<>();
			@Nullable
			JsonNode last = null;
			long expected = 1;
			for (var entry : history.entrySet()) {
				JsonNode event = entry.getValue();
				if (entry.getKey() != expected++)
					contradictions.add("version " + (expected - 1) + " is missing of " + account);
				if (last != null && !event.path("before").equals(last.path("account")))
					contradictions.add("a change was lost before " + event);
				last = event;
				if (versionOf.put(event.path("account").path("lastName").asString(), entry.getKey()) != null)
					contradictions.add("done twice: " + event);
			}
			check(account, versionOf, contradictions);
		}
		return contradictions;
	}

	private void check(String account, Map<String, Long> versionOf, List<String> contradictions) {
		List<Edit> ofAccount = edits.stream().filter(edit -> edit.account().equals(account)).toList();
		var asked = new HashSet<String>();
		for (Edit edit : ofAccount) {
			asked.add(edit.value());
			Long version = versionOf.get(edit.value());
			if (edit.told() == Told.DONE && version == null) contradictions.add("acknowledged and lost: " + edit);
			if (edit.told() == Told.REFUSED && version != null) contradictions.add("refused and done: " + edit);
			for (Edit later : ofAccount) {
				Long after = versionOf.get(later.value());
				boolean inOrder = version == null || after == null || edit.ended() >= later.begun() || version < after;
				if (!inOrder) contradictions.add("the later edit came first: " + edit + " " + later);
			}
		}
		versionOf.keySet().stream().filter(value -> !value.equals("Original") && !asked.contains(value))
				.forEach(value -> contradictions.add("nobody asked for " + value));
	}
}
