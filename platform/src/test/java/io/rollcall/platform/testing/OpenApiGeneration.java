package io.rollcall.platform.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.yaml.snakeyaml.Yaml;

import io.rollcall.platform.security.Caller;

/**
 * Makes a service's OpenAPI document from its handlers (springdoc) and from {@code openapi-words.yaml} in its test resources,
 * which has what code does not say: names, summaries, examples, and which statuses there are beyond those that follow from the
 * shape of a call. A call without words fails. Only tests generate; the running service serves the checked-in file, so nothing of
 * this costs it anything.
 */
@TestConfiguration(proxyBeanMethods = false)
public class OpenApiGeneration {
	private static final String PROBLEM = "application/problem+json";
	private static final String FORM = "multipart/form-data";
	private static final String EVENTS = "text/event-stream";

	/** Statuses that follow from the shape of a call, with the code and text of an example. */
	private enum Common {
		BAD_REQUEST(400, "invalid-request", "The size must be between 1 and 200."),
		MALFORMED(400, "malformed-request", "The request is not valid JSON at line 1, column 2."),
		UNAUTHENTICATED(401, "unauthenticated", "Sign in, or send a valid access token."),
		FORBIDDEN(403, "forbidden", "Your role does not allow this."),
		NOT_FOUND(404, "not-found", "There is nothing at this address."),
		STALE(412, "stale", "Someone else has changed this meanwhile. Look at it again before you save."),
		INVALID(422, "invalid", "Some fields need to be corrected."),
		IF_MATCH(428, "if-match-required", "Send the ETag of what you changed as If-Match."),
		UNAVAILABLE(503, "unavailable", "The service is not available at the moment. Please try again shortly.");

		private final int status;
		private final String code;
		private final String detail;

		Common(int status, String code, String detail) {
			this.status = status;
			this.code = code;
			this.detail = detail;
		}
	}

	/** Springdoc's settings; call it from a {@code @DynamicPropertySource}. */
	public static void register(DynamicPropertyRegistry properties) {
		SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
		properties.add("springdoc.paths-to-match", () -> "/api/**");
		// The platform's, the same in every service: docs/operations.md has them.
		properties.add("springdoc.paths-to-exclude", () -> "/api/operations/**,/api/docs/events");
		properties.add("springdoc.api-docs.version", () -> "openapi_3_1");
		properties.add("springdoc.default-flat-param-object", () -> true);
		properties.add("springdoc.default-produces-media-type", () -> "application/json");
		properties.add("springdoc.override-with-generic-response", () -> false);
		properties.add("springdoc.writer-with-order-by-keys", () -> true);
	}

	@Bean
	GlobalOpenApiCustomizer words() {
		return OpenApiGeneration::complete;
	}

	/** Every component of an answer is there; the {@code @Nullable} ones may be null. In a request those may be left out too. */
	@Bean
	ModelConverter nullability() {
		return new ModelConverter() {
			@Override
			public @Nullable Schema<?> resolve(AnnotatedType type, ModelConverterContext context,
					Iterator<ModelConverter> chain) {
				Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
				JavaType java = Json.mapper().constructType(type.getType());
				if (resolved == null || java == null || !java.getRawClass().isRecord()) return resolved;
				Schema<?> model = resolved.get$ref() == null
						? resolved
						: context.getDefinedModels().get(resolved.get$ref().substring(
								Components.COMPONENTS_SCHEMAS_REF.length()));
				if (model != null && model.getProperties() != null) mark(model, java.getRawClass());
				return resolved;
			}
		};
	}

	private static void mark(Schema<?> model, Class<?> type) {
		boolean request = type.getSimpleName().endsWith("Request");
		Set<String> required = new LinkedHashSet<>();
		for (RecordComponent component : type.getRecordComponents()) {
			Schema<?> property = model.getProperties().get(component.getName());
			if (property == null) continue;
			boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
			if (nullable) model.getProperties().put(component.getName(), orNull(property));
			boolean mayBeAbsent = component.getAccessor().isAnnotationPresent(JsonInclude.class);
			if (!mayBeAbsent && (!nullable || !request)) required.add(component.getName());
		}
		model.setRequired(new ArrayList<>(required));
	}

	private static Schema<?> orNull(Schema<?> schema) {
		if (schema.get$ref() != null) {
			var either = new Schema<>();
			var nothing = new Schema<>();
			nothing.addType("null");
			return either.anyOf(List.of(new Schema<>().$ref(schema.get$ref()), nothing));
		}
		schema.addType("null");
		return schema;
	}

