package io.rollcall.imports.reference;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

import io.rollcall.imports.suggestion.ReferenceData;
import io.rollcall.platform.messaging.TemporarilyUnavailable;

/** {@code POST /api/organizations/suggestions} and {@code GET /api/reference}. Somebody waits for the rows: so not for long. */
@Component
class HttpReferenceData implements ReferenceData {
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final RestClient directory;
	private final RestClient userService;
	/** Roles are in the code: they do not change while it runs. */
	private volatile Map<String, String> roles = Map.of();

	record Question(Collection<String> codes) {}

	record Meanings(List<Meaning> results) {}

	record Meaning(String code, @Nullable String suggestion, @Nullable String name) {}

	record Reference(List<Role> roles) {}

	record Role(String code, String title) {}

	HttpReferenceData(@Value("${rollcall.org-directory-url}") String directoryUrl,
			@Value("${rollcall.user-service-url}") String userServiceUrl, RestClient.Builder builder) {
		var requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build());
		requests.setReadTimeout(PATIENCE);
		this.directory = builder.clone().baseUrl(directoryUrl).requestFactory(requests).build();
		this.userService = builder.clone().baseUrl(userServiceUrl).requestFactory(requests).build();
	}

	@Override
	public Map<String, Organization> organizationsMeant(Collection<String> codes, String bearer) {
		Meanings answer = answered("org-directory-service", directory.post().uri("/api/organizations/suggestions")
				.headers(headers -> headers.setBearerAuth(bearer)).body(new Question(codes)), Meanings.class);
		Map<String, Organization> meant = new HashMap<>();
		for (Meaning meaning : answer.results()) {
			String code = meaning.suggestion();
			String name = meaning.name();
			if (code != null && name != null) meant.put(meaning.code(), new Organization(code, name));
		}
		return meant;
	}

	@Override
	public Map<String, String> roleCodes(String bearer) {
		if (roles.isEmpty()) {
			Reference answer = answered("user-service", userService.get().uri("/api/reference")
					.headers(headers -> headers.setBearerAuth(bearer)), Reference.class);
			roles = answer.roles().stream().collect(Collectors.toUnmodifiableMap(Role::title, Role::code));
		}
		return roles;
	}

	private static <T> T answered(String service, RestClient.RequestHeadersSpec<?> request, Class<T> type) {
		try {
			T answer = request.retrieve().body(type);
			if (answer == null) throw new TemporarilyUnavailable(service + " gave no answer");
			return answer;
		} catch (RestClientException e) {
			throw new TemporarilyUnavailable(service + " does not answer", e);
		}
	}
}
