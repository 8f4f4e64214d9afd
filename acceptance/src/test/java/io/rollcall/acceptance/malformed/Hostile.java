package io.rollcall.acceptance.malformed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.rollcall.testing.BrokenHttp;

/** What is put in the place of what should be there. */
final class Hostile {
	/** A host that is none of ours, and that no account of another test has in its name. */
	static final String STRANGER = "stranger-at-the-door.example";
	private static final String SECRET = BrokenHttp.SECRET;

	static final List<String> CONTENT_TYPES = List.of("multipart/form-data", "multipart/form-data; boundary=",
			"multipart/form-data; boundary=\"", "multipart/form-data; boundary=b",
			"multipart/form-data; boundary=" + "b".repeat(200),
			"multipart/mixed", "multipart/", "*/*", "application/*", "*", "/", ";", ",", "json", "a/b/c", "text/html",
			"text/plain",
			"application/xml", "application/json;charset=none-such", "application/json;charset=",
			"application/json;charset=utf-16",
			"application/json; a=\"", "application/vnd.x+json", "application/merge-patch+json",
			"application/octet-stream",
			"application/x-www-form-urlencoded", "application/x-www-form-urlencoded;charset=x-y", "\u00e4/\u00f6");

	/** As they stand in a query: NUL, halves of surrogate pairs, and what is no UTF-8 at all. */
	private static final List<String> NO_TEXTS = List.of("%00", "a%00b", "%ED%A0%80", "%ED%B0%80%ED%A0%80", "%F0%9F",
			"%");
	static final List<String> VALUES = List.of("%00", "%ED%A0%80", "%C0%80", "%zz", "%E2%80%AE", "-1", "1e999",
			"99999999999999999999", "NaN", "true", "null", "[]", "%7B%7D", "a".repeat(5000), "%F0%9F%98%80".repeat(100),
			"%27%22%3C%3E%7C%5C", "%0D%0AX:y", "..%2f..%2f", "(((((", "", SECRET);

	/** A form, a part, JSON, and what is none. */
	static final List<String> BODIES = List.of("", "{}", "[]", "null", "0", "\"\"", "{\"name\":", "{\"a\":1}{",
			"[".repeat(5000),
			"{\"a\":".repeat(2000), "--b\r\n\r\n", "--b--\r\n",
			"--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n\u0000\r\n--b--",
			"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\u0000|\r\n\r\nx\r\n--b--",
			"\u00ff\u00fe\u0000\u0000", "\u0000",
			"%", "a=%zz", "a=%00&%00=b", "=&=&;", "username=%00&password=%ED%A0%80&continue=%", "\u00ef\u00bb\u00bf{}",
			"{\"a\":\"\u00c3\u0028\"}",
			"<a/>", "PK\u0003\u0004", SECRET);

	/** One header each; those of a kind that everything has to read. */
	static final List<Map.Entry<String, String>> HEADERS = List.of(Map.entry("Accept", "///"), Map.entry("Accept", "*"),
			Map.entry("Accept", "text/html"), Map.entry("Accept", "a/b;q=9"),
			Map.entry("Accept", "application/json;q=x"),
			Map.entry("Accept", "text/event-stream"), Map.entry("Accept-Language", "---"),
			Map.entry("Accept-Language", "de;q=a"),
			Map.entry("Accept-Encoding", "gzip;q=z, *"), Map.entry("If-Match", "\""),
			Map.entry("If-Match", "W/\"1\", *"),
			Map.entry("If-Match", "\"9999999999999999999\""), Map.entry("If-None-Match", "\u00ff"),
			Map.entry("If-Modified-Since", "never"),
			Map.entry("Range", "bytes=9-1,-,z"), Map.entry("Idempotency-Key", "\u00e9"),
			Map.entry("Idempotency-Key", "k".repeat(300)),
			Map.entry("Last-Event-ID", "\u0085"), Map.entry("Origin", ":::"), Map.entry("Origin", "null"),
			Map.entry("Origin", "http://["), Map.entry("Sec-Fetch-Site", "cross-site"),
			Map.entry("Sec-Fetch-Site", SECRET),
			Map.entry("Access-Control-Request-Method", "NONE"),
			Map.entry("Cookie", "rollcall-portal=" + SECRET + "; =;a=\u0080\""),
			Map.entry("Cookie", "rollcall-sign-in=;;;$Version=1"), Map.entry("Authorization", "Bearer"),
			Map.entry("Authorization", "Bearer a.b." + SECRET), Map.entry("Authorization", "Basic %%%"),
			Map.entry("Authorization", "Basic " + "Og=="), Map.entry("Authorization", "Digest \u0000".strip()),
			Map.entry("X-Forwarded-For", "::::, <x>"), Map.entry("X-Forwarded-Port", "x"),
			Map.entry("X-Forwarded-Host", STRANGER),
			Map.entry("X-Forwarded-Proto", "gopher"), Map.entry("Forwarded", "host=[;for=\""),
			Map.entry("Host", STRANGER),
			Map.entry("Host", "[::"), Map.entry("Host", "localhost:99999999"), Map.entry("traceparent", "00-" + SECRET),
			Map.entry("tracestate", "=,=" + "x".repeat(3000)), Map.entry("X-Rollcall-Account", "\u00ff"),
			Map.entry("X-Rollcall-Account", "none"), Map.entry("X-Rollcall-CSRF", "2"), Map.entry("Expect", "much"),
			Map.entry("Connection", "X-Rollcall-CSRF, close, \u00e9"), Map.entry("Upgrade", "h2c, websocket"),
			Map.entry("TE", ";;"),
			Map.entry("X-HTTP-Method-Override", "DELETE"), Map.entry("Content-Encoding", "gzip"),
			Map.entry("X", "\t\u00ff".repeat(50)));

