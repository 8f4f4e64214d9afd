package io.rollcall.acceptance.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.acceptance.configuration.Setting.Declared;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/configuration.md} is made from the classes that read the settings and the files that set them; written anew with
 * {@code -Drollcall.configuration.write=true}.
 */
class ConfigurationPageTests {
	private static final Path ROOT = Path.of("..");
	private static final Path PAGE = ROOT.resolve("docs/configuration.md");
	private static final String TABLE = "| Property | Variable | Default | Meaning | Read by |\n| --- | --- | --- | --- | --- |\n";
	private static final List<String> SERVICES = List.of("gateway", "import-service", "notification-service",
			"org-directory-service", "user-service");

	@Test
	void pageNamesEachSettingThatTheCodeReads() throws IOException {
		Map<String, Setting> settings = new TreeMap<>();
		Map<String, Object> common = new TreeMap<>();
		for (Path folder : modules())
			common.putAll(values(folder.resolve("src/main/resources"), "rollcall-platform.yml"));
		for (Path folder : modules()) {
			String module = folder.getFileName().toString();
			Map<String, Object> values = new TreeMap<>(common);
			values.putAll(values(folder.resolve("src/main/resources"), "application.yml"));
			for (Declared declared : declared(folder)) {
				String reader = SERVICES.contains(module) ? module : "all";
				settings.merge(declared.name(), Setting.of(reader, declared, values.get(declared.name())),
						Setting::with);
			}
		}
		String text = Files.readString(PAGE);
		int begin = text.indexOf(TABLE) + TABLE.length();
		String made = text.substring(0, begin)
				+ String.join("", settings.values().stream().map(it -> it.row() + "\n").toList());
		if (Boolean.getBoolean("rollcall.configuration.write")) Files.writeString(PAGE, made);

		assertThat(settings).hasSizeGreaterThan(80);
		assertThat(settings.values().stream().filter(it -> it.meaning().isEmpty())).as("without a meaning").isEmpty();
		assertThat(text).as("written anew with -Drollcall.configuration.write=true").isEqualTo(made);
	}

	/** Folders that have settings of their own. */
	private static List<Path> modules() throws IOException {
		try (Stream<Path> folders = Files.walk(ROOT, 2)) {
			return folders.filter(folder -> Files.exists(metadata(folder))).sorted().toList();
		}
	}

	private static Path metadata(Path module) {
		return module.resolve("target/classes/META-INF/spring-configuration-metadata.json");
	}

	private static List<Declared> declared(Path module) throws IOException {
		var properties = JsonMapper.shared().readTree(Files.readString(metadata(module))).path("properties");
		List<Declared> declared = new ArrayList<>();
		properties.forEach(each -> declared.add(new Declared(each.path("name").asString(),
				each.path("description").asString(""),
				each.has("defaultValue") ? each.path("defaultValue").asString() : null)));
		return declared;
	}

	private static Map<String, Object> values(Path resources, String file) throws IOException {
		Map<String, Object> values = new TreeMap<>();
		var resource = new FileSystemResource(resources.resolve(file));
		if (!resource.exists()) return values;
		for (PropertySource<?> source : new YamlPropertySourceLoader().load(file, resource))
			if (source instanceof EnumerablePropertySource<?> flat)
				for (String name : flat.getPropertyNames())
				values.put(name, flat.getProperty(name));
		return values;
	}
}
