package io.rollcall.imports.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

import io.rollcall.imports.Messages;
import io.rollcall.imports.UploadQuota;
import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.platform.tomcat.BodyFailure;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.Waiting;

/** Refusals as problem details: for handlers to throw, and of what was refused before it came to one. */
@RestControllerAdvice
@Order(0)
class Refusals {
	private final DataSize maxFileSize;

	Refusals(FileLimits limits) {
		maxFileSize = limits.maxFileSize();
	}

	static ErrorResponseException of(FileRefusal refusal) {
		return switch (refusal) {
			case FileRefusal.NotCsv _ -> unprocessable("not-csv", Messages.NOT_CSV);
			case FileRefusal.WrongColumns wrong -> of(wrong);
			case FileRefusal.NoHeader _ -> unprocessable("no-header",
					"The first line must name the columns, and it names none of them. Please put the first line of the template above it and try again.");
			case FileRefusal.NotTheHeader(String firstLine) -> unprocessable("not-the-header",
					"The first line must name the columns. It is: '%s'. Please remove what stands above the names of the columns and try again."
							.formatted(firstLine));
			case FileRefusal.Misfit(int record, long line) -> unprocessable("misfit-record",
					"Record %d (line %d) has more cells than the file has columns. Please update the file and try again."
							.formatted(record, line));
			case FileRefusal.EndlessCell(int record, long line, String column, int limit) ->
				unprocessable("cell-too-long",
						"In record %d (line %d), the column '%s' has more than %,d characters. Please update the file and try again."
								.formatted(record, line, column, limit));
			case FileRefusal.TooManyRecords(int count, boolean more, int limit) -> unprocessable("too-many-records",
					"The uploaded file has %s%d records. The limit is %d records for each upload file."
							.formatted(more ? "more than " : "", count, limit));
			case FileRefusal.NoRecords _ -> unprocessable("no-records",
					"The uploaded file has column names but no records. Please update the file and try again.");
		};
	}

	private static ErrorResponseException of(FileRefusal.WrongColumns wrong) {
		List<FieldError> errors = new ArrayList<>();
		for (String name : wrong.missing())
			errors.add(new FieldError(name, "missing-column", "The column '" + name + "' is missing."));
		for (String name : wrong.duplicate())
			errors.add(new FieldError(name, "duplicate-column", "The column '" + name + "' is there twice."));
		for (String name : wrong.unknown())
			errors.add(new FieldError(name, "unknown-column", "The column '" + name + "' is not known."));
		String detail = errors.stream().map(FieldError::message).collect(Collectors.joining(" "));
		return Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT, errors.getFirst().code(),
				detail + " Please update the file and try again.", errors);
	}

	private static ErrorResponseException unprocessable(String code, String detail) {
		return Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT, code, detail);
	}

	static ErrorResponseException overQuota(UploadQuota.Spent spent, Instant now) {
		Duration wait = Duration.between(now, spent.until());
		return Waiting.refusal("upload-quota",
				"%s uploaded as much as is possible in one day. Nothing was stored; please try again in %s.".formatted(
						spent.ofDistrict() ? "Your district has" : "You have", Waiting.inWords(wait)),
				wait);
	}

	static ErrorResponseException tooManyStreams() {
		return comeAgain("too-many-streams",
				"Too many people are watching imports at the moment. Ask for the import without a stream.");
	}

	static ErrorResponseException busy() {
		return comeAgain("busy",
				"Too many files are being processed at the moment. Nothing was done. Please try again shortly.");
	}

	private static ErrorResponseException comeAgain(String code, String detail) {
		ErrorResponseException refusal = Problems.refusal(HttpStatus.SERVICE_UNAVAILABLE, code, detail);
		refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, "10");
		return refusal;
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> tooLarge(MaxUploadSizeExceededException failure) {
		return isOfTheFile(failure)
				? answer(Problems.of(HttpStatus.CONTENT_TOO_LARGE, "file-too-large",
						"The uploaded file is too large. The limit is %s.".formatted(shown(maxFileSize))))
				: malformedUpload("The upload has too many parts, or one of them has a name that is too long.");
	}

	/** And not of the parts' names and number, which are limited too. */
	private boolean isOfTheFile(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause())
			if (cause instanceof SizeException size) return size.getPermittedSize() >= maxFileSize.toBytes();
		return false;
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> malformed(MultipartException failure) {
		if (BodyFailure.behind(failure).filter(it -> it.kind() != BodyFailure.Kind.MALFORMED).isPresent()) {
			return answer(Problems.of(HttpStatus.REQUEST_TIMEOUT, "upload-too-slow",
					"The upload took too long. Please try again."));
		}
		return malformedUpload(
				"The upload could not be read: it must be multipart/form-data with the parts file and action.");
	}

	private static ResponseEntity<ProblemDetail> malformedUpload(String detail) {
		return answer(Problems.of(HttpStatus.BAD_REQUEST, "malformed-upload", detail));
	}

	private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
		return ResponseEntity.of(problem).build();
	}

	private static String shown(DataSize size) {
		return size.toBytes() % (1 << 20) == 0 ? size.toMegabytes() + " MB" : size.toBytes() + " bytes";
	}
}
