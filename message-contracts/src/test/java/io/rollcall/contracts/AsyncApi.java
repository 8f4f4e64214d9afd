package io.rollcall.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The AsyncAPI document, against which tests hold messages: what it does not know fails, so that a field added to a contract is
 * added there too. (Readers ignore such fields; it is the document that must be complete.)
 */
public final class AsyncApi {
	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final ObjectNode document;
	private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
			builder -> builder
					.schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
	private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

	private AsyncApi(ObjectNode document) {
		this.document = document;
		close(document.get("components").get("schemas"));
	}

	public static AsyncApi read() {
		try (InputStream yaml = AsyncApi.class.getResourceAsStream("asyncapi.yaml")) {
			return new AsyncApi((ObjectNode) JSON.valueToTree(new Yaml().load(yaml)));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	public Set<String> topics() {
		var topics = new TreeSet<String>();
		document.get("channels").forEach(channel -> topics.add(channel.get("address").asString()));
		return topics;
	}

	/** The types that a topic may hold. */
	public Set<String> messages(String topic) {
		return new TreeSet<>(document.get("channels").path(topic).path("messages").propertyNames());
	}

	/** The words that texts are limited to, in all messages. */
	Set<String> words() {
		var words = new TreeSet<String>();
		for (JsonNode enumeration : document.get("components").get("schemas").findValues("enum"))
			enumeration.forEach(word -> words.add(word.asString()));
		return words;
	}

	/** What is wrong with a body on {@code topic}; nothing when it is as documented. */
	public List<String> faults(String topic, JsonNode body) {
		String type = body.path("type").asString("");
		if (!messages(topic).contains(type)) return List.of(topic + " has no message " + type);
		return faults("/components/schemas/" + type, body, type);
	}

	/** What is wrong with the headers that every message has. */
	public List<String> headerFaults(Map<String, String> headers) {
		return faults("/components/messageTraits/cloudEvent/headers", JSON.valueToTree(headers), "headers");
	}

	private List<String> faults(String pointer, JsonNode instance, String what) {
		Schema schema = schemas.computeIfAbsent(pointer, _ -> {
			ObjectNode whole = document.deepCopy();
			whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
			whole.put("$ref", "#" + pointer);
			return registry.getSchema(whole);
		});
		return schema.validate(instance).stream()
				.map(error -> what + " " + error.getInstanceLocation() + ": " + error.getKeyword()).toList();
	}

	private static void close(JsonNode schema) {
		if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
			object.put("additionalProperties", false);
		}
		schema.forEach(AsyncApi::close);
	}
}
