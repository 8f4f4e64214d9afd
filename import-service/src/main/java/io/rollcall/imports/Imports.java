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
import java.util.UUID;
import java.util.stream.Collectors;

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
import io.rollcall.imports.outcome.Counts;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.platform.Recurring;
import io.rollcall.platform.Sha256;
import io.rollcall.platform.Traceparent;
import io.rollcall.platform.security.Caller;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What people do with imports: hand one in, look how it goes, fetch what was rejected. */
@Service
public class Imports {
	private static final Logger LOG = LoggerFactory.getLogger(Imports.class);
	private static final Recurring REFUSED = new Recurring();

	private final ImportRepository repository;
	private final UploadedFiles files;
	private final UserFileFormat format;
	private final DispatchSignal dispatch;
	private final UploadQuota quota;
	private final ImportSettings settings;
	private final Clock clock;

	Imports(ImportRepository repository, UploadedFiles files, UserFileFormat format, DispatchSignal dispatch,
			UploadQuota quota, ImportSettings settings, Clock clock) {
		this.repository = repository;
		this.files = files;
		this.settings = settings;
		this.format = format;
		this.dispatch = dispatch;
		this.quota = quota;
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

		/** The idempotency key was used for another file or action, or for an import out of the caller's sight. */
		record KeyReused() implements Receipt {}

		record OverQuota(UploadQuota.Spent spent) implements Receipt {}
	}

	/** What became of the wish to commit a dry run. */
	public sealed interface Commit {
		/** The import that commits it; asked again, the same. */
		record Accepted(ImportSummary stored) implements Commit {}

		record NotFound() implements Commit {}

		/** It is no dry run: what it did is done. */
		record NotADryRun() implements Commit {}

		/** Not all of its rows have been judged. */
		record NotCompleted() implements Commit {}

		/** Somebody else's: one commits what one has looked at oneself, with one's own rights. */
		record NotOwn() implements Commit {}

		/** Its rows are deleted by now. */
		record NoLongerKept() implements Commit {}

		record OverQuota(UploadQuota.Spent spent) implements Commit {}
	}

	/** Checks a file as a file and stores the import. When this returns it cannot be lost any more. */
	public Receipt submit(Upload upload, Caller caller) {
		return switch (format.read(upload.content())) {
			case UserFileFormat.Reading.Refused(FileRefusal reason) -> {
				String what = reason.getClass().getSimpleName();
				REFUSED.log(what, LOG.atInfo(), "File refused: " + what);
				yield new Receipt.Refused(reason);
			}
			case UserFileFormat.Reading.Taken(UserFile file) ->
				receipt(submission(upload, caller), file, upload.content(), caller);
		};
	}

	private Receipt receipt(Submission submission, UserFile file, byte[] content, Caller caller) {
		String key = submission.idempotencyKey();
		Optional<Receipt> there = key == null
				? Optional.empty()
				: repository.findByIdempotencyKey(key).map(earlier -> again(submission, earlier, caller));
		if (there.isPresent()) return there.get();
		Optional<UploadQuota.Spent> spent = quota.take(submission);
		if (spent.isPresent()) return new Receipt.OverQuota(spent.get());
		return store(UUID.randomUUID(), submission, file, content, Map.of()).<Receipt>map(Receipt.Accepted::new)
				.orElseGet(() -> earlier(submission, caller));
	}

	/**
	 * Applies a dry run: the same rows as an import of their own, judged anew, each compared with what was foretold. There is
	 * one such import for a dry run, however often it is asked for.
	 */
	public Commit commit(UUID dryRun, Caller caller) {
		Optional<ImportSummary> found = find(dryRun, caller);
		if (found.isEmpty()) return new Commit.NotFound();
		ImportSummary preview = found.get();
		if (!preview.submission().dryRun()) return new Commit.NotADryRun();
		if (!preview.submission().submitter().accountId().toString().equals(caller.accountId())) {
			return new Commit.NotOwn();
		}
		UUID id = commitId(dryRun);
		if (repository.find(id).isEmpty()) {
			if (!preview.isCompleted()) return new Commit.NotCompleted();
			Optional<ImportedRows> rows = repository.rows(dryRun);
			Optional<byte[]> content = files.find(dryRun);
			if (rows.isEmpty() || content.isEmpty()) return new Commit.NoLongerKept();
			Submission submission = committing(preview, caller);
			Optional<UploadQuota.Spent> spent = quota.take(submission);
			if (spent.isPresent()) return new Commit.OverQuota(spent.get());
			store(id, submission, rows.get().file(), content.get(), rows.get().outcomes());
		}
		repository.committed(dryRun, id); // also when a process was killed between the two
		// Committed by somebody who had more organizations then.
		return find(id, caller).<Commit>map(Commit.Accepted::new).orElseGet(Commit.NotFound::new);
	}

