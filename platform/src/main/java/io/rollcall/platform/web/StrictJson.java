package io.rollcall.platform.web;

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

/**
 * How requests are read. What could be meant in two ways, or would be left out of what is done, is refused: a field that stands
 * twice, one that is not known, a number in place of a text, half a character. (Events are read with more patience: their writers
 * may be newer.)
 */
final class StrictJson {
	private StrictJson() {}

	static JsonMapper of(JsonMapper json) {
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
