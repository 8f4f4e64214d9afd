package io.rollcall.acceptance.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.oracle.Account;
import io.rollcall.acceptance.system.Topics;

/** The accounts as the event stream tells them to whoever reads it from the start; twice the same event counts once. */
public final class Accounts {
	private final Map<String, JsonNode> latest = new HashMap<>();
	private final Map<String, Set<String>> creations = new HashMap<>();

	private Accounts() {}

	public static Accounts read(Topics topics) {
		var accounts = new Accounts();
		var versions = new HashMap<String, Long>();
		for (JsonNode event : topics.values("user-events")) {
			JsonNode account = event.path("account");
			String username = key(account.path("username").asString());
			if (event.path("type").asString().equals("UserCreated")) {
				accounts.creations.computeIfAbsent(username, _ -> new HashSet<>())
						.add(event.path("accountId").asString());
			}
			long version = event.path("version").asLong();
			if (version >= versions.getOrDefault(username, Long.MIN_VALUE)) {
				versions.put(username, version);
				accounts.latest.put(username, account);
			}
		}
		return accounts;
	}

	public int size() {
		return latest.size();
	}

	/** How many accounts were ever created under this username: different account ids. */
	public int creations(String username) {
		return creations.getOrDefault(key(username), Set.of()).size();
	}

	/** Null when it is as expected, otherwise both, for people. */
	@Nullable
	public String differenceFrom(Account expected) {
		JsonNode node = latest.get(key(expected.username()));
		if (node == null) {
			return "no account " + expected;
		}
		var actual = new Account(text(node, "username"), text(node, "firstName"), text(node, "lastName"),
				text(node, "email"), text(node, "role"), Set.copyOf(list(node, "organizations")),
				Set.copyOf(list(node, "programs")), text(node, "phone"), text(node, "fax"),
				lines(text(node, "address")), text(node, "status").equals("deactivated"));
		var wanted = new Account(expected.username(), expected.firstName(), expected.lastName(), expected.email(),
				expected.role(), expected.organizations(), expected.programs(), expected.phone(), expected.fax(),
				lines(expected.address()), expected.deactivated());
		return actual.equals(wanted) ? null : "expected " + wanted + "\n    actual   " + actual;
	}

	/** What kind of line break an address has is nobody's matter. */
	private static String lines(String text) {
		return text.replace("\r\n", "\n").replace('\r', '\n');
	}

	private static String key(String username) {
		return username.toLowerCase(Locale.ROOT);
	}

	private static String text(JsonNode node, String name) {
		return node.path(name).asString("");
	}

	private static List<String> list(JsonNode node, String name) {
		var list = new ArrayList<String>();
		node.path(name).forEach(item -> list.add(item.asString()));
		return list;
	}
}