	/** One id for a dry run: of two who commit at once, the second finds the first's import. */
	private static UUID commitId(UUID dryRun) {
		return UUID.nameUUIDFromBytes(("commit/" + dryRun).getBytes(UTF_8));
	}

	private Submission committing(ImportSummary preview, Caller caller) {
		Submission of = preview.submission();
		Submitter submitter = Submitter.of(caller);
		Instant now = now();
		return new Submission(of.action(), false, of.fileName(), of.sha256(), of.bytes(), submitter, now,
				Traceparent.start(),
				null, preview.id(), sameContent(submitter, of.action(), of.sha256(), now));
	}

	/** Empty when the import is there already. */
	private Optional<ImportSummary> store(UUID id, Submission submission, UserFile file, byte[] content,
			Map<Integer, Outcome> preview) {
		Instant keptUntil = submission.submittedAt().plus(settings.retention());
		files.keep(id, content, keptUntil); // first: an import always has its file
		if (!repository.add(id, submission, file, preview, keptUntil)) {
			quota.giveBack(submission);
			if (submission.previewOf() == null) files.delete(id);
			return Optional.empty();
		}
		int total = file.records().size();
		dispatch.changed(List.of(new OpenImport(id, submission.turnOf(id), submission.submittedAt(), total,
				submission.bytes(), 0, 0, submission.submittedAt(), 0)));
		try (var _ = MDC.putCloseable("importId", id.toString())) {
			LOG.info("Import accepted: {} rows to {}", total, submission.action());
		}
		return Optional.of(
				new ImportSummary(id, submission, total, 0, Counts.NONE, null, null, 0, null, keptUntil));
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

	private Submission submission(Upload upload, Caller caller) {
		Submitter submitter = Submitter.of(caller);
		String trace = upload.traceparent();
		String key = upload.idempotencyKey();
		String sha256 = Sha256.hex(upload.content());
		Instant now = now();
		return new Submission(upload.action(), upload.dryRun(), upload.fileName(), sha256, upload.content().length,
				submitter, now, trace != null && Traceparent.isValid(trace) ? trace : Traceparent.start(),
				key == null ? null : Sha256.hex(submitter.accountId() + "/" + key), null,
				sameContent(submitter, upload.action(), sha256, now));
	}

	private Instant now() {
		return clock.instant().truncatedTo(ChronoUnit.MILLIS); // as it is stored
	}

	/** A dry run beforehand is what one should do; that these very bytes were imported already is worth a word. */
	private @Nullable UUID sameContent(Submitter submitter, Action action, String sha256, Instant now) {
		return repository.latestOf(submitter.accountId(), action, sha256, now.minus(settings.sameContentWithin()))
				.orElse(null);
	}

	/** The import, unless it is absent or out of the caller's sight, which look the same. */
	public Optional<ImportSummary> find(UUID id, Caller caller) {
		return repository.find(id, caller);
	}

	/** Of the imports that {@code found} refer to, those that the caller sees too: their submitter may have been elsewhere then. */
	public Set<UUID> seen(Collection<ImportSummary> found, Caller caller) {
		return repository.seen(found.stream().flatMap(ImportSummary::others).collect(Collectors.toSet()), caller);
	}

	/** Newest first, those that the caller sees. */
	public Page<ImportSummary> history(Caller caller, HistoryFilter filter, int page, int size) {
		return repository.history(caller, filter, page, size);
	}

	/** The file as it was uploaded; empty when it is deleted by now. To be asked for an import that the caller has found. */
	public Optional<byte[]> file(ImportSummary found) {
		return files.find(found.id());
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
		List<UserFileFormat.RejectedRow> rejected = new ArrayList<>();
		for (int record = 1; record <= rows.file().records().size(); record++) {
			if (rows.outcomes().get(record) instanceof Outcome.Rejected(List<Note> notes)) {
				rejected.add(new UserFileFormat.RejectedRow(rows.file().records().get(record - 1), notes));
			}
		}
		return rejected.isEmpty() ? Optional.empty() : Optional.of(format.errorFile(rows.file().header(), rejected));
	}

}
