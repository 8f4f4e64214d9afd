package io.rollcall.platform.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
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
import tools.jackson.databind.JsonNode;

import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.IdempotencyKey;

import static java.nio.charset.StandardCharsets.UTF_8;

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
	private static final Pattern PIPELINE = Pattern.compile("/api/operations/([^/]+)/pipeline");
	private static final String EVENTS = "text/event-stream";

	/** Statuses that follow from the shape of a call, with the code and text of an example. */
	private enum Common {
		BAD_REQUEST(400, "invalid-request", "The size must be between 1 and 200."),
		MALFORMED(400, "malformed-request", "The request is not valid JSON at line 1, column 2."),
		UNKNOWN(400, "invalid-request", "There is no parameter 'page' here."),
		UNAUTHENTICATED(401, "unauthenticated", "Sign in, or send a valid access token."),
		FORBIDDEN(403, "forbidden", "Your role does not allow this."),
		NOT_FOUND(404, "not-found", "There is nothing at this address."),
		STALE(412, "stale", "This account has been changed since you read it. Look at it again before you save."),
		INVALID(422, "invalid", "Some fields need to be corrected."),
		IF_MATCH(428, "if-match-required",
				"Send the ETag that you got when you read the account as If-Match. * and other tags are not accepted."),
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

	/** What any call may be answered, by the service or by the gateway before it; described once for all of them. */
	private enum Everywhere {
		CROSS_SITE(403, "cross-site-request", "The request does not come from a page of this site. Nothing was done."),
		BROKEN_OFF(408, "upload-broken-off", "The request did not arrive completely."),
		ANOTHER_ACCOUNT(409, "another-account", "Somebody else has signed in with this browser. Nothing was done."),
		TOO_LARGE(413, "request-too-large", "The request is too large. The limit is 128 KB."),
		UNSUPPORTED(415, "unsupported-media-type", "The Content-Type 'text/xml' is not taken here."),
		EXPECTATION(417, "expectation-failed", "Expectation Failed."),
		TOO_MANY(429, "too-many-requests",
				"Too many requests in a short time. Please wait a moment and try again."),
		FAILED(500, "internal", "Something went wrong on our side."),
		BROKEN_ANSWER(502, "service-broken-answer",
				"The service's answer broke off, so it is not known whether the request was carried out. Please check before you repeat it.");

		private final int status;
		private final String code;
		private final String detail;

		Everywhere(int status, String code, String detail) {
			this.status = status;
			this.code = code;
			this.detail = detail;
		}

		/** A session's call that changes nothing may come from anywhere. */
		boolean isOf(PathItem.HttpMethod method) {
			return this != CROSS_SITE || method != PathItem.HttpMethod.GET;
		}
	}

	/** What a document says of all its calls, after what it says of itself. */
	private static final String OF_ALL = " Where a call has an answer of its own by one of these statuses, it may also have this one: 400 `invalid-request`, "
			+ Stream.of(Everywhere.values()).map(it -> it.status + " `" + it.code + "`")
					.collect(Collectors.joining(", "))
			+ ". Another method at an address is answered 405 `method-not-allowed`, with those that there are in `Allow`, one that HTTP does not know 501."
			+ " A reader whose `If-None-Match` has the current `ETag` is answered 304, without a body.";

	/** Springdoc's settings; call it from a {@code @DynamicPropertySource}. */
	public static void register(DynamicPropertyRegistry properties) {
		SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class).replaceWithSchema(JsonNode.class,
				new Schema<>()); // whatever was in a record
		properties.add("springdoc.paths-to-match", () -> "/api/**");
		// Every service has it, and the gateway asks one of them.
		properties.add("springdoc.paths-to-exclude", () -> "/api/docs/events");
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
			if (component.getAnnotatedType() instanceof AnnotatedParameterizedType of
					&& property.getAdditionalProperties() instanceof Schema<?> values
					&& of.getAnnotatedActualTypeArguments()[1].isAnnotationPresent(Nullable.class)) {
				property.setAdditionalProperties(orNull(values));
			}
			boolean mayBeAbsent = component.getAccessor().isAnnotationPresent(JsonInclude.class);
			if (!mayBeAbsent && (!nullable || !request)) required.add(component.getName());
		}
		model.setRequired(new ArrayList<>(required));
	}

	private static Schema<?> orNull(Schema<?> schema) {
		if (schema.get$ref() == null && schema.getTypes() == null) return schema; // of anything
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
		Map<String, Object> words = words("/openapi-words.yaml", "");
		Map<String, Object> info = (Map<String, Object>) words.get("info");
		api.setInfo(new Info().title((String) info.get("title")).description(info.get("description") + OF_ALL)
				.version("1"));
		api.setServers(List.of(new Server().url("/")));
		api.setTags(null);
		Components components = api.getComponents() == null ? new Components() : api.getComponents();
		if (components.getSchemas() != null) components.getSchemas().remove(SseEmitter.class.getSimpleName());
		components.addSchemas("Problem", problem(codes(words, "codes")));
		components.addSchemas("FieldError", fieldError(codes(words, "fieldCodes")));
		for (Everywhere everywhere : Everywhere.values())
			components.addResponses(everywhere.code, response(everywhere.status,
					example(everywhere.status, everywhere.code, everywhere.detail)));
		components.addSecuritySchemes("token",
				new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").bearerFormat("JWT"));
		api.setComponents(components);
		api.setSecurity(List.of(new SecurityRequirement().addList("token")));
		describe(components, (Map<String, String>) words.getOrDefault("schemas", Map.of()));
		((List<String>) words.getOrDefault("readOnly", List.of()))
				.forEach(it -> named(components, it).setReadOnly(true));

		Map<String, Object> operations = new TreeMap<>((Map<String, Object>) words.get("operations"));
		api.getPaths().keySet().stream().map(PIPELINE::matcher).filter(Matcher::matches)
				.forEach(it -> operations.putAll(
						(Map<String, Object>) words("/io/rollcall/platform/testing/openapi-operations.yaml",
								it.group(1))
								.get("operations")));
		api.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
			var ofOperation = (Map<String, Object>) operations.remove(method + " " + path);
			if (ofOperation == null) {
				throw new AssertionError("openapi-words.yaml says nothing of " + method + " " + path);
			}
			complete(path, operation, ofOperation);
			for (Everywhere everywhere : Everywhere.values()) {
				if (everywhere.isOf(method)) {
					operation.getResponses().putIfAbsent(String.valueOf(everywhere.status),
							new ApiResponse().$ref(everywhere.code));
				}
			}
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

		describe(operation, (Map<String, String>) words.getOrDefault("parameters", Map.of()));
		var required = (List<String>) words.getOrDefault("required", List.of());
		for (Parameter parameter : parameters(operation)) {
			// The code has a default, so that it can say what is missing, and to those alone who may ask.
			if (required.contains(parameter.getName()) && parameter.getIn().equals("query")) {
				parameter.required(true).schema(texts(parameter));
			}
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
			if (common == Common.IF_MATCH && Boolean.TRUE.equals(words.get("ifMatchOptional"))) continue;
			if (follows(common, path, operation, open)) answers.putIfAbsent(common.status, example(common, path));
		}
		if (words.containsKey("for")) answers.putIfAbsent(403, example(Common.FORBIDDEN, path));
		operation.setResponses(responses(operation.getResponses(), answers,
				(Map<String, Map<String, String>>) words.getOrDefault("headers", Map.of())));
	}

	/** Where an idempotency key is part of what a handler takes, it is no parameter by itself. All else that is described has to be there. */
	static void describe(Operation operation, Map<String, String> texts) {
		texts.forEach((name, text) -> {
			Optional<Parameter> there = parameters(operation).stream().filter(it -> it.getName().equals(name))
					.findAny();
			if (there.isEmpty() && !name.equals(IdempotencyKey.HEADER)) {
				throw new AssertionError("openapi-words.yaml describes the parameter " + name + " of "
						+ operation.getOperationId() + ", which there is not");
			}
			there.ifPresentOrElse(it -> it.setDescription(text), () -> operation.addParametersItem(new Parameter()
					.in("header").name(name).required(false).schema(new StringSchema()).description(text)));
		});
	}

	/** A text, or several where the parameter may be repeated. */
	private static Schema<?> texts(Parameter parameter) {
		return parameter.getSchema().getItems() == null ? new StringSchema() : array(new StringSchema());
	}

	/** Springdoc takes the fields beside a file, which are texts, for parameters of the query. */
	@SuppressWarnings("unchecked")
	private static void fill(Schema<?> form, Operation operation, Map<String, Object> words) {
		var required = (List<String>) words.get("required");
		parameters(operation).removeIf(parameter -> {
			if (!parameter.getIn().equals("query")) return false;
			Schema<?> field = texts(parameter);
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
			case UNKNOWN -> true;
			case UNAUTHENTICATED -> !open;
			case FORBIDDEN -> false;
			case NOT_FOUND -> path.contains("{");
			case STALE, IF_MATCH -> parameters(operation).stream().anyMatch(it -> it.getName().equals("If-Match"));
			case INVALID -> body;
			case UNAVAILABLE -> true;
		};
	}

	private static Map<String, Object> example(Common common, String path) {
		Map<String, Object> example = example(common.status, common.code, common.detail);
		example.put("instance", path.replaceAll("\\{[^}]*}", "0b9d3c1e-7d9a-4c56-8f62-3f0f0a5b7e21"));
		return example;
	}

	private static Map<String, Object> example(int status, String code, String detail) {
		var example = new LinkedHashMap<String, Object>();
		example.put("title", org.springframework.http.HttpStatus.valueOf(status).getReasonPhrase());
		example.put("status", status);
		example.put("detail", detail);
		example.put("code", code);
		return example;
	}

	private static ApiResponse response(int status, Object example) {
		return new ApiResponse().description(org.springframework.http.HttpStatus.valueOf(status).getReasonPhrase())
				.content(new Content().addMediaType(PROBLEM, new MediaType()
						.schema(new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + "Problem")).example(example)));
	}

	/** The answer springdoc found takes the first status below 300; a text says what kind of file there is, a map is an example. */
	private static ApiResponses responses(ApiResponses found, Map<Integer, Object> answers,
			Map<String, Map<String, String>> headers) {
		Content content = found.values().stream().map(ApiResponse::getContent).filter(it -> it != null).findFirst()
				.orElse(null);
		var responses = new ApiResponses();
		answers.forEach((status, example) -> {
			var response = status >= 400 ? response(status, example) : done(status, example, content);
			headers.getOrDefault(String.valueOf(status), Map.of())
					.forEach((name, text) -> response.addHeaderObject(name,
							new Header().description(text).schema(new StringSchema())));
			responses.addApiResponse(String.valueOf(status), response);
		});
		return responses;
	}

	private static ApiResponse done(int status, @Nullable Object example, @Nullable Content content) {
		var response = new ApiResponse()
				.description(org.springframework.http.HttpStatus.valueOf(status).getReasonPhrase());
		if (example instanceof String type) {
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
		return response;
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

	/** Those that no example has: what is meant by each. Of all services, and of this one. */
	@SuppressWarnings("unchecked")
	private static String codes(Map<String, Object> words, String kind) {
		Map<String, String> codes = new TreeMap<>(
				(Map<String, String>) words("/io/rollcall/platform/testing/openapi-codes.yaml", "").get(kind));
		codes.putAll((Map<String, String>) words.getOrDefault(kind, Map.of()));
		return "Stable, for programs; there may be more of them later. Beside those of the examples: "
				+ codes.entrySet()
						.stream().map(it -> "`" + it.getKey() + "` (" + it.getValue() + ")")
						.collect(Collectors.joining(", "))
				+ ".";
	}

	/** RFC 9457. */
	private static Schema<?> problem(String codes) {
		return object(Map.of()).description("A refusal (RFC 9457). Rely on code, show detail.")
				.addProperty("type", new StringSchema()).addProperty("title", new StringSchema())
				.addProperty("status", new IntegerSchema().format(null))
				.addProperty("detail", new StringSchema().description("For people."))
				.addProperty("instance", new StringSchema())
				.addProperty("code", new StringSchema().description(codes))
				.addProperty("errors", array(new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + "FieldError"))
						.description("One entry for each field that is wrong."))
				.required(List.of("status", "code"));
	}

	private static Schema<?> fieldError(String codes) {
		return object(Map.of()).addProperty("field", new StringSchema())
				.addProperty("code", new StringSchema().description(codes))
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

	/** @param part of the operations that the service is */
	private static Map<String, Object> words(String resource, String part) {
		try (InputStream in = OpenApiGeneration.class.getResourceAsStream(resource)) {
			return new Yaml().load(new String(in.readAllBytes(), UTF_8).replace("{part}", part));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
