package io.rollcall.acceptance.system;

import java.io.IOException;
import java.io.UncheckedIOException;
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

import tools.jackson.databind.json.JsonMapper;

/** HTTP to the gateway as a program speaks it. */
final class GatewayClient {
	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final URI gateway;
	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10))
			.version(HttpClient.Version.HTTP_1_1).build();

	GatewayClient(URI gateway) {
		this.gateway = gateway;
	}

	/** A new access token of an API client (RFC 6749, 4.4). */
	String token(String clientId, String secret) {
		String client = Base64.getEncoder().encodeToString((clientId + ":"
				+ URLEncoder.encode(secret, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
		HttpResponse<byte[]> answer = exchange("/auth/oauth2/token",
				HttpRequest.newBuilder().header("Authorization", "Basic " + client)
						.header("Content-Type", "application/x-www-form-urlencoded")
						.POST(BodyPublishers.ofString("grant_type=client_credentials")));
		if (answer.statusCode() != 200) {
			throw new AssertionError("No token for " + clientId + ": " + answer.statusCode());
		}
		return JSON.readTree(answer.body()).path("access_token").asString();
	}

	HttpResponse<byte[]> exchange(String path, HttpRequest.Builder request) {
		try {
			return Patience.send(http, request.uri(gateway.resolve(path)).timeout(Duration.ofSeconds(60)).build(),
					BodyHandlers.ofByteArray());
		} catch (IOException e) {
			throw new UncheckedIOException(path, e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}
}
