package io.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.UserEvent;
import io.rollcall.testing.AuthorizationMatrix.Caller;

import static org.awaitility.Awaitility.await;

/** The callers of an {@link AuthorizationMatrix} at a service that knows them by their tokens alone. */
public final class TokenCallers implements AuthorizationMatrix.Asking {
	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final AuthorizationMatrix matrix;
	private final String base;
	private final Map<String, String> tokens = new HashMap<>();

	public TokenCallers(AuthorizationMatrix matrix, int port) {
		this.matrix = matrix;
		this.base = "http://localhost:" + port;
	}

	/**
	 * Gives everyone a token, and has those deactivated who are to be.
	 *
	 * @param publishing the event of it, as user-service publishes it
	 */
	public void prepare(Consumer<UserEvent.OfAccount> publishing) {
		for (Caller caller : matrix.callers()) {
			if (caller.isNobody()) continue;
			UUID account = UUID.randomUUID();
			tokens.put(caller.name(),
					Backends.issuer().token(account, caller.role(), matrix.organizations(caller.place()),
							matrix.districts(caller.place()), matrix.permissions(caller),
							caller.isAtTrainingSite() ? "TRAINING" : "PORTAL"));
			if (!caller.isDeactivated()) continue;
			UserEvent.OfAccount deactivated = new UserEvent.UserDeactivated(account + "/deactivated", Instant.now(),
					account, 2,
					new UserEvent.Origin("form", UUID.randomUUID(), null, null, null),
					new UserEvent.Account("overtaken", "Pat", "Overtaken", "overtaken@agawam.example", caller.role(),
							matrix.organizations(caller.place()), List.of(), Map.of(), "deactivated"));
			publishing.accept(deactivated);
			await().until(() -> send(caller, request("GET", "/api/docs/events", null)).statusCode() == 401);
		}
	}

	/** Absent for nobody. */
	public @Nullable String token(Caller caller) {
		return tokens.get(caller.name());
	}

	public HttpRequest.Builder request(String method, String path, @Nullable Object body) {
		var request = HttpRequest.newBuilder(URI.create(base + path)).method(method, body == null
				? BodyPublishers.noBody()
				: BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
		return body == null ? request : request.header("Content-Type", "application/json");
	}

	public HttpResponse<String> send(Caller caller, HttpRequest.Builder request) {
		String token = token(caller);
		if (token != null) request.header("Authorization", "Bearer " + token);
		try {
			return HTTP.send(request.build(), BodyHandlers.ofString());
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}

	@Override
	public String ask(String method, String path, Caller caller, @Nullable Object body) {
		HttpResponse<String> answer = send(caller, request(method, path, body));
		return AuthorizationMatrix.answered(answer.statusCode(), answer.body());
	}
}
