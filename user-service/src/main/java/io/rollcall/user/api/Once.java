package io.rollcall.user.api;

import java.util.function.Function;

import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.platform.Sha256;
import io.rollcall.user.request.Attempt;
import io.rollcall.user.request.KeyedRequests;

/** {@link KeyedRequests}, of calls. */
@Component
class Once {
	private final KeyedRequests requests;
	private final JsonMapper json;

	Once(KeyedRequests requests, JsonMapper json) {
		this.requests = requests;
		this.json = json;
	}

	/**
	 * Runs {@code work}, which is itself safe to repeat with the same cause.
	 *
	 * @param what the endpoint
	 */
	<T> T run(Call call, String what, Object body, Function<Attempt, T> work) {
		if (call.idempotencyKey() == null) return work.apply(new Attempt.First());
		try {
			return requests.run(call.origin().causeId(), fingerprint(what, body),
					ErrorResponseException.class::isInstance, work);
		} catch (KeyedRequests.KeyReused _) {
			throw Refusals.keyReused();
		}
	}

	private String fingerprint(String what, Object body) {
		return Sha256.hex(json.writeValueAsString(what) + json.writeValueAsString(body));
	}
}
