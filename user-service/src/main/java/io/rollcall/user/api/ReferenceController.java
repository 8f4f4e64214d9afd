package io.rollcall.user.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Programs;
import io.rollcall.user.credential.PasswordRules;
import io.rollcall.user.permission.Permission;
import io.rollcall.user.permission.Role;

/** {@code /api/reference}: the guide's Tables 1 and 4 and its limits as data, for those who build forms. */
@RestController
class ReferenceController {
	private final Programs programs;
	private final PasswordRules passwords;
	private final ImportLimits imports;

	ReferenceController(Programs programs, PasswordRules passwords, ImportLimits imports) {
		this.programs = programs;
		this.passwords = passwords;
		this.imports = imports;
	}

	/** import-service's own settings, which all services share; it alone goes by them. */
	@ConfigurationProperties("rollcall.imports")
	record ImportLimits(int maxRecords, DataSize maxFileSize) {}

	record ReferenceResponse(List<RoleResponse> roles, List<PermissionResponse> permissions,
			List<ProgramResponse> programs, List<FieldResponse> fields, List<RuleResponse> passwordRules,
			ImportLimitsResponse importLimits) {}

	/** {@code grants}: the roles that one in this role may grant and manage. */
	record RoleResponse(String code, String title, List<String> levels, List<String> permissions,
			List<String> grants) {}

	record PermissionResponse(String id, String description) {}

	/** {@code districts} empty: for all. */
	record ProgramResponse(String id, String name, List<String> districts) {}

	record FieldResponse(String id, String column, boolean required, List<RuleResponse> rules) {}

	record RuleResponse(String code, String message) {}

	/** What an upload file may have at most. */
	record ImportLimitsResponse(int records, long bytes) {}

	@GetMapping("/api/reference")
	@PreAuthorize("isAuthenticated()")
	ReferenceResponse reference() {
		return new ReferenceResponse(Arrays.stream(Role.values()).map(ReferenceController::role).toList(),
				Arrays.stream(Permission.values()).map(it -> new PermissionResponse(it.id(), it.description()))
						.toList(),
				programs.programs().stream()
						.map(it -> new ProgramResponse(it.id(), it.name(), it.districts().stream().sorted().toList()))
						.toList(),
				Arrays.stream(Field.values()).map(ReferenceController::field).toList(),
				passwords.rules().stream().map(it -> new RuleResponse(it.code(), it.message())).toList(),
				new ImportLimitsResponse(imports.maxRecords(), imports.maxFileSize().toBytes()));
	}

	private static RoleResponse role(Role role) {
		return new RoleResponse(role.name(), role.title(),
				role.levels().stream().map(it -> it.name().toLowerCase(Locale.ROOT)).toList(),
				role.permissions().stream().map(Permission::id).toList(),
				Arrays.stream(Role.values()).filter(role::manages).map(Role::name).toList());
	}

	private static FieldResponse field(Field field) {
		return new FieldResponse(field.id(), field.column(), field.isRequired(),
				Arrays.stream(Fault.values()).filter(it -> it.field() == field)
						.map(it -> new RuleResponse(it.code(), it.message())).toList());
	}
}
