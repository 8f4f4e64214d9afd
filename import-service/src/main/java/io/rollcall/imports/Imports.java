package io.rollcall.imports;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;

import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.imports.file.UploadedFiles;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.file.UserFileFormat;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.Undone;
import io.rollcall.imports.table.TableChoice;
import io.rollcall.imports.table.Tables;
import io.rollcall.platform.Recurring;
import io.rollcall.platform.Sha256;
import io.rollcall.platform.Traceparent;
import io.rollcall.platform.csv.FileCell;
import io.rollcall.platform.security.Caller;

/** What people do with imports: hand one in, look how it goes, fetch what was rejected. */
@Service
public class Imports {
	private static final Logger LOG = LoggerFactory.getLogger(Imports.class);
	private static final Recurring REFUSED = new Recurring();

	private final ImportRepository repository;
	private final UploadedFiles files;
	private final UserFileFormat format;
	private final Tables tables;
	private final DispatchSignal dispatch;
	private final UploadQuota quota;
	private final ImportSettings settings;
	private final Clock clock;

	Imports(ImportRepository repository, UploadedFiles files, UserFileFormat format, Tables tables,
			DispatchSignal dispatch, UploadQuota quota, ImportSettings settings, Clock clock) {
		this.repository = repository;
		this.files = files;
		this.settings = settings;
		this.format = format;
		this.tables = tables;
		this.dispatch = dispatch;
		this.quota = quota;
		this.clock = clock;
	}

	/**
	 * A file as it was uploaded, and what is wanted of it.
	 *
	 * @param table how a table is to be read; null for a file of comma-separated values with the template's columns
	 */
	public record Upload(Action action, boolean dryRun, String fileName, byte[] content, @Nullable TableChoice table,
			@Nullable String traceparent, @Nullable String idempotencyKey) {}

	/** What became of an upload. */
	public sealed interface Receipt {
		/** Stored; each of its rows will end exactly once. With a known idempotency key, the import it made before. */
		record Accepted(ImportSummary stored) implements Receipt {}

		record Refused(FileRefusal reason) implements Receipt {}

		/** The idempotency key was used for another file or action, or for an import out of the caller's sight. */
		record KeyReused() implements Receipt {}

		record OverQuota(UploadQuota.Spent spent) implements Receipt {}
	}

	/** Checks a file as a file and stores the import. When this returns it cannot be lost any more. */
	public Receipt submit(Upload upload, Caller caller) {
		TableChoice table = upload.table();
		if (table != null) return submit(upload, table, caller);
		return switch (format.read(upload.content())) {
			case UserFileFormat.Reading.Refused(FileRefusal reason) -> refused(reason);
			case UserFileFormat.Reading.Taken(UserFile file) ->
				receipt(submission(upload, upload.content().length, caller), file, upload.content(), caller);
		};
	}

	private Receipt submit(Upload upload, TableChoice table, Caller caller) {
		if (!upload.dryRun()) throw new IllegalArgumentException("a table is read for a preview alone");
		return switch (tables.read(upload.content(), table)) {
			case Tables.Reading.Refused(FileRefusal reason) -> refused(reason);
			case Tables.Reading.Taken(UserFile file, int bytes, Tables.Decisions decisions) -> {
				Receipt receipt = receipt(submission(upload, Math.max(bytes, upload.content().length), caller), file,
						upload.content(), caller);
				// What the owner's screen proposes is the owner's to teach, not a program's.
				if (receipt instanceof Receipt.Accepted && caller.sid() != null)
					tables.remember(caller.accountId(), decisions);
				yield receipt;
			}
		};
	}

	private static Receipt refused(FileRefusal reason) {
		String what = reason.getClass().getSimpleName();
		REFUSED.log(what, LOG.atInfo(), "File refused: " + what);
		return new Receipt.Refused(reason);
	}

	private Receipt receipt(Submission submission, UserFile file, byte[] content, Caller caller) {
		return receipt(submission, id -> NewImport.of(id, submission, file, Map.of(), keptUntil(submission)), content,
				caller);
	}

	/**
	 * Stores an import that takes records of another one back.
	 *
	 * @param file of those records
	 * @param undone what they did, by their number in {@code file}
	 * @param content the whole file of that import
	 */
	public Receipt undo(Submission submission, UserFile file, Map<Integer, Undone> undone, byte[] content,
			Caller caller) {
		return receipt(submission, id -> NewImport.undoing(id, submission, file, undone, keptUntil(submission)),
				content, caller);
	}

	private Receipt receipt(Submission submission, Function<UUID, NewImport> made, byte[] content, Caller caller) {
		String key = submission.idempotencyKey();
		Optional<Receipt> there = key == null
				? Optional.empty()
				: repository.findByIdempotencyKey(key).map(earlier -> again(submission, earlier, caller));
		if (there.isPresent()) return there.get();
		Optional<UploadQuota.Spent> spent = quota.take(submission);
		if (spent.isPresent()) return new Receipt.OverQuota(spent.get());
		UUID id = UUID.randomUUID();
		Optional<ImportSummary> stored = store(made.apply(id), content);
		if (stored.isPresent()) return new Receipt.Accepted(stored.get());
		quota.giveBack(submission);
		files.delete(id);
		return earlier(submission, caller);
	}

