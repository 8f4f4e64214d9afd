package io.rollcall.acceptance.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/** Each service's page of streams, in its {@code application.yml}, says what the catalog of events promises of that service. */
class StreamPagesTests {
	private static final Path ROOT = Path.of("..");
	private static final String BINDINGS = "spring.cloud.stream.bindings.";
	private static final Map<String, Object> CATALOG = catalog();

	private static Map<String, Object> catalog() {
		Path catalog = ROOT.resolve("message-contracts/src/main/resources/io/rollcall/contracts/asyncapi.yaml");
		try (var in = Files.newInputStream(catalog)) {
			return new Yaml().load(in);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static Properties page(String service) {
		var pages = new YamlPropertiesFactoryBean();
		pages.setResources(
				new FileSystemResource(
						ROOT.resolve("platform/platform-messaging/src/main/resources/rollcall-messaging.yml")),
				new FileSystemResource(ROOT.resolve("platform/platform-web/src/main/resources/rollcall-platform.yml")),
				new FileSystemResource(ROOT.resolve(service + "/src/main/resources/application.yml")));
		return pages.getObject();
	}

	@SuppressWarnings("unchecked")
	private static Set<String> topics(String service, String action) {
		Map<String, Map<String, Object>> operations = (Map<String, Map<String, Object>>) CATALOG.get("operations");
		return operations.values().stream().filter(it -> it.get("action").equals(action))
				.filter(it -> it.get("summary").toString().contains(service)
						|| it.get("summary").toString().contains("every service"))
				.map(it -> ((Map<String, String>) it.get("channel")).get("$ref").replace("#/channels/", ""))
				.collect(Collectors.toCollection(TreeSet::new));
	}

	private static List<String> listed(Properties page, String name) {
		return List.of(page.getProperty(name, "").split(";"));
	}

	private static Stream<String> inputs(Properties page) {
		return page.stringPropertyNames().stream().filter(it -> it.startsWith(BINDINGS))
				.map(it -> it.substring(BINDINGS.length()).replaceAll("-in-0\\..*", "")).distinct();
	}

	@ParameterizedTest
	@ValueSource(strings = {"user-service", "import-service", "notification-service", "org-directory-service"})
	void pageSaysWhatTheCatalogSays(String service) {
		Properties page = page(service);
		assertThat(inputs(page)).as("each input has its function and each function its input")
				.containsExactlyInAnyOrderElementsOf(listed(page, "spring.cloud.function.definition"));
		assertThat(inputs(page).flatMap(
				it -> Arrays.stream(page.getProperty(BINDINGS + it + "-in-0.destination").split(","))))
				.as("what comes in").containsOnly(topics(service, "receive").toArray(String[]::new));
		assertThat(inputs(page)).as("a group, so that its place is kept")
				.allSatisfy(it -> assertThat(page.getProperty(BINDINGS + it + "-in-0.group")).isNotBlank());
		assertThat(listed(page, "spring.cloud.stream.output-bindings")).as("what goes out")
				.containsExactlyInAnyOrderElementsOf(topics(service, "send"));
		assertThat(page.getProperty("spring.cloud.function.ineligible-definitions").split(","))
				.as("no output is taken for a function")
				.containsExactlyInAnyOrderElementsOf(channels());
	}

	@SuppressWarnings("unchecked")
	private static Set<String> channels() {
		return ((Map<String, Object>) CATALOG.get("channels")).keySet();
	}
}
