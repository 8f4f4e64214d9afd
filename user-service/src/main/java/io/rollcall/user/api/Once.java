package io.rollcall.user.api;

import java.util.function.Function;

import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.platform.Sha256;
import io.rollcall.user.request.Attempt;
import io.rollcall.user.request.RequestKeys;

/** Keeps an {@code Idempotency-Key} to the request it was first sent with. */
@Component
class Once {
	private final RequestKeys keys;
	private final JsonMapper json;

	Once(RequestKeys keys, JsonMapper json) {
		this.keys = keys;
		this.json = json;
	}

	/**
	 * Runs {@code work}, which is itself safe to repeat with the same cause, and does nothing once it was answered. A request that is
	 * refused when it comes first leaves its key free: one may correct a form and send it again.
	 *
	 * @param what the endpoint
	 */
	<T> T run(Call call, String what, Object body, Function<Attempt, T> work) {
		if (call.idempotencyKey() == null) return work.apply(new Attempt.First());
		String key = call.origin().causeId();
		Attempt attempt = keys.claim(key, fingerprint(what, body)).orElseThrow(Refusals::keyReused);
		try {
			T answer = work.apply(attempt);
			if (!(attempt instanceof Attempt.Answered)) keys.answered(key);
			return answer;
		} catch (ErrorResponseException refused) {
			if (attempt instanceof Attempt.First) keys.release(key);
			throw refused;
		}
	}

	private String fingerprint(String what, Object body) {
		return Sha256.hex(json.writeValueAsString(what) + json.writeValueAsString(body));
	}
}