	/**
	 * Stores an import, whose rows then go their way.
	 *
	 * @param preview what the dry run foretold that it commits
	 * @return empty when it is there already
	 */
	public Optional<ImportSummary> store(UUID id, Submission submission, UserFile file, byte[] content,
			Map<Integer, Outcome> preview) {
		return store(NewImport.of(id, submission, file, preview, keptUntil(submission)), content);
	}

	private Instant keptUntil(Submission submission) {
		return submission.submittedAt().plus(settings.retention());
	}

	private Optional<ImportSummary> store(NewImport added, byte[] content) {
		files.keep(added.id(), content, added.keptUntil()); // first: an import always has its file
		if (!repository.add(added)) return Optional.empty();
		dispatch.changed(List.of(added.progress()));
		try (var _ = MDC.putCloseable("importId", added.id().toString())) {
			LOG.info("Import accepted: {} rows to {}, {} of them decided by the file", added.total(),
					added.submission().action(), added.decided().size());
		}
		return Optional.of(added.summary());
	}

	private Receipt earlier(Submission submission, Caller caller) {
		String key = submission.idempotencyKey();
		if (key == null) throw new IllegalStateException("an import without a key met another");
		return again(submission, repository.findByIdempotencyKey(key).orElseThrow(), caller);
	}

	/** What the caller does not see any more, as after a move, is not told again by its key. */
	private Receipt again(Submission submission, ImportSummary earlier, Caller caller) {
		return earlier.submission().isSameRequestAs(submission) && find(earlier.id(), caller).isPresent()
				? new Receipt.Accepted(earlier)
				: new Receipt.KeyReused();
	}

	/** @param bytes of the file, or of what is stored of it */
	private Submission submission(Upload upload, int bytes, Caller caller) {
		Submitter submitter = Submitter.of(caller);
		String trace = upload.traceparent();
		String sha256 = sha256(upload);
		Instant now = now();
		return new Submission(upload.action(), upload.dryRun(), upload.fileName(), sha256, bytes,
				submitter, now, trace != null && Traceparent.isValid(trace) ? trace : Traceparent.start(),
				Submission.key(submitter, upload.idempotencyKey()), null, null,
				sameContent(submitter, upload.action(), sha256, now), null);
	}

	/** The same table read another way is another upload. */
	private static String sha256(Upload upload) {
		String content = Sha256.hex(upload.content());
		TableChoice table = upload.table();
		return table == null
				? content
				: Sha256.hex("%s %s %d %s".formatted(content, table.sheet(), table.headerLine(),
						new TreeMap<>(table.columns())));
	}

	private Instant now() {
		return clock.instant().truncatedTo(ChronoUnit.MILLIS); // as it is stored
	}

	/** A dry run beforehand is what one should do; that these very bytes were imported already is worth a word. */
	public @Nullable UUID sameContent(Submitter submitter, Action action, String sha256, Instant now) {
		return repository.latestOf(submitter.accountId(), action, sha256, now.minus(settings.sameContentWithin()))
				.orElse(null);
	}

	/** The import, unless it is absent or out of the caller's sight, which look the same. */
	public Optional<ImportSummary> find(UUID id, Caller caller) {
		return repository.find(id, caller);
	}

	/** Those of {@code ids} that the caller sees: of what an import in sight refers to, the submitter may have been elsewhere then. */
	public Set<UUID> seen(Collection<UUID> ids, Caller caller) {
		return repository.seen(ids, caller);
	}

	/** Newest first, those that the caller sees, without dry runs of undos. */
	public Page<ImportSummary> history(Caller caller, HistoryFilter filter, int page, int size) {
		return repository.history(caller, filter, page, size);
	}

	/** The file as it was uploaded; empty when it is deleted by now. To be asked for an import whose file the caller may see. */
	public Optional<byte[]> file(ImportSummary found) {
		return files.find(found.id());
	}

	/**
	 * Whether the file of an import that the caller has found is in sight, too: one that takes over corrected records, or takes records
	 * back, has the whole file of the import that they are from, of which some may be out of sight.
	 */
	public boolean isFileInSight(ImportSummary found, Caller caller) {
		Submission submission = found.submission();
		UUID from = submission.undoOf() == null ? submission.correctionOf() : submission.undoOf();
		return from == null || find(from, caller).filter(it -> isFileInSight(it, caller)).isPresent();
	}

	/** The rows, as {@link #file}. */
	public Optional<ImportedRows> rows(ImportSummary found) {
		return repository.rows(found.id());
	}

	/** The columns that a file has, to be filled in. */
	public byte[] template() {
		return format.template();
	}

	/** The rejected rows as a file that can be corrected and uploaded again; empty when none is rejected. */
	public Optional<byte[]> errorFile(ImportedRows rows) {
		Action action = rows.submission().action();
		List<UserFileFormat.RejectedRow> rejected = new ArrayList<>();
		for (int record = 1; record <= rows.file().records().size(); record++) {
			if (rows.outcomes().get(record) instanceof Outcome.Rejected(List<Note> notes)) {
				rejected.add(new UserFileFormat.RejectedRow(
						rows.file().line(record, action == Action.UPDATE ? FileCell.ABSENT : ""), notes));
			}
		}
		return rejected.isEmpty()
				? Optional.empty()
				: Optional.of(format.errorFile(action, rows.file().titles(), rejected));
	}
}
