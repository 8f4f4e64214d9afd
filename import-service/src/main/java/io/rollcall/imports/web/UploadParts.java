package io.rollcall.imports.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.web.multipart.MultipartHttpServletRequest;

import io.rollcall.platform.web.Problems.FieldError;

/** The parts that an upload may have: what else is sent was meant for something, and would be left undone without a word. */
final class UploadParts {
	private static final String FILE = "file";
	private static final Set<String> FIELDS = Set.of("action", "dryRun");

	private UploadParts() {}

	static List<FieldError> errors(MultipartHttpServletRequest upload) {
		List<FieldError> errors = new ArrayList<>();
		Set<String> names = new TreeSet<>(upload.getParameterMap().keySet());
		if (names.remove(FILE))
			errors.add(new FieldError(FILE, "invalid", "The part 'file' must be a file, not text."));
		names.addAll(upload.getMultiFileMap().keySet());
		names.remove(FILE);
		names.removeAll(FIELDS);
		for (String name : names)
			errors.add(new FieldError(shown(name), "unknown-part", "There is no part '" + shown(name) + "' here."));
		for (String field : FIELDS.stream().sorted().toList()) {
			String[] values = upload.getParameterValues(field);
			if (values != null && values.length > 1)
				errors.add(new FieldError(field, "invalid", "The part '" + field + "' is there twice."));
		}
		return errors;
	}

	/** A name that is none is not repeated. */
	private static String shown(String name) {
		return name.matches("[A-Za-z0-9_-]{1,50}") ? name : "?";
	}
}
