package io.rollcall.acceptance.campaign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An API client as a good program of a district is written: what was not answered, or answered by 5xx, is asked again if that can do no
 * harm.
 */
final class PatientClient {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	/** As long as a program may take to start on a machine that has other things to do. */
	private static final Duration PATIENCE = Duration.ofMinutes(10);
	private static final Duration ANSWER = Duration.ofSeconds(15);
	private static final Duration PAUSE = Duration.ofMillis(250);
	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(Duration.ofSeconds(5)).build();

	private final URI gateway;
	/** Gives null while there is none. */
	private final Supplier<@Nullable String> tokens;
	private volatile @Nullable String token;

	/** Of the service center. */
	PatientClient(URI gateway, String secret) {
		this.gateway = gateway;
		this.tokens = () -> tokenOf(secret);
	}

	/** Acts for whomever the tokens name. */
	PatientClient(URI gateway, Supplier<@Nullable String> tokens) {
		this.gateway = gateway;
		this.tokens = tokens;
	}

	/** Hands a file in, as often as it takes; the key makes it one import. Returns its id. */
	String upload(String name, byte[] content, String action, String key) {
		String boundary = "campaign-" + key;
		var body = new ByteArrayOutputStream();
		body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\n" + action
				+ "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
				+ "\"\r\nContent-Type: text/csv\r\n\r\n").getBytes(StandardCharsets.UTF_8));
		body.writeBytes(content);
		body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
		var answer = patiently("/api/imports", HttpRequest.newBuilder()
				.header("Content-Type", "multipart/form-data; boundary=" + boundary).header("Idempotency-Key", key)
				.POST(BodyPublishers.ofByteArray(body.toByteArray())));
		if (answer.statusCode() != 202) throw new AssertionError(name + ": " + describe(answer));
		return json(answer).path("id").asString();
	}

	JsonNode get(String path) {
		var answer = patiently(path, HttpRequest.newBuilder().GET());
		if (answer.statusCode() != 200) throw new AssertionError(path + ": " + describe(answer));
		return json(answer);
	}

	/** The answer whatever it says, 5xx excepted, which is asked for again. */
	HttpResponse<byte[]> patiently(String path, HttpRequest.Builder request) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			HttpResponse<byte[]> answer = once(path, request);
			if (answer != null && answer.statusCode() < 500 && answer.statusCode() != 429) return answer;
			if (System.nanoTime() > end) {
				throw new AssertionError("No answer for " + PATIENCE.toMinutes() + " minutes: " + path
						+ (answer == null ? "" : " " + describe(answer)));
			}
			pause();
		}
	}

	/** One attempt; null when nobody knows what became of it. */
	@Nullable
	HttpResponse<byte[]> once(String path, HttpRequest.Builder request) {
		String present = token;
		if (present == null) present = newToken();
		if (present == null) return null;
		HttpResponse<byte[]> answer = exchange(path, request.copy().header("Authorization", "Bearer " + present));
		if (answer == null || answer.statusCode() != 401) return answer;
		present = newToken();
		return present == null ? null : exchange(path, request.copy().header("Authorization", "Bearer " + present));
	}

	private @Nullable String newToken() {
		String found = tokens.get();
		if (found != null) token = found;
		return found;
	}

	private @Nullable String tokenOf(String secret) {
		String client = Base64.getEncoder().encodeToString(
				("bootstrap:" + URLEncoder.encode(secret, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
		HttpResponse<byte[]> answer = exchange("/auth/oauth2/token",
				HttpRequest.newBuilder().header("Authorization", "Basic " + client)
						.header("Content-Type", "application/x-www-form-urlencoded")
						.POST(BodyPublishers.ofString("grant_type=client_credentials")));
		if (answer == null || answer.statusCode() != 200) return null;
		return json(answer).path("access_token").asString();
	}

	private @Nullable HttpResponse<byte[]> exchange(String path, HttpRequest.Builder request) {
		try {
			return HTTP.send(request.uri(gateway.resolve(path)).timeout(ANSWER).build(), BodyHandlers.ofByteArray());
		} catch (IOException e) {
			return null;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}

	static void pause() {
		LockSupport.parkNanos(PAUSE.toNanos());
	}

	static JsonNode json(HttpResponse<byte[]> answer) {
		return JSON.readTree(answer.body());
	}

	static String describe(HttpResponse<byte[]> answer) {
		return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
	}
}
