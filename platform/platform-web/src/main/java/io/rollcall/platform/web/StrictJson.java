package io.rollcall.platform.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * How requests are read. What could be meant in two ways, or would be left out of what is done, is refused: a field that stands
 * twice, one that is not known, a number in place of a text, half a character. (Events are read with more patience: their writers
 * may be newer.)
 */
final class StrictJson {
	private StrictJson() {}

	private static JsonMapper of(JsonMapper json) {
		return json.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
				.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
						DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
				.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
				.addModule(new SimpleModule("texts").addDeserializer(String.class, new Texts())
						.addKeyDeserializer(String.class, new Keys()))
				.build();
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
			byte[] body = message.getBody().readAllBytes(); // bounded at the gateway
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

	private static final class Keys extends KeyDeserializer {
		@Override
		public Object deserializeKey(String key, DeserializationContext context) throws JacksonException {
			return text(key, context.getParser());
		}
	}
}
