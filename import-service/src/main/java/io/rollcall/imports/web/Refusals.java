package io.rollcall.imports.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.springframework.core.annotation.Order;
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
			case FileRefusal.BrokenQuoting(long line) -> unprocessable("broken-quoting",
					"%s In line %d, the quotation marks do not match.".formatted(Messages.NOT_CSV, line));
			case FileRefusal.TwoEncodings(int record, long line) -> unprocessable("two-encodings",
					"The uploaded file is written in two encodings. %s is not in UTF-8, and the rest of the file is. Please save the whole file as CSV UTF-8 and try again."
							.formatted(record == 0 ? "Line " + line : "Record %d (line %d)".formatted(record, line)));
			case FileRefusal.WrongColumns wrong -> of(wrong);
			case FileRefusal.NoHeader _ -> unprocessable("no-header",
					"The first line must name the columns, and it names none of them. Please put the first line of the template above it and try again.");
			case FileRefusal.NotTheHeader(String firstLine) -> unprocessable("not-the-header",
					"The first line must name the columns. It is: '%s'. Please remove what stands above the names of the columns and try again."
							.formatted(firstLine));
			case FileRefusal.EndlessCell(int record, long line, String column, int limit) ->
				unprocessable("cell-too-long",
						"In record %d (line %d), the column '%s' has more than %,d characters. Please update the file and try again."
								.formatted(record, line, column, limit));
			case FileRefusal.TooManyRecords(int count, boolean more, int limit) -> unprocessable("too-many-records",
					"The uploaded file has %s%,d records. The limit is %,d records for each upload file."
							.formatted(more ? "more than " : "", count, limit));
			case FileRefusal.NoTable _ -> unprocessable("no-table",
					"Nothing in this file can be read as a table. An Excel workbook (.xlsx) can, and so can text with tabs, semicolons, pipes or commas between its cells.");
			case FileRefusal.BrokenTable _ -> unprocessable("broken-table",
					"The workbook cannot be read. It may be damaged, protected by a password, or not an .xlsx file. Please save it again as .xlsx, or as .CSV, and try again.");
			case FileRefusal.TooLargeTable(String what) -> unprocessable("table-too-large",
					"The table has too many %s. Please copy the list alone to a new file and try again."
							.formatted(what));
			case FileRefusal.NoSuchPart(String what) -> unprocessable("no-such-part",
					"The table has no %s.".formatted(what));
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

	static ErrorResponseException notFound() {
		return Problems.refusal(HttpStatus.NOT_FOUND, "not-found", "There is nothing at this address.");
	}

	static ErrorResponseException notCompleted() {
		return Problems.refusal(HttpStatus.CONFLICT, "import-not-completed", "The import is still being processed.");
	}

	static ErrorResponseException noLongerKept() {
		return Problems.refusal(HttpStatus.GONE, "no-longer-kept",
				"The file and the rows of this import are no longer kept.");
	}

	static ErrorResponseException fileOutOfSight() {
		return Problems.refusal(HttpStatus.FORBIDDEN, "file-out-of-sight",
				"The file of this import also has records of an import that you may not see.");
	}

	static ErrorResponseException overQuota(UploadQuota.Spent spent, Instant now) {
		Duration wait = Duration.between(now, spent.until());
		return Waiting.refusal("upload-quota",
				"%s uploaded as much as is possible in one day. Nothing was stored; please try again in %s.".formatted(
						spent.ofDistrict() ? "Your district or school has" : "You have", Waiting.inWords(wait)),
				wait);
	}

	static ErrorResponseException keyReused() {
		return unprocessable("idempotency-key-reused", "This Idempotency-Key was used for another upload.");
	}

	static ErrorResponseException isUndo() {
		return Problems.refusal(HttpStatus.CONFLICT, "import-is-undo",
				"This is the undo of another import. Its records are not those of a file: they cannot be corrected, applied or undone.");
	}

	static ErrorResponseException tooManyStreams() {
		return Waiting.busy("too-many-streams",
				"Too many imports are being watched at the moment, by you or by everybody. Ask for the import without a stream.");
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
				"The upload could not be read. It must be multipart/form-data, with the file in a part named file.");
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
