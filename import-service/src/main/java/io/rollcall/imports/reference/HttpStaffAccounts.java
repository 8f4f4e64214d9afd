package io.rollcall.imports.reference;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;
import org.springframework.web.client.RestClientException;

import io.rollcall.imports.comparison.StaffAccounts;
import io.rollcall.platform.TemporarilyUnavailable;

/** {@code POST /api/users/comparisons}. Somebody waits for a whole list: so for longer than for a cell. */
@Component
class HttpStaffAccounts implements StaffAccounts {
	private static final Duration TO_CONNECT = Duration.ofSeconds(1);
	private static final Duration PATIENCE = Duration.ofSeconds(15);
	private static final String NOT_OWN = "organization-not-own";

	private final RestClient userService;

	record Question(List<String> organizations, List<Row> rows) {}

	record Problem(@Nullable String detail, @Nullable List<FieldProblem> errors) {
		boolean isNotOwn() {
			return errors != null && errors.stream().anyMatch(it -> NOT_OWN.equals(it.code()));
		}
	}

	record FieldProblem(@Nullable String code) {}

	HttpStaffAccounts(@Value("${rollcall.user-service-url}") String userServiceUrl, RestClient.Builder builder) {
		var requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TO_CONNECT).build());
		requests.setReadTimeout(PATIENCE);
		this.userService = builder.clone().baseUrl(userServiceUrl).requestFactory(requests).build();
	}

	@Override
	public Answer compare(List<String> organizations, List<Row> rows, String bearer) {
		try {
			return userService.post().uri("/api/users/comparisons").headers(headers -> headers.setBearerAuth(bearer))
					.body(new Question(organizations, rows)).exchange((_, response) -> answer(response));
		} catch (RestClientException e) {
			throw new TemporarilyUnavailable("user-service does not answer", e);
		}
	}

	private static Answer answer(ConvertibleClientHttpResponse response) throws IOException {
		switch (response.getStatusCode().value()) {
			case 200 -> {
				Answer.Compared compared = response.bodyTo(Answer.Compared.class);
				if (compared != null) return compared;
			}
			case 422 -> {
				Problem problem = response.bodyTo(Problem.class);
				if (problem != null && problem.isNotOwn() && problem.detail() != null)
					return new Refusal.NotOwn(problem.detail());
			}
			case 429 -> {
				return new Refusal.Spent(retryAfter(response));
			}
			default -> {
			}
		}
		throw new TemporarilyUnavailable("user-service does not compare: " + response.getStatusCode().value());
	}

	private static Duration retryAfter(ClientHttpResponse response) {
		String seconds = response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
		return seconds != null && seconds.matches("\\d{1,6}")
				? Duration.ofSeconds(Long.parseLong(seconds))
				: Duration.ofHours(1);
	}
}
