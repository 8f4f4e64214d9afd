package io.rollcall.imports;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;

import io.rollcall.platform.security.Caller;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What people do with imports: hand one in, look how it goes, fetch what was rejected. */
@Service
public class Imports {
	private static final Logger LOG = LoggerFactory.getLogger(Imports.class);
	private static final Pattern TRACEPARENT = Pattern
			.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

	private final ImportRepository repository;
	private final UserFileFormat format;
	private final DispatchSignal dispatch;
	private final Clock clock;

	Imports(ImportRepository repository, UserFileFormat format, DispatchSignal dispatch, Clock clock) {
		this.repository = repository;
		this.format = format;
		this.dispatch = dispatch;
		this.clock = clock;
	}

	/** A file as it was uploaded, and what is wanted of it. */
	public record Upload(Action action, boolean dryRun, String fileName, byte[] content, @Nullable String traceparent,
			@Nullable String idempotencyKey) {}

	/** What became of an upload. */
	public sealed interface Receipt {
		/** Stored; each of its rows will end exactly once. With a known idempotency key, the import it made before. */
		record Accepted(ImportSummary stored) implements Receipt {}

		record Refused(FileRefusal reason) implements Receipt {}

		/** The idempotency key was used for another file or action. */
		record KeyReused() implements Receipt {}
	}

	/** Checks a file as a file and stores the import. When this returns it cannot be lost any more. */
	public Receipt submit(Upload upload, Caller caller) {
		return switch (format.read(upload.content())) {
			case UserFileFormat.Reading.Refused(FileRefusal reason) -> {
				LOG.info("File refused: {}", reason.getClass().getSimpleName());
				yield new Receipt.Refused(reason);
			}
			case UserFileFormat.Reading.Taken(UserFile file) -> store(submission(upload, caller), file);
		};
	}

	private Receipt store(Submission submission, UserFile file) {
		UUID id = UUID.randomUUID();
		if (!repository.add(id, submission, file)) return earlier(submission);
		int total = file.records().size();
		dispatch.changed(List.of(new OpenImport(id, submission.turnOf(id), submission.submittedAt(), total,
				submission.bytes(), 0, 0, submission.submittedAt(), 0)));
		try (var _ = MDC.putCloseable("importId", id.toString())) {
			LOG.info("Import accepted: {} rows to {}", total, submission.action());
		}
		return new Receipt.Accepted(new ImportSummary(id, submission, total, 0, Counts.NONE, null));
	}

	private Receipt earlier(Submission submission) {
		String key = submission.idempotencyKey();
		if (key == null) throw new IllegalStateException("an import without a key met another");
		ImportSummary earlier = repository.findByIdempotencyKey(key).orElseThrow();
		return earlier.submission().isSameRequestAs(submission)
				? new Receipt.Accepted(earlier)
				: new Receipt.KeyReused();
	}

	private Submission submission(Upload upload, Caller caller) {
		Submitter submitter = Submitter.of(caller);
		String trace = upload.traceparent();
		String key = upload.idempotencyKey();
		return new Submission(upload.action(), upload.dryRun(), upload.fileName(), sha256(upload.content()),
				upload.content().length, submitter,
				clock.instant().truncatedTo(ChronoUnit.MILLIS), // as it is stored
				trace != null && TRACEPARENT.matcher(trace).matches() ? trace : newTrace(),
				key == null ? null : sha256((submitter.accountId() + "/" + key).getBytes(UTF_8)));
	}

	/** The import, unless it is absent or out of the caller's sight, which look the same. */
	public Optional<ImportSummary> find(UUID id, Caller caller) {
		return repository.find(id).filter(found -> found.submission().submitter().isSeenBy(caller));
	}

	/** Newest first: the caller's own imports and those of accounts that the caller may manage. */
	public Page<ImportSummary> history(Caller caller, int page, int size) {
		return repository.history(caller, page, size);
	}

	/** As {@link #find}, with the rows. */
	public Optional<ImportedRows> rows(UUID id, Caller caller) {
		return repository.rows(id).filter(found -> found.submission().submitter().isSeenBy(caller));
	}

	/** The columns that a file has, to be filled in. */
	public byte[] template() {
		return format.template();
	}

	/** The rejected rows as a file that can be corrected and uploaded again; empty when none is rejected. */
	public Optional<byte[]> errorFile(ImportedRows rows) {
		List<UserFileFormat.RejectedRow> rejected = new ArrayList<>();
		for (int record = 1; record <= rows.file().records().size(); record++) {
			if (rows.outcomes().get(record) instanceof Outcome.Rejected(List<Note> notes)) {
				rejected.add(new UserFileFormat.RejectedRow(rows.file().records().get(record - 1), notes));
			}
		}
		return rejected.isEmpty() ? Optional.empty() : Optional.of(format.errorFile(rows.file().header(), rejected));
	}

	private static String sha256(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e); // every Java platform has it
		}
	}

	private static String newTrace() {
		var random = ThreadLocalRandom.current();
		return "00-%016x%016x-%016x-01".formatted(random.nextLong(), random.nextLong() | 1, random.nextLong() | 1);
	}
}
