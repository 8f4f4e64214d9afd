package io.rollcall.notification.web;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

import io.rollcall.notification.RunningService;
import io.rollcall.testing.AuthorizationMatrix;
import io.rollcall.testing.TokenCallers;

/** Every call of this service by every caller, against {@code authorization.yaml}. */
class AuthorizationIT extends RunningService {
	@Autowired
	private ApplicationContext service;
	@LocalServerPort
	private int port;

	private final AuthorizationMatrix matrix = AuthorizationMatrix.of("mails");

	@Test
	void everyCallIsAllowedToWhomTheTableSays() {
		matrix.assertKnows(AuthorizationMatrix.endpoints(service));
		var callers = new TokenCallers(matrix, port);
		callers.prepare(event -> publisher.publish(List.of(events.of(event, null))));
		matrix.callers().forEach(caller -> matrix.checkCalls(caller, callers));
		matrix.assertAllAsTheTableSays();
	}
}
