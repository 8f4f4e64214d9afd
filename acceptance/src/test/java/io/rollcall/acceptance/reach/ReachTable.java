package io.rollcall.acceptance.reach;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/** {@code /reach.yaml}: who holds what and reaches what by it. Counts what is compared with it. */
final class ReachTable {
	private static final JsonMapper JSON = JsonMapper.shared();
	private static final Set<String> NO_CREDENTIALS = Set.of("role", "place", "becomes");
	static final String NOTHING_HAPPENED = "nothing";

	/**
	 * One who holds a credential.
	 *
	 * @param owner names whose it is: of all credentials of a row
	 * @param event what happened to the account after they came by it
	 * @param now what the account is after that
	 * @param asked for what it is asked
	 */
	record Holding(String name, String owner, Who who, String credential, String event, Who now, Set<String> asked,
			Map<String, String> words) {
		/** Names the account that it is of. What would end another credential of the same account is of an account of its own. */
		String account() {
			for (String apart : List.of("link", "mailed", "standing", "program"))
				if (credential.contains(apart)) return owner + ", " + apart;
			return owner + (event.equals(NOTHING_HAPPENED) && credential.startsWith("token") ? ", tokens" : "");
		}

		/** The table's word for what is reached. */
		String word(String reach) {
			return words.getOrDefault(reach, words.get("everything")).replace("{role}", now.role());
		}
	}

	private final JsonNode table;
	private final Set<String> reaches = new LinkedHashSet<>();
	private final AtomicInteger cells = new AtomicInteger();
	private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

	private ReachTable(JsonNode table) {
		this.table = table;
		table.path("reach").forEach(group -> group.forEach(reach -> reaches.add(reach.asString())));
		table.path("kinds").properties().forEach(kind -> kind.getValue().propertyNames().forEach(reach -> {
			if (!reaches.contains(reach) && !Set.of("everything", "like").contains(reach))
				throw new AssertionError("kind " + kind.getKey() + " names what is not asked for: " + reach);
		}));
	}

	static ReachTable read() {
		try (InputStream in = ReachTable.class.getResourceAsStream("/reach.yaml")) {
			if (in == null) throw new AssertionError("there is no /reach.yaml");
			return new ReachTable(JSON.valueToTree(new Yaml().load(new String(in.readAllBytes(), UTF_8))));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Everybody who holds anything: as it was given, and after something happened to a district coordinator of Agawam. */
	List<Holding> holdings() {
		var holdings = new ArrayList<Holding>();
		table.path("holders").properties().forEach(row -> {
			Who who = who(row.getValue());
			row.getValue().properties()
					.forEach(cell -> add(holdings, row.getKey(), who, cell, NOTHING_HAPPENED, who, reaches));
		});
		Set<String> asked = Set.copyOf(texts(table.path("asked afterwards")));
		if (!reaches.containsAll(asked)) throw new AssertionError("asked afterwards, but not before");
		Who coordinator = who(table.path("holders").path("district coordinator of Agawam"));
		table.path("afterwards").properties().forEach(row -> {
			JsonNode becomes = row.getValue().path("becomes");
			Who now = becomes.isMissingNode() ? coordinator : who(becomes);
			row.getValue().properties()
					.forEach(cell -> add(holdings, "coordinator", coordinator, cell, row.getKey(), now, asked));
		});
		return holdings;
	}

	private void add(List<Holding> holdings, String name, Who who, Map.Entry<String, JsonNode> cell, String event,
			Who now, Set<String> asked) {
		String kinds = cell.getValue().asString("");
		if (NO_CREDENTIALS.contains(cell.getKey()) || kinds.equals("-")) return;
		var words = new HashMap<String, String>();
		for (String kind : kinds.split(" \\+ "))
			words.putAll(kind(kind));
		String owner = name + (event.equals(NOTHING_HAPPENED) ? "" : ", " + event);
		holdings.add(new Holding(cell.getKey() + " of " + owner, owner, who, cell.getKey(), event, now, asked, words));
	}

	private Map<String, String> kind(String name) {
		JsonNode kind = table.path("kinds").path(name);
		if (kind.isMissingNode()) throw new AssertionError("there is no kind " + name);
		var words = new HashMap<String, String>();
		kind.path("like").forEach(like -> words.putAll(kind(like.asString())));
		kind.properties().forEach(word -> {
			if (!word.getKey().equals("like")) words.put(word.getKey(), word.getValue().asString());
		});
		return words;
	}

	JsonNode section(String name) {
		return table.path(name);
	}

	/** A row's role and place. */
	Who who(JsonNode row) {
		JsonNode place = table.path("places").path(row.path("place").asString());
		return new Who(row.path("role").asString(), texts(place.path("organizations")),
				place.path("far").asBoolean(false));
	}

	static List<String> texts(JsonNode array) {
		return array.valueStream().map(JsonNode::asString).toList();
	}

	/** One cell: compares what came of asking with the table. */
	void check(Holding holding, String reach, String answered) {
		if (!holding.asked().contains(reach)) throw new AssertionError("reach.yaml does not ask for " + reach);
		compare(holding.name() + ": " + reach, holding.word(reach), answered);
	}

	/** Nothing could be asked. */
	void failed(Holding holding, String why) {
		wrong.add(holding.name() + ": " + why);
	}

	/** A status alone stands for whatever its problem says. */
	void compare(String cell, String expected, String answered) {
		cells.incrementAndGet();
		boolean status = expected.matches("[45]\\d\\d") && answered.matches(expected + " \\S+");
		if (!status && !answered.equals(expected)) wrong.add(cell + ": expected " + expected + ", got " + answered);
	}

	int cells() {
		return cells.get();
	}

	/** Fails when a cell is not as the table says. */
	void assertAllAsTheTableSays() {
		if (!wrong.isEmpty())
			throw new AssertionError(wrong.size() + " cells:\n" + String.join("\n", wrong.stream().sorted().toList()));
	}
}
