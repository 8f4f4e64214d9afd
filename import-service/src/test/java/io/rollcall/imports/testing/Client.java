package io.rollcall.imports.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.testing.OpenApi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Calls the service as a program does, and holds each answer against the OpenAPI document. */
public record Client(int port, String token) {
	private static final HttpClient HTTP = HttpClient.newHttpClient();
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final String BOUNDARY = "----rollcall";
	public static final String HEADER = "Username,Fname,Lname,Email,Role,Org";

	private static final class Document {
		static final OpenApi IMPORTS = OpenApi.of("imports");
	}

	/** An answer, with its body as text. */
	public record Answer(int status, HttpResponse<byte[]> response) {
		public String text() {
			return new String(response.body(), UTF_8);
		}

		public JsonNode json() {
			return JSON.readTree(response.body());
		}

		public String header(String name) {
			return response.headers().firstValue(name).orElse("");
		}

		public void isProblem(int status, String code, String... inDetail) {
			assertThat(this.status).as(text()).isEqualTo(status);
			assertThat(header("Content-Type")).startsWith("application/problem+json");
			assertThat(json().path("code").asString()).isEqualTo(code);
			for (String part : inDetail)
				assertThat(json().path("detail").asString()).contains(part);
		}
	}

	/** A file of rows with these usernames and nothing special about them. */
	public static String file(String... usernames) {
		return HEADER + "\r\n" + java.util.Arrays.stream(usernames)
				.map(name -> name + ",Maria,Okafor," + name + "@a.example,TA,00050000-00050303\r\n")
				.collect(Collectors.joining());
	}

	public static String file(String username, int rows) {
		return file(IntStream.rangeClosed(1, rows).mapToObj(i -> username + i).toArray(String[]::new));
	}

	public Answer upload(String action, String content) {
		return upload(Map.of("action", action), "users.csv", content.getBytes(UTF_8), Map.of());
	}

	public Answer upload(Map<String, String> fields, String fileName, byte[] content, Map<String, String> headers) {
		return upload("/api/imports", fields, fileName, content, headers);
	}

	/** How a table may be read. */
	public Answer table(Map<String, String> fields, String fileName, byte[] content) {
		return upload("/api/imports/tables", fields, fileName, content, Map.of());
	}

	/** A list of all the staff of these organizations. */
	public Answer compare(List<String> organizations, Map<String, String> fields, String fileName, byte[] content) {
		List<Map.Entry<String, String>> all = new ArrayList<>(fields.entrySet());
		organizations.forEach(code -> all.add(Map.entry("organization", code)));
		return upload("/api/comparisons", all, fileName, content, Map.of());
	}

	private Answer upload(String path, Map<String, String> fields, String fileName, byte[] content,
			Map<String, String> headers) {
		return upload(path, List.copyOf(fields.entrySet()), fileName, content, headers);
	}

	private Answer upload(String path, List<Map.Entry<String, String>> fields, String fileName, byte[] content,
			Map<String, String> headers) {
		var body = new ByteArrayOutputStream();
		fields.forEach(field -> body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\""
				+ field.getKey() + "\"\r\n\r\n" + field.getValue() + "\r\n").getBytes(UTF_8)));
		body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
				+ "\"\r\nContent-Type: text/csv\r\n\r\n").getBytes(UTF_8));
		body.writeBytes(content);
		body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
		HttpRequest.Builder request = request(path)
				.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
				.POST(BodyPublishers.ofByteArray(body.toByteArray()));
		headers.forEach(request::header);
		return send(request);
	}

	public Answer get(String path) {
		return send(request(path).GET());
	}

	/** With a body of JSON. */
	public Answer send(String method, String path, Object body) {
		return send(request(path).header("Content-Type", "application/json").method(method,
				BodyPublishers.ofString(JSON.writeValueAsString(body))));
	}

	/** Asks until the import is completed, as a portal does without live progress. */
	public JsonNode completed(JsonNode stored) {
		String path = "/api/imports/" + stored.path("id").asString();
		return org.awaitility.Awaitility.await().pollInterval(
				java.time.Duration.ofMillis(50)).until(() -> get(path).json(),
						answer -> answer.path("status").asString().equals("completed"));
	}

	public HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
		if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
		return request;
	}

	public Answer send(HttpRequest.Builder request) {
		try {
			HttpRequest sent = request.build();
			HttpResponse<byte[]> response = HTTP.send(sent, BodyHandlers.ofByteArray());
			if (sent.uri().getPath().matches("/api/(imports|comparisons)\\b.*")) {
				Document.IMPORTS.check(sent.method(), sent.uri().getPath(), response.statusCode(),
						response.headers().firstValue("Content-Type").orElse(null), response.body());
			}
			return new Answer(response.statusCode(), response);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}
}
