package io.rollcall.acceptance.accounts;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The section on brokers with accounts of {@code docs/deploy.md}: its blocks and its table as an administrator would take them. */
final class DeployPage {
	private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

	/** A row of the table: what an account does besides its dead letters. */
	record Account(Set<String> writes, Set<String> reads, String groups) {}

	private final String section;

	/** @param here what stands on the page, by what it is on this machine */
	DeployPage(Map<String, String> here) {
		try {
			String page = Files.readString(Path.of("../docs/deploy.md"));
			int begin = page.indexOf("## Broker with SASL_SSL\n");
			String text = page.substring(begin, page.indexOf("\n## ", begin));
			for (var place : new LinkedHashMap<>(here).entrySet()) {
				if (!text.contains(place.getKey())) throw new AssertionError("not on the page: " + place.getKey());
				text = text.replace(place.getKey(), place.getValue());
			}
			section = text;
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Settings by the block's first line. */
	Map<String, String> settings(String title) {
		var properties = new Properties();
		try {
			properties.load(new StringReader(block(title)));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return properties.stringPropertyNames().stream().collect(Collectors.toMap(it -> it, properties::getProperty));
	}

	/** The words of each command, without the program's name; the function that stands before them is one of the shell. */
	List<List<String>> commands(String title) {
		var lines = List.of(block(title).replace("\\\n", " ").split("\n"));
		String function = lines.stream().filter(line -> line.contains("() {")).findFirst().orElseThrow();
		String name = function.substring(0, function.indexOf("()"));
		List<String> always = words(function.substring(function.indexOf('{') + 1, function.indexOf("\"$@\"")));
		var commands = new ArrayList<List<String>>();
		for (String line : lines) {
			if (line.equals(function) || line.isBlank() || line.startsWith("#")) continue;
			List<String> words = words(line);
			if (!words.getFirst().equals(name)) throw new AssertionError("not a command of the block: " + line);
			var command = new ArrayList<>(always.subList(1, always.size()));
			command.addAll(words.subList(1, words.size()));
			commands.add(command);
		}
		return commands;
	}

	/** What the commands for {@code kafka-acls.sh} say. */
	List<AclBinding> rights(String title) {
		return commands(title).stream().flatMap(command -> bindings(command).stream()).toList();
	}

	private static List<AclBinding> bindings(List<String> command) {
		Map<String, List<String>> options = new TreeMap<>();
		for (int i = 0; i < command.size(); i++) {
			String option = command.get(i);
			switch (option) {
				case "--add" -> {
				}
				case "--bootstrap-server", "--command-config" -> i++;
				case "--allow-principal", "--operation", "--topic", "--group", "--resource-pattern-type" ->
					options.computeIfAbsent(option, _ -> new ArrayList<>()).add(command.get(++i));
				default -> throw new AssertionError("unknown option " + option);
			}
		}
		var pattern = PatternType.fromString(
				options.getOrDefault("--resource-pattern-type", List.of("literal")).getFirst().toUpperCase());
		var bindings = new ArrayList<AclBinding>();
		for (String principal : options.get("--allow-principal")) {
			for (String operation : options.get("--operation")) {
				var entry = new AccessControlEntry(principal, "*", AclOperation.fromString(operation.toUpperCase()),
						AclPermissionType.ALLOW);
				options.getOrDefault("--topic", List.of()).forEach(topic -> bindings
						.add(new AclBinding(new ResourcePattern(ResourceType.TOPIC, topic, pattern), entry)));
				options.getOrDefault("--group", List.of()).forEach(group -> bindings
						.add(new AclBinding(new ResourcePattern(ResourceType.GROUP, group, pattern), entry)));
			}
		}
		return bindings;
	}

	/** The table. */
	Map<String, Account> accounts() {
		var accounts = new TreeMap<String, Account>();
		section.lines().filter(line -> line.startsWith("| ") && line.contains("-service |"))
				.map(line -> line.substring(1).split("\\|")).forEach(cells -> accounts.put(cells[0].strip(),
						new Account(names(cells[1]), names(cells[2]), cells[3].strip())));
		return accounts;
	}

	private static Set<String> names(String cell) {
		return new TreeSet<>(Arrays.asList(cell.strip().split(", ")));
	}

	private String block(String title) {
		int begin = section.indexOf("\n# " + title);
		if (begin < 0) throw new AssertionError("no block '" + title + "'");
		return section.substring(begin + 1, section.indexOf("\n```", begin));
	}

	private static List<String> words(String line) {
		return WORD.matcher(line).results().map(it -> it.group(1) == null ? it.group(2) : it.group(1)).toList();
	}
}
