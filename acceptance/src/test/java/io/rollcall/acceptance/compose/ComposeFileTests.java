package io.rollcall.acceptance.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/** Who can reach whom in {@code docker-compose.yml}, where brokers and databases know no accounts, and how old its images may be. */
class ComposeFileTests {
	private static final Path FILE = Path.of("../docker-compose.yml");
	private static final Set<String> STORES = Set.of("kafka-1", "kafka-2", "kafka-3", "mongo-1", "mongo-2", "mongo-3");
	private static final Set<String> GATEWAYS = Set.of("gateway", "training-gateway");
	private static final Set<String> SERVICES = Set.of("org-directory-service", "user-service", "import-service",
			"notification-service", "gateway", "training-gateway");

	/**
	 * The first versions without the holes that were known when they were last looked at. Mailpit before 1.34 can be crashed by a mail
	 * (GHSA-v887-64wg-qqc9), before 1.30.6 it shows its mails to any page that its reader visits; Grafana before 12.1.6 has CVE-2026-21720,
	 * -21721 and -21727, before 13.2.1 CVE-2026-12704 and -14199; Prometheus before 3.5.3 and 3.11.3 has CVE-2026-40179 and -44903.
	 */
	private static final Map<String, String> OLDEST = Map.of("apache/kafka", "4.2.2", "mongo", "8.0", "axllent/mailpit",
			"1.34.0", "prom/prometheus", "3.13.3", "grafana/grafana", "13.2.1", "ghcr.io/kafbat/kafka-ui", "1.5.0");

	private final Map<String, Map<String, Object>> services = part("services");
	private final Map<String, Map<String, Object>> networks = part("networks");

	@Test
	void besideBrokersAndDatabasesAreTheServicesAlone() {
		assertThat(membersOf("data")).isEqualTo(union(STORES, SERVICES, Set.of("kafka-ui")));
		// The tool is there while somebody uses it, asks who that is, and shares no other network with anybody.
		assertThat(list("kafka-ui", "profiles")).containsExactly("tools");
		assertThat(services.get("kafka-ui").get("environment").toString()).contains("AUTH_TYPE=LOGIN_FORM");
		assertThat(membersOf("tools")).containsExactly("kafka-ui");
		assertThat(STORES).allSatisfy(store -> assertThat(list(store, "networks")).containsExactly("data"));
	}

	@Test
	void eachOtherNetworkHasOnePurpose() {
		assertThat(membersOf("mail")).isEqualTo(Set.of("notification-service", "mail"));
		assertThat(membersOf("metrics")).isEqualTo(union(SERVICES, Set.of("prometheus")));
		assertThat(membersOf("dashboards")).isEqualTo(Set.of("prometheus", "grafana"));
		assertThat(membersOf("edge")).isEqualTo(GATEWAYS);
		assertThat(services.keySet()).allSatisfy(
				service -> assertThat(list(service, "networks")).as(service).isNotEmpty());
		assertThat(networks.keySet()).isEqualTo(Set.of("data", "metrics", "mail", "dashboards", "edge", "tools"));
	}

	@Test
	void fromWhereTheDataIsNothingGoesOut() {
		Set<String> internal = networks.entrySet().stream()
				.filter(it -> it.getValue() != null && Boolean.TRUE.equals(it.getValue().get("internal")))
				.map(Map.Entry::getKey).collect(Collectors.toSet());
		assertThat(internal).isEqualTo(Set.of("data", "metrics"));
		// A service with a way out has one for its own work: to the mail server, or towards browsers.
		Set<String> out = services.keySet().stream().filter(membersOf("data")::contains)
				.filter(service -> !internal.containsAll(list(service, "networks")))
				.collect(Collectors.toCollection(TreeSet::new));
		assertThat(out).isEqualTo(union(GATEWAYS, Set.of("notification-service", "kafka-ui")));
	}

	@Test
	void onlyTheGatewaysCanBeOpenedToOtherMachines() {
		Map<String, String> addresses = new TreeMap<>();
		services.keySet().forEach(service -> list(service, "ports")
				.forEach(
						port -> addresses.merge(service, port.replaceFirst(":\\d+:\\d+$", ""), (a, b) -> a + " " + b)));
		assertThat(addresses)
				.isEqualTo(Map.of("gateway", "${ROLLCALL_EDGE_ADDRESS:-127.0.0.1}", "training-gateway",
						"${ROLLCALL_EDGE_ADDRESS:-127.0.0.1}", "mail", "127.0.0.1", "prometheus", "127.0.0.1",
						"grafana", "127.0.0.1", "kafka-ui", "127.0.0.1"));
	}

	@Test
	void noImageHasAHoleThatIsKnownHere() {
		Set<String> others = images().filter(image -> !image.startsWith("rollcall/")).collect(Collectors.toSet());
		assertThat(others).hasSize(OLDEST.size()).allSatisfy(image -> {
			String name = image.substring(0, image.indexOf(':'));
			int[] version = version(image.substring(image.indexOf(':') + 1));
			assertThat(OLDEST).containsKey(name);
			assertThat(Arrays.compare(version, version(OLDEST.get(name)))).as(image).isNotNegative();
		});
	}

	@Test
	void theContractSuitesRunOnTheSameImages() throws IOException {
		String containers = Files
				.readString(Path.of("../standalone/containers/src/main/java/io/rollcall/containers/Containers.java"));
		assertThat(images().filter(image -> image.startsWith("apache/") || image.startsWith("mongo:")).distinct())
				.hasSize(2).allSatisfy(image -> assertThat(containers).contains('"' + image + '"'));
	}

	private Stream<String> images() {
		return services.values().stream().map(service -> service.get("image").toString());
	}

	private Set<String> membersOf(String network) {
		return services.keySet().stream().filter(service -> list(service, "networks").contains(network))
				.collect(Collectors.toCollection(TreeSet::new));
	}

	private List<String> list(String service, String key) {
		return services.get(service).get(key) instanceof List<?> values
				? values.stream().map(String::valueOf).toList()
				: List.of();
	}

	@SafeVarargs
	private static Set<String> union(Set<String>... sets) {
		return Stream.of(sets).flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
	}

	private static int[] version(String tag) {
		return Stream.of(tag.replaceFirst("^v", "").split("\\.")).mapToInt(Integer::parseInt).toArray();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, Object>> part(String name) {
		try (var file = Files.newBufferedReader(FILE)) {
			Map<String, Object> compose = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
			return (Map<String, Map<String, Object>>) compose.get(name);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
