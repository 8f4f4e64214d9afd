package io.rollcall.imports.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.ReferencePlayer;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.testing.AuthorizationMatrix;
import io.rollcall.testing.AuthorizationMatrix.Caller;
import io.rollcall.testing.AuthorizationMatrix.Target;
import io.rollcall.testing.Backends;
import io.rollcall.testing.TokenCallers;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Every call of this service by every caller about everybody's imports, against {@code authorization.yaml}. */
class AuthorizationIT extends WholeService {
	@LocalServerPort
	private int port;
	@Autowired
	private ApplicationContext service;
	@Autowired
	private AcknowledgedPublisher publisher;
	@Autowired
	private CloudEvents events;

	private final AuthorizationMatrix matrix = AuthorizationMatrix.of("imports");
	private TokenCallers callers;

	@BeforeEach
	void prepare() {
		UserServicePlayer.playing();
		ReferencePlayer.playing().compares(ReferencePlayer::allNew);
		callers = new TokenCallers(matrix, port);
		callers.prepare(event -> publisher.publish(List.of(events.of(event, null))));
	}

	@AfterEach
	void letRowsGoOn() {
		matrix.callers().stream().filter(caller -> caller.role().equals("OPS"))
				.forEach(caller -> callers.ask("POST", "/api/operations/imports/dispatch/resume", caller, null));
	}

	@Test
	void everyCallIsAllowedToWhomTheTableSays() throws Exception {
		matrix.assertKnows(AuthorizationMatrix.endpoints(service));
		List<Target> targets = new ArrayList<>();
		for (String place : matrix.places("district"))
			for (String role : List.of("DTC", "TC"))
				targets.add(dryRun(role, place));
		for (String place : matrix.places("school"))
			for (String role : List.of("STC", "TC"))
				targets.add(dryRun(role, place));
		targets.add(dryRun("SC", "the state"));
		for (Caller caller : matrix.callers()) {
			if (matrix.permissions(caller).contains("manage-users") && !caller.isDeactivated()) {
				targets.add(new Target(dryRun(callers.token(caller)), caller.role(), caller.place(), caller.name()));
			}
		}
		targets.add(Target.absent(UUID.randomUUID().toString()));
		List<Target> lists = new ArrayList<>(List.of(targets.getLast()));
		for (Caller caller : matrix.callers()) {
			if (matrix.permissions(caller).contains("manage-users") && !caller.isDeactivated()) {
				lists.add(new Target(list(callers.token(caller)), caller.role(), caller.place(), caller.name()));
			}
		}

		List<Runnable> work = new ArrayList<>();
		for (Caller caller : matrix.callers()) {
			work.add(() -> {
				check("imports", caller, targets);
				check("comparisons", caller, lists);
			});
		}
		AuthorizationMatrix.run(work);
		matrix.callers().forEach(caller -> matrix.checkCalls(caller, this::ask)); // last: they pause the rows
		matrix.assertAllAsTheTableSays();
	}

	private void check(String table, Caller caller, List<Target> targets) {
		for (Target target : targets)
			for (String call : matrix.calls(table))
				matrix.check(table, call, caller, target, ask(call, caller, target.id()));
	}

	private String ask(String call, Caller caller, String id) {
		String path = AuthorizationMatrix.path(call).replace("{id}", id).replace("{record}", "1");
		return switch (call) {
			case "GET /api/imports" -> {
				var answer = callers.send(caller, callers.request("GET", path + "?size=500", null));
				yield answer.statusCode() != 200
						? String.valueOf(answer.statusCode())
						: answer.body().contains(id) ? "listed" : "left out";
			}
			case "GET /api/imports/{id}/progress" -> {
				String polled = callers.ask("GET", path, caller, null);
				var live = callers.send(caller,
						callers.request("GET", path, null).header("Accept", "text/event-stream"));
				String watched = AuthorizationMatrix.answered(live.statusCode(), live.body());
				yield polled.equals(watched) ? polled : polled + ", but watched " + watched;
			}
			case "PATCH /api/imports/{id}/draft" -> callers.ask("PATCH", path, caller,
					Map.of("corrections", List.of(Map.of("recordNumber", 1, "cells", Map.of("Role", "STC")))));
			case "PATCH /api/comparisons/{id}" -> callers.ask("PATCH", path, caller, Map.of("decisions",
					List.of(Map.of("recordNumber", 1, "userId", UUID.randomUUID(), "same", false))));
			case "POST /api/comparisons/{id}/previews" -> callers.ask("POST", path, caller, Map.of());
			default -> callers.ask(AuthorizationMatrix.method(call), path, caller, null);
		};
	}

	private String ask(String method, String path, Caller caller, @Nullable Object body) {
		var client = new Client(port, callers.token(caller) == null ? "" : callers.token(caller));
		return switch (method + " " + path) {
			case "POST /api/imports" -> answered(client.upload("add", Client.file("cell")));
			case "POST /api/imports/tables" ->
				answered(client.table(Map.of(), "cells.txt", Client.file("cell").getBytes(UTF_8)));
			case "POST /api/comparisons" -> answered(compare(client));
			default -> callers.ask(method, path, caller, body);
		};
	}

	private static Client.Answer compare(Client client) {
		return client.compare(List.of("00050000"), Map.of(), "cells.csv", Client.file("cell").getBytes(UTF_8));
	}

	private String list(@Nullable String token) {
		return compare(new Client(port, token == null ? "" : token)).json().path("id").asString();
	}

	private static String answered(Client.Answer answer) {
		return AuthorizationMatrix.answered(answer.status(), answer.text());
	}

	/** By somebody who is no caller. */
	private Target dryRun(String role, String place) {
		Caller submitter = new Caller("a submitter", role, place, false, false);
		return Target.of(
				dryRun(Backends.issuer().token(UUID.randomUUID(), role, matrix.organizations(place),
						matrix.districts(place), matrix.permissions(submitter))),
				role, place);
	}

	/** With a rejected row, so that there is an error file. */
	private String dryRun(@Nullable String token) {
		var client = new Client(port, token == null ? "" : token);
		return client.completed(client.upload(Map.of("action", "add", "dryRun", "true"), "cells.csv",
				Client.file("cell", "rejectedCell").getBytes(UTF_8), Map.of()).json()).path("id").asString();
	}
}