	@SuppressWarnings("unchecked")
	private static void complete(OpenAPI api) {
		Map<String, Object> words = words("/openapi-words.yaml");
		Map<String, Object> info = (Map<String, Object>) words.get("info");
		api.setInfo(new Info().title((String) info.get("title")).description((String) info.get("description"))
				.version("1"));
		api.setServers(List.of(new Server().url("/")));
		api.setTags(null);
		Components components = api.getComponents() == null ? new Components() : api.getComponents();
		if (components.getSchemas() != null) components.getSchemas().remove(SseEmitter.class.getSimpleName());
		components.addSchemas("Problem", problem());
		components.addSchemas("FieldError", fieldError());
		components.addSecuritySchemes("token",
				new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").bearerFormat("JWT"));
		api.setComponents(components);
		api.setSecurity(List.of(new SecurityRequirement().addList("token")));
		describe(components, (Map<String, String>) words.getOrDefault("schemas", Map.of()));
		((List<String>) words.getOrDefault("readOnly", List.of()))
				.forEach(it -> named(components, it).setReadOnly(true));

		Map<String, Object> operations = new TreeMap<>((Map<String, Object>) words.get("operations"));
		api.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
			var ofOperation = (Map<String, Object>) operations.remove(method + " " + path);
			if (ofOperation == null) {
				throw new AssertionError("openapi-words.yaml says nothing of " + method + " " + path);
			}
			complete(path, operation, ofOperation);
		}));
		if (!operations.isEmpty()) throw new AssertionError("openapi-words.yaml knows more calls: " + operations);
	}

	@SuppressWarnings("unchecked")
	private static void complete(String path, Operation operation, Map<String, Object> words) {
		operation.setOperationId((String) words.get("id"));
		operation.setSummary((String) words.get("summary"));
		operation.setDescription((String) words.get("description"));
		operation.setTags(null);
		boolean open = Boolean.TRUE.equals(words.get("open"));
		if (open) operation.setSecurity(List.of());

		Map<String, String> described = (Map<String, String>) words.getOrDefault("parameters", Map.of());
		described.forEach((name, text) -> {
			if (parameters(operation).stream().noneMatch(it -> it.getName().equals(name))) {
				operation.addParametersItem(new Parameter().in("header").name(name).required(false)
						.schema(new StringSchema()));
			}
		});
		for (Parameter parameter : parameters(operation)) {
			if (parameter.getName().equals("traceparent")) continue;
			parameter.setDescription(described.get(parameter.getName()));
		}
		parameters(operation).removeIf(it -> it.getName().equals("traceparent"));
		if (operation.getRequestBody() != null) {
			operation.getRequestBody().setRequired(true);
			Content content = operation.getRequestBody().getContent();
			if (content.get(FORM) != null) fill(content.get(FORM).getSchema(), operation, words);
			if (words.containsKey("request")) content.values().forEach(it -> it.setExample(words.get("request")));
		}

		Map<Integer, Object> answers = new TreeMap<>((Map<Integer, Object>) words.get("responses"));
		for (Common common : Common.values()) {
			if (follows(common, path, operation, open)) answers.putIfAbsent(common.status, example(common, path));
		}
		if (words.containsKey("for")) answers.putIfAbsent(403, example(Common.FORBIDDEN, path));
		operation.setResponses(responses(operation.getResponses(), answers,
				(Map<String, Map<String, String>>) words.getOrDefault("headers", Map.of())));
	}

	/** Springdoc takes the fields beside a file, which are texts, for parameters of the query. */
	@SuppressWarnings("unchecked")
	private static void fill(Schema<?> form, Operation operation, Map<String, Object> words) {
		var required = (List<String>) words.get("required");
		parameters(operation).removeIf(parameter -> {
			if (!parameter.getIn().equals("query")) return false;
			var field = new StringSchema();
			field.setDescription(parameter.getDescription());
			// Of a required one the code has a default so that it can say what is missing.
			if (!required.contains(parameter.getName())) field.setDefault(parameter.getSchema().getDefault());
			form.addProperty(parameter.getName(), field);
			return true;
		});
		form.setRequired(required);
	}

	private static List<Parameter> parameters(Operation operation) {
		if (operation.getParameters() == null) operation.setParameters(new ArrayList<>());
		return operation.getParameters();
	}

	private static boolean follows(Common common, String path, Operation operation, boolean open) {
		boolean body = operation.getRequestBody() != null;
		return switch (common) {
			case BAD_REQUEST -> parameters(operation).stream().anyMatch(it -> it.getIn().equals("query"));
			case MALFORMED -> body;
			case UNAUTHENTICATED -> !open;
			case FORBIDDEN -> false;
			case NOT_FOUND -> path.contains("{");
			case STALE, IF_MATCH -> parameters(operation).stream().anyMatch(it -> it.getName().equals("If-Match"));
			case INVALID -> body;
			case UNAVAILABLE -> true;
		};
	}

	private static Map<String, Object> example(Common common, String path) {
		var example = new LinkedHashMap<String, Object>();
		example.put("title", org.springframework.http.HttpStatus.valueOf(common.status).getReasonPhrase());
		example.put("status", common.status);
		example.put("detail", common.detail);
		example.put("instance", path.replaceAll("\\{[^}]*}", "0b9d3c1e-7d9a-4c56-8f62-3f0f0a5b7e21"));
		example.put("code", common.code);
		return example;
	}

	/** The answer springdoc found takes the first status below 300; a text says what kind of file there is, a map is an example. */
	private static ApiResponses responses(ApiResponses found, Map<Integer, Object> answers,
			Map<String, Map<String, String>> headers) {
		Content content = found.values().stream().map(ApiResponse::getContent).filter(it -> it != null).findFirst()
				.orElse(null);
		var responses = new ApiResponses();
		answers.forEach((status, example) -> {
			var response = new ApiResponse()
					.description(org.springframework.http.HttpStatus.valueOf(status).getReasonPhrase());
			if (status >= 400) {
				response.content(new Content().addMediaType(PROBLEM, new MediaType()
						.schema(new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + "Problem")).example(example)));
			} else if (example instanceof String type) {
				response.content(new Content().addMediaType(type, new MediaType().schema(new StringSchema())));
			} else if (content != null && example != null) {
				content.forEach((type, it) -> {
					if (type.equals(EVENTS)) {
						it.schema(new StringSchema());
					} else {
						it.setExample(example);
					}
				});
				response.content(content);
			}
			headers.getOrDefault(String.valueOf(status), Map.of())
					.forEach((name, text) -> response.addHeaderObject(name,
							new Header().description(text).schema(new StringSchema())));
			responses.addApiResponse(String.valueOf(status), response);
		});
		return responses;
	}

	private static void describe(Components components, Map<String, String> texts) {
		texts.forEach((name, text) -> named(components, name).setDescription(text));
	}

	/** A schema, or the property that stands behind a dot. */
	private static Schema<?> named(Components components, String name) {
		int dot = name.indexOf('.');
		Schema<?> schema = components.getSchemas().get(dot < 0 ? name : name.substring(0, dot));
		if (schema != null && dot >= 0) schema = schema.getProperties().get(name.substring(dot + 1));
		if (schema == null) throw new AssertionError("openapi-words.yaml describes " + name + ", which there is not");
		return schema;
	}

	/** RFC 9457. */
	private static Schema<?> problem() {
		return object(Map.of()).description("A refusal (RFC 9457). Rely on code, show detail.")
				.addProperty("type", new StringSchema()).addProperty("title", new StringSchema())
				.addProperty("status", new IntegerSchema().format(null))
				.addProperty("detail", new StringSchema().description("For people."))
				.addProperty("instance", new StringSchema())
				.addProperty("code", new StringSchema().description("Stable, for programs."))
				.addProperty("errors", array(new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + "FieldError"))
						.description("One entry for each field that is wrong."))
				.required(List.of("status", "code"));
	}

	private static Schema<?> fieldError() {
		return object(Map.of()).addProperty("field", new StringSchema()).addProperty("code", new StringSchema())
				.addProperty("message", new StringSchema()).required(List.of("field", "code", "message"));
	}

	private static Schema<?> object(Map<String, Schema<?>> properties) {
		var schema = new Schema<>();
		schema.addType("object");
		properties.forEach(schema::addProperty);
		return schema;
	}

	private static Schema<?> array(Schema<?> items) {
		var schema = new Schema<>();
		schema.addType("array");
		schema.setItems(items);
		return schema;
	}

	private static Map<String, Object> words(String resource) {
		try (InputStream in = OpenApiGeneration.class.getResourceAsStream(resource)) {
			return new Yaml().load(in);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
