package io.rollcall.imports.reference;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

import io.rollcall.imports.meaning.OrganizationCell.Organization;
import io.rollcall.imports.meaning.ProgramWords;
import io.rollcall.imports.suggestion.ReferenceData;
import io.rollcall.platform.TemporarilyUnavailable;

/** {@code POST /api/organizations/suggestions} and {@code GET /api/reference}. Somebody waits for the rows: so not for long. */
@Component
class HttpReferenceData implements ReferenceData {
	private static final Duration PATIENCE = Duration.ofSeconds(1);
	private static final Duration GOOD_FOR = Duration.ofMinutes(5);

	private final RestClient directory;
	private final RestClient userService;
	private final Clock clock;
	private volatile Known known = new Known(List.of(), Instant.MIN);

	/** @param until when they are asked for again: programs are configuration */
	private record Known(List<ProgramWords.Program> programs, Instant until) {}

	record Question(Collection<String> codes) {}

	record Meanings(List<Meaning> results) {}

	record Meaning(String code, @Nullable String suggestion, @Nullable String name) {}

	record Reference(List<Program> programs) {}

	/** @param districts the districts that it is for; none for all */
	record Program(String id, String name, List<String> districts) {}

	HttpReferenceData(@Value("${rollcall.org-directory-url}") String directoryUrl,
			@Value("${rollcall.user-service-url}") String userServiceUrl, RestClient.Builder builder,
			Clock clock) {
		this.clock = clock;
		var requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build());
		requests.setReadTimeout(PATIENCE);
		this.directory = builder.clone().baseUrl(directoryUrl).requestFactory(requests).build();
		this.userService = builder.clone().baseUrl(userServiceUrl).requestFactory(requests).build();
	}

	@Override
	public Map<String, Organization> organizationsMeant(Collection<String> texts, String bearer) {
		Meanings answer = answered("org-directory-service", directory.post().uri("/api/organizations/suggestions")
				.headers(headers -> headers.setBearerAuth(bearer)).body(new Question(texts)), Meanings.class);
		Map<String, Organization> meant = new HashMap<>();
		for (Meaning meaning : answer.results()) {
			String code = meaning.suggestion();
			String name = meaning.name();
			if (code != null && name != null) meant.put(meaning.code(), new Organization(code, name));
		}
		return meant;
	}

	@Override
	public List<ProgramWords.Program> programs(String bearer) {
		Known last = known;
		if (clock.instant().isBefore(last.until())) return last.programs();
		Reference answer = answered("user-service",
				userService.get().uri("/api/reference").headers(headers -> headers.setBearerAuth(bearer)),
				Reference.class);
		List<ProgramWords.Program> programs = answer.programs().stream().filter(it -> it.districts().isEmpty())
				.map(it -> new ProgramWords.Program(it.id(), it.name())).toList();
		known = new Known(programs, clock.instant().plus(GOOD_FOR));
		return programs;
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
