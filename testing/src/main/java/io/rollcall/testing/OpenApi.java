package io.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A checked-in OpenAPI document, {@code docs/openapi/NAME.yaml}, against which tests hold real answers: a call, status, media
 * type or field that the document does not know fails.
 */
public final class OpenApi {
	private static final JsonMapper JSON = JsonMapper.shared();
	/** Set it to write the generated document over the checked-in one. */
	private static final String WRITE = "rollcall.openapi.write";

	/** A code, or the constant that has it: second of a fault or of a refusal, or first of a refusal. */
	private static final Pattern CODE = Pattern.compile(
			"(?:(?:new (?:FieldError|Fault)\\([^,;]*|refus(?:al|ed)\\([^,;\"]*|Problems\\.of\\([^,;]*|HttpStatus\\.\\w+),\\s*|refused\\()"
					+ "(?:\"([a-z-]+)\"|(?:\\w+\\.)?([A-Z_]{2,})\\b)");
	private static final Pattern CONSTANT = Pattern.compile(" ([A-Z_]+) = \"([a-z-]+)\"");

	private final String name;
	private final ObjectNode document;
	private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
			builder -> builder.schemaRegistryConfig(
					SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
	private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

	private OpenApi(String name, ObjectNode document) {
		this.name = name;
		this.document = document;
		close(document.path("components").path("schemas"));
	}

	/** @param name as {@code users} */
	public static OpenApi of(String name) {
		try {
			Object yaml = yaml().load(Files.readString(file(name)));
			return new OpenApi(name, (ObjectNode) JSON.valueToTree(yaml));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** As YAML 1.2 has it: what looks like a date is a text. */
	private static Yaml yaml() {
		var loading = new LoaderOptions();
		var dumping = new DumperOptions();
		return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading, new Resolver() {
			@Override
			public void addImplicitResolver(Tag tag, Pattern regexp, String first, int limit) {
				if (!tag.equals(Tag.TIMESTAMP)) super.addImplicitResolver(tag, regexp, first, limit);
			}
		});
	}

	private static Path root() {
		Path root = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(root.resolve("docs/decisions")))
			root = Objects.requireNonNull(root.getParent());
		return root;
	}

	private static Path file(String name) {
		return root().resolve("docs/openapi").resolve(name + ".yaml");
	}

	/**
	 * Compares the checked-in document with what the service's code says now.
	 *
	 * @param generated springdoc's YAML
	 */
	public static void assertCurrent(String name, String generated) throws IOException {
		Path file = file(name);
		if (Boolean.getBoolean(WRITE)) {
			Files.createDirectories(file.getParent());
			Files.writeString(file, generated);
		}
		if (!Files.exists(file) || !Files.readString(file).equals(generated)) {
			throw new AssertionError(file + " is not what the code says: run this test with -D" + WRITE
					+ "=true, read the difference, and commit it");
		}
	}

	/** As {@code GET /api/users}, all there are. */
	public Set<String> operations() {
		Set<String> operations = new TreeSet<>();
		document.get("paths").properties().forEach(path -> path.getValue().propertyNames()
				.forEach(method -> operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
		return operations;
	}

	/**
	 * Holds an answer against the document.
	 *
	 * @param path with or without a query
	 * @param contentType as the answer's header says it; absent when there is no body
	 */
	public void check(String method, String path, int status, @Nullable String contentType, byte[] body) {
		String call = method + " " + path + " " + status;
		JsonNode operation = operation(method, path.replaceFirst("\\?.*", ""));
		if (operation == null) throw new AssertionError(name + ".yaml does not know " + call);
		JsonNode response = operation.path("responses").get(String.valueOf(status));
		if (response == null) throw new AssertionError(name + ".yaml knows no such answer: " + call);
		String shared = response.path("$ref").asString("");
		if (!shared.isEmpty()) {
			if (!shared.endsWith("/" + JSON.readTree(body).path("code").asString())) {
				throw new AssertionError(name + ".yaml knows no such refusal: " + call + " " + new String(body, UTF_8));
			}
			response = document.at(shared.substring(1));
		}
		if (body.length == 0) return;
		String mediaType = contentType == null ? "none" : contentType.replaceFirst(";.*", "").strip();
		JsonNode content = response.path("content").get(mediaType);
		if (content == null) throw new AssertionError(name + ".yaml knows no " + mediaType + " as " + call);
		if (mediaType.endsWith("json")) validate(call, content.get("schema"), JSON.readTree(body));
	}

	/**
	 * Every code of a refusal that sources have is named in the document, in an example or in words.
	 *
	 * @param sources the folder of a module's sources, seen from the project's root
	 */
	public void checkCodes(String... sources) throws IOException {
		Path root = root();
		List<String> texts = new ArrayList<>();
		for (String folder : sources) {
			try (Stream<Path> files = Files.walk(root.resolve(folder))) {
				for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList())
					texts.add(Files.readString(file));
			}
		}
		Set<String> unnamed = codes(texts);
		if (unnamed.isEmpty()) throw new AssertionError("no code was found, so none was checked");
		String text = document.toString();
		unnamed.removeIf(code -> text.contains("\"code\":\"" + code + "\"") || text.contains("`" + code + "`"));
		if (!unnamed.isEmpty()) throw new AssertionError(name + ".yaml does not name the codes " + unnamed);
	}

	private static Set<String> codes(List<String> sources) {
		Map<String, String> constants = new HashMap<>();
		for (String source : sources)
			CONSTANT.matcher(source).results().forEach(it -> constants.put(it.group(1), it.group(2)));
		Set<String> codes = new TreeSet<>();
		for (String source : sources)
			CODE.matcher(source).results()
					.map(it -> it.group(1) == null ? constants.get(it.group(2)) : it.group(1)).filter(Objects::nonNull)
					.forEach(codes::add);
		return codes;
	}

	/** Holds every example in the document against its schema. */
	public void checkExamples() {
		document.get("paths").properties()
				.forEach(path -> path.getValue().properties().forEach(operation -> {
					String call = operation.getKey() + " " + path.getKey();
					List<JsonNode> contents = new ArrayList<>();
					operation.getValue().path("requestBody").path("content").forEach(contents::add);
					operation.getValue().path("responses").forEach(it -> it.path("content").forEach(contents::add));
					for (JsonNode content : contents) {
						if (content.has("example"))
							validate("example of " + call, content.get("schema"),
									content.get("example"));
					}
				}));
	}

	private void validate(String what, JsonNode schema, JsonNode instance) {
		Schema compiled = schemas.computeIfAbsent(schema.toString(), _ -> {
			ObjectNode whole = ((ObjectNode) schema).deepCopy();
			whole.set("components", document.get("components"));
			return registry.getSchema(whole);
		});
		List<Error> errors = compiled.validate(instance);
		if (!errors.isEmpty()) throw new AssertionError(what + " is not as " + name + ".yaml says: " + errors);
	}

	private @Nullable JsonNode operation(String method, String path) {
		JsonNode templated = null;
		for (Map.Entry<String, JsonNode> entry : document.get("paths").properties()) {
			JsonNode operation = entry.getValue().get(method.toLowerCase(java.util.Locale.ROOT));
			if (operation == null) continue;
			if (entry.getKey().equals(path)) return operation;
			if (path.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+"))) templated = operation;
		}
		return templated;
	}

	/** A field that the document does not have is a fault of a test's answer, though clients must ignore it. */
	private static void close(JsonNode schemas) {
		for (JsonNode schema : schemas) {
			if (schema instanceof ObjectNode object && object.has("properties"))
				object.put("additionalProperties", false);
		}
	}
}
