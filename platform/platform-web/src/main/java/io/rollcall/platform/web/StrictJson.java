package io.rollcall.platform.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * How requests are read. What could be meant in two ways, or would be left out of what is done, is refused: a field that stands
 * twice, one that is not known, a number in place of a text, half a character, an id or a moment in another {@link Spelling}.
 * (Events are read with more patience: their writers may be newer.)
 */
final class StrictJson {
	/** {@code Object} is one of these, too, when it is read. */
	private static final Set<Class<?>> LEAVES = Set.of(String.class, UUID.class, Instant.class, int.class,
			Integer.class, boolean.class, Boolean.class, Object.class);

	private StrictJson() {}

	private static JsonMapper of(JsonMapper json) {
		return json.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
				.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
						DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
				.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
				// Of a blank text in place of a number Jackson would still make null.
				.withCoercionConfigDefaults(it -> it.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
				.addModule(new SimpleModule("strict").addDeserializer(String.class, new Texts())
						.addKeyDeserializer(String.class, new Keys())
						.addDeserializer(UUID.class, new Spelled<>(UUID.class, Spelling::uuid))
						.addDeserializer(Instant.class, new Spelled<>(Instant.class, Spelling::moment)))
				.build();
	}

	/**
	 * Whether all that a handler's body can hold is of types that are read in one way.
	 *
	 * @throws IllegalStateException if Jackson would read one by its own rules
	 */
	static void check(HandlerMethod method) {
		for (MethodParameter parameter : method.getMethodParameters())
			if (parameter.hasParameterAnnotation(RequestBody.class))
				check(ResolvableType.forMethodParameter(parameter), method, new HashSet<>());
	}

	private static void check(ResolvableType type, HandlerMethod method, Set<Class<?>> seen) {
		Class<?> raw = type.toClass();
		if (LEAVES.contains(raw)) return;
		if (raw.isRecord()) {
			if (!seen.add(raw)) return;
			for (RecordComponent component : raw.getRecordComponents())
				check(ResolvableType.forType(component.getGenericType(), type), method, seen);
		} else if (raw == List.class || raw == Map.class && type.getGeneric(0).toClass() == String.class) {
			check(type.getGeneric(raw == List.class ? 0 : 1), method, seen);
		} else {
			throw new IllegalStateException(method + " reads a " + type
					+ ", for which there is no rule in StrictJson: it could be spelled in several ways");
		}
	}

	/** A text has something in it that is none: half a surrogate pair, or the character that nothing can store. */
	static final class NotText extends DatabindException {
		private static final long serialVersionUID = 1;

		private NotText(JsonParser parser) {
			super(parser, "not a text");
		}
	}

	/** What is not UTF-8 is no JSON between programs (RFC 8259, 8.1). */
	static final class NotUtf8 extends IOException {
		private static final long serialVersionUID = 1;
	}

	/** Reads requests, and writes answers as Spring's own does. Jackson would go by whatever encoding the first bytes look like. */
	static final class Converter extends JacksonJsonHttpMessageConverter {
		/** JSON begins with ASCII, of which UTF-16 and UTF-32 make bytes with a NUL. */
		private static final int LOOK = 4;

		Converter(JsonMapper json) {
			super(of(json));
		}

		@Override
		protected boolean canRead(@Nullable MediaType type) {
			Charset charset = type == null ? null : type.getCharset();
			return super.canRead(type) && (charset == null || charset.equals(UTF_8) || charset.equals(US_ASCII));
		}

		@Override
		public Object read(ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
				throws IOException {
			byte[] body = message.getBody().readAllBytes(); // of a size that the gateway bounds, or the service that asks
			if (isWide(body) || !isUtf8(body)) {
				throw new HttpMessageNotReadableException("not UTF-8", new NotUtf8(), message);
			}
			return super.read(type, new Body(message.getHeaders(), new ByteArrayInputStream(body)), hints);
		}

		private static boolean isWide(byte[] body) {
			for (int i = 0; i < Math.min(LOOK, body.length); i++)
				if (body[i] == 0) return true;
			return false;
		}

		/** Jackson takes a character in more bytes than it needs for that character, which others do not (RFC 3629, 3). */
		private static boolean isUtf8(byte[] body) {
			try {
				UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
				return true;
			} catch (CharacterCodingException _) {
				return false;
			}
		}

		private record Body(HttpHeaders headers, InputStream body) implements HttpInputMessage {
			@Override
			public HttpHeaders getHeaders() {
				return headers;
			}

			@Override
			public InputStream getBody() {
				return body;
			}
		}
	}

	private static String text(String text, JsonParser parser) {
		boolean broken = text.codePoints()
				.anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
		if (broken) throw new NotText(parser);
		return text;
	}

	private static final class Texts extends StdScalarDeserializer<String> {
		Texts() {
			super(String.class);
		}

		@Override
		public String deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
			return parser.hasToken(JsonToken.VALUE_STRING)
					? text(parser.getString(), parser)
					: (String) context.handleUnexpectedToken(String.class, parser);
		}
	}

	/** Jackson's own take an id also in Base64, with blanks or without zeros, and a moment also as a number; "" is null for them. */
	private static final class Spelled<T> extends StdScalarDeserializer<T> {
		private final Function<String, Optional<T>> spelling;

		Spelled(Class<T> type, Function<String, Optional<T>> spelling) {
			super(type);
			this.spelling = spelling;
		}

		@Override
		@SuppressWarnings("unchecked")
		public T deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
			if (!parser.hasToken(JsonToken.VALUE_STRING)) return (T) context.handleUnexpectedToken(_valueClass, parser);
			return spelling.apply(parser.getString()).orElseThrow(
					() -> context.weirdStringException(null, _valueClass, "not in its one spelling"));
		}
	}

	private static final class Keys extends KeyDeserializer {
		@Override
		public Object deserializeKey(String key, DeserializationContext context) throws JacksonException {
			return text(key, context.getParser());
		}
	}
}
