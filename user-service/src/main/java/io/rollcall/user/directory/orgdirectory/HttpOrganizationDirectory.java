package io.rollcall.user.directory.orgdirectory;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

import io.rollcall.platform.TemporarilyUnavailable;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.directory.OrganizationDirectory;
import io.rollcall.user.directory.ServiceToken;

/**
 * Asks {@code POST /api/organizations/validations} for the codes that it does not know, all in one call. What it was told is
 * good for ten minutes; that a code is unknown, for ten seconds only, since the next thing a coordinator does about it is to
 * have it added.
 */
@Component
class HttpOrganizationDirectory implements OrganizationDirectory {
	/** Nobody means an organization by more. */
	private static final int LONGEST_CODE = 100;
	/** The longest ones fit into what the directory reads at once; refused as too large, they would wait for ever. */
	private static final int CODES_A_CALL = 500;

	private final RestClient directory;
	private final ServiceToken token;
	private final Cache<String, Optional<Organization>> cache = Caffeine.newBuilder().maximumSize(20_000)
			.expireAfter(Expiry.<String, Optional<Organization>>creating((_, organization) -> organization.isPresent()
					? Duration.ofMinutes(10)
					: Duration.ofSeconds(10)))
			.build();

	record Question(List<String> codes) {}

	record Answer(List<Result> results) {}

	record Result(String code, boolean valid, @Nullable String level, @Nullable String parent) {
		Optional<Organization> organization() {
			if (!valid || level == null) return Optional.empty();
			return Optional.of(level.equals("school") && parent != null
					? Organization.school(code, parent)
					: Organization.district(code));
		}
	}

	HttpOrganizationDirectory(@Value("${rollcall.org-directory-url}") String url, RestClient.Builder builder,
			ServiceToken token) {
		var requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2))
						.build());
		requests.setReadTimeout(Duration.ofSeconds(5));
		this.directory = builder.baseUrl(url).requestFactory(requests).build();
		this.token = token;
	}

	@Override
	public Map<String, Organization> find(Set<String> codes) {
		Map<String, Organization> found = new HashMap<>();
		List<String> unknown = new ArrayList<>();
		for (String code : codes) {
			Optional<Organization> cached = cache.getIfPresent(code);
			if (cached == null) {
				if (mayBeCode(code)) unknown.add(code);
			} else {
				cached.ifPresent(organization -> found.put(code, organization));
			}
		}
		for (int from = 0; from < unknown.size(); from += CODES_A_CALL) {
			for (Result result : ask(unknown.subList(from, Math.min(from + CODES_A_CALL, unknown.size())))) {
				Optional<Organization> organization = result.organization();
				cache.put(result.code(), organization);
				organization.ifPresent(it -> found.put(it.code(), it));
			}
		}
		return found;
	}

	/** What cannot be a code is not asked for: it may be anything that stood in a cell. */
	private static boolean mayBeCode(String text) {
		return text.length() <= LONGEST_CODE
				&& text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
	}

	private List<Result> ask(List<String> codes) {
		try {
			Answer answer = directory.post().uri("/api/organizations/validations")
					.headers(headers -> headers.setBearerAuth(token.value())).body(new Question(codes)).retrieve()
					.body(Answer.class);
			if (answer == null) throw new TemporarilyUnavailable("org-directory-service gave no answer");
			return answer.results();
		} catch (RestClientException e) {
			throw new TemporarilyUnavailable("org-directory-service does not answer", e);
		}
	}
}
