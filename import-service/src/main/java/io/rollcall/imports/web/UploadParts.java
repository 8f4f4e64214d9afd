package io.rollcall.imports.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

import io.rollcall.platform.web.Problems.FieldError;

/** The parts that an upload may have: what else is sent was meant for something, and would be left undone without a word. */
final class UploadParts {
	private static final String FILE = "file";
	static final String ORGANIZATION = "organization";
	static final Names OF_AN_IMPORT = new Names(Set.of("action", "dryRun", "table"), Set.of());
	static final Names OF_A_TABLE = new Names(Set.of("sheet", "headerLine"), Set.of());
	static final Names OF_A_COMPARISON = new Names(Set.of("table"), Set.of(ORGANIZATION));

	/** Of the parts beside the file: those that may be there once, and those that may be repeated. */
	record Names(Set<String> once, Set<String> repeatable) {}

	private UploadParts() {}

	static List<FieldError> errors(MultipartHttpServletRequest upload, Names fields) {
		List<FieldError> errors = new ArrayList<>();
		Set<String> names = new TreeSet<>(upload.getParameterMap().keySet());
		if (names.remove(FILE))
			errors.add(new FieldError(FILE, "invalid", "The part 'file' must be a file, not text."));
		names.addAll(upload.getMultiFileMap().keySet());
		names.remove(FILE);
		names.removeAll(fields.once());
		names.removeAll(fields.repeatable());
		for (String name : names)
			errors.add(new FieldError(shown(name), "unknown-part", "There is no part '" + shown(name) + "' here."));
		for (String field : fields.once().stream().sorted().toList()) {
			String[] values = upload.getParameterValues(field);
			if (values != null && values.length > 1)
				errors.add(new FieldError(field, "invalid", "The part '" + field + "' is there twice."));
		}
		return errors;
	}

	/** The one file; null when it is absent or not the only one. */
	static @Nullable MultipartFile file(@Nullable List<MultipartFile> files, List<FieldError> errors) {
		MultipartFile file = files == null || files.isEmpty() ? null : files.getFirst();
		if (files != null && files.size() > 1) {
			errors.add(new FieldError(FILE, "invalid", "Upload one file at a time."));
			return null;
		}
		if (file == null || file.isEmpty() && (file.getOriginalFilename() == null
				|| file.getOriginalFilename().isEmpty())) {
			errors.add(new FieldError(FILE, "required", "Choose a file to upload."));
			return null;
		}
		return file;
	}

	/** A name that is none is not repeated. */
	private static String shown(String name) {
		return name.matches("[A-Za-z0-9_-]{1,50}") ? name : "?";
	}
}
