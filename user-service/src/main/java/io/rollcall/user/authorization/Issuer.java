package io.rollcall.user.authorization;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Who signs the tokens, as they and the discovery document say it: the Portal's base address with {@code /auth}. */
@Component
class Issuer {
	private final String uri;

	Issuer(@Value("${rollcall.base-url}") String baseUrl) {
		this.uri = baseUrl + "/auth";
	}

	String uri() {
		return uri;
	}
}
