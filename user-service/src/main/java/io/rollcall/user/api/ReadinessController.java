package io.rollcall.user.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;
import io.rollcall.user.roster.Readiness;
import io.rollcall.user.roster.Readiness.Figures;
import io.rollcall.user.roster.Roster;
import io.rollcall.user.roster.RosterLag;

import static io.rollcall.user.api.UsersController.MAY_MANAGE;

/** How far the people of a district are before a test, school by school. The list has a filter for each of the figures. */
@RestController
@PreAuthorize(MAY_MANAGE)
class ReadinessController {
	private final Roster roster;
	private final RosterLag lag;

	ReadinessController(Roster roster, RosterLag lag) {
		this.roster = roster;
		this.lag = lag;
	}

	record ReadinessResponse(String organization, FiguresResponse people, List<PlaceResponse> places) {}

	/** {@code roles} and {@code credentials} are how many accounts have each; what none has is absent. */
	record FiguresResponse(int accounts, Map<String, Integer> roles, Map<String, Integer> credentials,
			int undelivered) {
		static FiguresResponse of(Figures it) {
			return new FiguresResponse(it.accounts(), named(it.roles(), Role::name),
					named(it.passwords(), password -> password.name().toLowerCase(Locale.ROOT)), it.undelivered());
		}

		private static <K> Map<String, Integer> named(Map<K, Integer> counts, Function<K, String> name) {
			Map<String, Integer> named = new LinkedHashMap<>();
			counts.forEach((it, count) -> named.put(name.apply(it), count));
			return named;
		}
	}

	record PlaceResponse(String code, @JsonUnwrapped FiguresResponse figures) {}

	/** As far as it is one's own; what has no active account is absent. */
	@GetMapping("/api/users/readiness")
	@PreAuthorize(MAY_MANAGE)
	ResponseEntity<ReadinessResponse> readiness(Actor actor, @RequestParam(defaultValue = "") String organization) {
		String code = AccountFilter.code(organization);
		List<FieldError> errors = code.isEmpty()
				? List.of(new FieldError("organization", "required", "Say for which organization."))
				: AccountFilter.codeErrors(organization);
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		long behind = lag.events();
		Readiness found = roster.readiness(actor, code);
		List<PlaceResponse> places = new ArrayList<>();
		found.places().forEach((place, figures) -> places.add(new PlaceResponse(place, FiguresResponse.of(figures))));
		return ResponseEntity.ok().header(UsersController.LAG, String.valueOf(behind))
				.body(new ReadinessResponse(code, FiguresResponse.of(found.people()), places));
	}
}
