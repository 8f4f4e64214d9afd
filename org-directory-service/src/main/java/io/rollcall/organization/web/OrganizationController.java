package io.rollcall.organization.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.organization.Directory;
import io.rollcall.organization.Directory.Wanted;
import io.rollcall.organization.DirectoryService;
import io.rollcall.organization.Level;
import io.rollcall.organization.Organization;
import io.rollcall.organization.Sight;
import io.rollcall.organization.web.Refusal.NoCodes;
import io.rollcall.organization.web.Refusal.NoSuchOrganization;
import io.rollcall.organization.web.Refusal.Refused;
import io.rollcall.organization.web.Refusal.TooManyCodes;
import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.PageResponse;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.SearchText;

/** Look-up, search, and the validation of many codes at once. */
@RestController
@RequestMapping("/api/organizations")
class OrganizationController {
	private static final int MAX_CODES = 1_000;
	/** Each is compared with the whole directory. */
	private static final int MAX_SUGGESTIONS = 200;
	private static final int MAX_SIZE = 200;
	/** By the names that answers have for them. */
	private static final Map<String, Level> LEVELS = Stream.of(Level.values())
			.collect(Collectors.toUnmodifiableMap(OrganizationController::name, it -> it));

	/** @param parentName the district's name, to be shown beside a school's */
	record OrganizationResponse(String code, String name, String level, String type, @Nullable String town,
			@Nullable String parent, @Nullable String parentName, boolean closed) {}

	record Validation(@Nullable List<@Nullable String> codes) {}

	record Suggested(List<Suggestion> results) {
		/** @param suggestion the code that was probably meant, with its name; absent when nobody can say */
		record Suggestion(String code, @Nullable String suggestion, @Nullable String name) {}
	}

	record Validated(List<Result> results) {
		/** @param valid whether the code may be given to an account; a closed organization's may not */
		record Result(String code, boolean valid, @Nullable String level, @Nullable String name,
				@Nullable String parent, boolean closed) {}
	}

	private final DirectoryService service;

	OrganizationController(DirectoryService service) {
		this.service = service;
	}

	/** Within the caller's own organizations; best match first. Level and what may be given to accounts narrow it before it is cut into pages. */
	@GetMapping
	@PreAuthorize("isAuthenticated()")
	PageResponse<OrganizationResponse> search(@AuthenticationPrincipal Caller caller,
			@RequestParam(defaultValue = "") String search, @RequestParam(required = false) @Nullable String parent,
			@RequestParam(required = false) @Nullable String level,
			@RequestParam(defaultValue = "false") boolean assignable,
			@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "50") int size) {
		List<FieldError> errors = PageResponse.errors(page, size, MAX_SIZE);
		errors.addAll(SearchText.errors(search));
		Level wantedLevel = level == null ? null : LEVELS.get(level);
		if (level != null && wantedLevel == null)
			errors.add(new FieldError("level", "invalid", "The level must be district or school."));
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		Directory directory = service.directory();
		List<Organization> found = directory.search(sightOf(caller), search,
				new Wanted(parent, wantedLevel, assignable));
		return PageResponse.of(
				PageResponse.part(found, page, size).stream().map(it -> response(it, directory)).toList(),
				page, size, found.size());
	}

	/** Any organization: what a code means is no secret. */
	@GetMapping("/{code}")
	@PreAuthorize("isAuthenticated()")
	OrganizationResponse byCode(@PathVariable String code) {
		Directory directory = service.directory();
		return directory.find(code).map(organization -> response(organization, directory))
				.orElseThrow(() -> new Refused(new NoSuchOrganization()));
	}

	/** In the order asked. Whether the caller may assign them is not asked here: that is the account's owner's to say. */
	@PostMapping("/validations")
	@PreAuthorize("isAuthenticated()")
	Validated validate(@RequestBody Validation validation) {
		Directory directory = service.directory();
		return new Validated(codes(validation, MAX_CODES).map(code -> result(code, directory)).toList());
	}

	/** What mistyped codes were probably meant to be, within the caller's own organizations; in the order asked. */
	@PostMapping("/suggestions")
	@PreAuthorize("isAuthenticated()")
	Suggested suggest(@AuthenticationPrincipal Caller caller, @RequestBody Validation question) {
		Directory directory = service.directory();
		Sight sight = sightOf(caller);
		return new Suggested(codes(question, MAX_SUGGESTIONS).map(code -> directory.meant(sight, code)
				.map(meant -> new Suggested.Suggestion(code, meant.code(), meant.name()))
				.orElseGet(() -> new Suggested.Suggestion(code, null, null))).toList());
	}

	private static Stream<String> codes(Validation validation, int limit) {
		List<@Nullable String> codes = validation.codes();
		if (codes == null) throw new Refused(new NoCodes());
		if (codes.size() > limit) throw new Refused(new TooManyCodes(codes.size(), limit));
		return codes.stream().map(code -> {
			if (code == null) throw new Refused(new NoCodes());
			return code;
		});
	}

	private static Validated.Result result(String code, Directory directory) {
		return directory.find(code)
				.map(found -> new Validated.Result(code, found.isAssignable(), level(found), found.name(),
						found.parent(), found.closed()))
				.orElseGet(() -> new Validated.Result(code, false, null, null, null, false));
	}

	/** Operations see the directory whole too: it holds no person. */
	private static Sight sightOf(Caller caller) {
		return caller.isStateWide() || caller.isOperations()
				? new Sight.StateWide()
				: new Sight.Own(caller.organizations());
	}

	private static OrganizationResponse response(Organization organization, Directory directory) {
		String parent = organization.parent();
		String parentName = parent == null ? null : directory.find(parent).map(Organization::name).orElse(null);
		return new OrganizationResponse(organization.code(), organization.name(), level(organization),
				organization.type(), organization.town(), parent, parentName, organization.closed());
	}

	private static String level(Organization organization) {
		return name(organization.level());
	}

	private static String name(Level level) {
		return level.name().toLowerCase(Locale.ROOT);
	}
}