	private static final JsonMapper JSON = JsonMapper.shared();
	/** As they stand in JSON. */
	private static final List<String> LEAVES = List.of("\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"",
			"\"\\udc00\\ud800\"", "\"\\uffff\"",
			"null", "true", "12345678", "1e999", "-0.0", "[]", "{}", "[[\"x\"]]", "\"" + "a".repeat(20_000) + "\"",
			"\"" + SECRET + "\"", "\"\"");

	private Hostile() {}

	/** What no text has, and some of the others. */
	static List<String> values(RandomGenerator random) {
		List<String> values = new ArrayList<>(NO_TEXTS);
		for (int i = 0; i < 4; i++)
			values.add(any(VALUES, random));
		return values;
	}

	/** The example with each of its keys twice, at the beginning and at the end. */
	static List<String> withEqualKeys(JsonNode example) {
		List<String> doubled = new ArrayList<>();
		String whole = JSON.writeValueAsString(example);
		for (String key : example.propertyNames()) {
			String name = JSON.writeValueAsString(key);
			doubled.add("{" + name + ":" + example.get(key) + "," + whole.substring(1));
			doubled.add(whole.substring(0, whole.length() - 1) + "," + name + ":null}");
		}
		return doubled;
	}

	/** Texts that are nearly {@code example}: each value in turn replaced, keys with what no key has. */
	static List<String> variants(JsonNode example) {
		List<String> variants = new ArrayList<>();
		if (!(example instanceof ObjectNode object)) return variants;
		for (String key : object.propertyNames()) {
			for (String leaf : LEAVES) {
				variants.add(with(object, key, leaf));
				if (object.get(key).isArray()) variants.add(with(object, key, "[" + leaf + "]"));
			}
		}
		variants.add("{\"\\u0000\":1,\"\\ud800\":2}");
		return variants;
	}

	private static String with(ObjectNode object, String key, String leaf) {
		var text = new StringBuilder("{");
		object.properties().forEach(field -> text.append(text.length() == 1 ? "" : ",")
				.append(JSON.writeValueAsString(field.getKey())).append(':')
				.append(field.getKey().equals(key) ? leaf : JSON.writeValueAsString(field.getValue())));
		return text.append('}').toString();
	}

	static <T> T any(List<T> of, RandomGenerator random) {
		return of.get(random.nextInt(of.size()));
	}

	/** With some characters changed, lost or doubled. */
	static String blurred(String text, RandomGenerator random) {
		var blurred = new StringBuilder(text);
		for (int i = random.nextInt(4); i >= 0 && !blurred.isEmpty(); i--) {
			int at = random.nextInt(blurred.length());
			switch (random.nextInt(4)) {
				case 0 -> blurred.setCharAt(at, (char) random.nextInt(256));
				case 1 -> blurred.deleteCharAt(at);
				case 2 -> blurred.insert(at, blurred.charAt(at));
				default -> blurred.setLength(at);
			}
		}
		return blurred.toString();
	}
}
