package io.rollcall.organization.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.testing.AuthorizationMatrix;
import io.rollcall.testing.AuthorizationMatrix.Caller;
import io.rollcall.testing.AuthorizationMatrix.Target;
import io.rollcall.testing.TokenCallers;

/** Every call of this service by every caller about every kind of organization, against {@code authorization.yaml}. */
class AuthorizationIT extends OrganizationsOverHttp {
	@Autowired
	private ApplicationContext service;
	@Autowired
	private AcknowledgedPublisher publisher;
	@Autowired
	private CloudEvents events;

	private final AuthorizationMatrix matrix = AuthorizationMatrix.of("organizations");
	private TokenCallers callers;

	@BeforeEach
	void prepare() {
		callers = new TokenCallers(matrix, port);
		callers.prepare(event -> publisher.publish(List.of(events.of(event, null))));
	}

	@Test
	void everyCallIsAllowedToWhomTheTableSays() {
		matrix.assertKnows(AuthorizationMatrix.endpoints(service));
		List<Target> targets = new ArrayList<>(List.of(Target.absent("00050000-00059999")));
		for (String level : List.of("school", "district"))
			for (String place : matrix.places(level))
				if (matrix.organizations(place).size() == 1)
					targets.add(Target.of(matrix.organizations(place).getFirst(), "", place));
		for (Caller caller : matrix.callers()) {
			matrix.checkCalls(caller, callers);
			for (Target target : targets)
				for (String call : matrix.calls("organizations"))
					matrix.check("organizations", call, caller, target, ask(call, caller, target.id()));
		}
		matrix.assertAllAsTheTableSays();
	}

	private String ask(String call, Caller caller, String code) {
		Map<String, Object> codes = Map.of("codes", List.of(code));
		return switch (call) {
			case "GET /api/organizations" -> word(caller, "GET", "/api/organizations?size=200&search=" + code, null,
					"\"code\":\"" + code + "\"", "listed", "left out");
			case "POST /api/organizations/validations" -> word(caller, "POST", "/api/organizations/validations", codes,
					"\"valid\":true", "valid", "invalid");
			case "POST /api/organizations/suggestions" -> word(caller, "POST", "/api/organizations/suggestions", codes,
					"\"suggestion\":\"" + code + "\"", "suggested", "nothing");
			default -> callers.ask("GET", "/api/organizations/" + code, caller, null);
		};
	}

	/** The first word when the answer says so. */
	private String word(Caller caller, String method, String path, @Nullable Object body, String said, String first,
			String otherwise) {
		HttpResponse<String> answer = callers.send(caller, callers.request(method, path, body));
		if (answer.statusCode() != 200) return AuthorizationMatrix.answered(answer.statusCode(), answer.body());
		return answer.body().contains(said) ? first : otherwise;
	}
}
