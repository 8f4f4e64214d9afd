package io.rollcall.imports.draft;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

import io.rollcall.imports.FollowUp;
import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.Imports;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.UploadQuota;
import io.rollcall.imports.file.UploadedFiles;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.platform.Failures;
import io.rollcall.platform.Recurring;
import io.rollcall.platform.TemporarilyUnavailable;
import io.rollcall.platform.Traceparent;
import io.rollcall.platform.security.Caller;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Applies a dry run with its draft, or sends the corrected records of an import once more. First it is decided, in the draft, under its
 * version; then it is carried out: a new import is stored under an id that follows from the decision, and noted on the old one. What
 * comes before the decision has changed nothing, what is decided is carried out by whoever comes: this request, the next one, or
 * the sweep.
 */
@Service
public class Commits {
	private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
	private static final Recurring UNFINISHED = new Recurring(Duration.ofMinutes(1), InstantSource.system());
	/** By then whoever decided has carried it out, or is dead. */
	private static final Duration AT_IT = Duration.ofSeconds(10);

	private final DraftRepository drafts;
	private final ImportRepository repository;
	private final UploadedFiles files;
	private final Imports imports;
	private final UploadQuota quota;
	private final Clock clock;

	Commits(DraftRepository drafts, ImportRepository repository, UploadedFiles files, Imports imports,
			UploadQuota quota, Clock clock) {
		this.drafts = drafts;
		this.repository = repository;
		this.files = files;
		this.imports = imports;
		this.quota = quota;
		this.clock = clock;
	}

	/** What became of the wish to commit. */
	public sealed interface Commit {
		/** The import that was made; asked again, the same. */
		record Accepted(ImportSummary stored) implements Commit {}

		record NotFound() implements Commit {}

		/** Not all of its rows have been judged. */
		record NotCompleted() implements Commit {}

		/** Somebody else's: one commits what one has looked at oneself, with one's own rights. */
		record NotOwn() implements Commit {}

		/** It was applied, and nothing of it is corrected. */
		record NothingCorrected() implements Commit {}

		/** The draft is another one than the caller has seen. */
		record DraftChanged() implements Commit {}

		/** An older release, which knows no drafts, has committed it without what was corrected. */
		record CommittedUncorrected() implements Commit {}

		/** It takes back what another import did, which is asked of that one. */
		record OfUndo() implements Commit {}

		/** Its rows are deleted by now. */
		record NoLongerKept() implements Commit {}

		record OverQuota(UploadQuota.Spent spent) implements Commit {}
	}

	/**
	 * Commits an import that the caller has found.
	 *
	 * @param seen the versions of the draft of which one is meant; absent where it does not matter
	 */
	public Commit commit(ImportSummary found, @Nullable Set<Long> seen, Caller caller) {
		if (!found.submission().submitter().isAccountOf(caller)) return new Commit.NotOwn();
		if (found.submission().undoOf() != null) return new Commit.OfUndo();
		for (int attempt = 1; attempt <= Drafts.ATTEMPTS; attempt++) {
			Draft draft = current(found);
			Optional<UUID> earlier = earlier(found, draft, seen);
			if (earlier.isPresent()) {
				return draft.sendings().isEmpty() && !draft.corrections().isEmpty()
						? new Commit.CommittedUncorrected()
						: accepted(found, draft, earlier.get(), caller);
			}
			if (seen != null && !seen.contains(draft.version())) return new Commit.DraftChanged();
			Optional<Commit> refusal = refusal(found, draft);
			if (refusal.isPresent()) return refusal.get();
			Draft sent = draft.sent(nextId(found, draft), Submitter.of(caller), now(), Traceparent.start());
			Submission submission = submission(found, sent.sendings().getLast());
			Optional<UploadQuota.Spent> spent = quota.take(submission);
			if (spent.isPresent()) {
				if (current(found).version() != draft.version()) continue; // the same person, who took the last of it for this
				return new Commit.OverQuota(spent.get());
			}
			if (isDecided(found, sent)) return accepted(found, sent, sent.sendings().getLast().importId(), caller);
			quota.giveBack(submission);
		}
		throw new TemporarilyUnavailable("other requests keep changing the draft");
	}

	private Draft current(ImportSummary found) {
		return drafts.find(found.id()).orElseGet(() -> Draft.none(found.id()));
	}

	/** The import that was made of what is asked for: then this is the same request again, or another one of the same person. */
	private Optional<UUID> earlier(ImportSummary found, Draft draft, @Nullable Set<Long> seen) {
		boolean dryRun = found.submission().dryRun();
		if (seen != null) {
			Optional<Sending> repeated = draft.sentOf(seen);
			if (repeated.isPresent()) return repeated.map(Sending::importId);
			if (!seen.contains(draft.version())) return Optional.empty();
		}
		if (dryRun || draft.corrections().isEmpty()) {
			Optional<Sending> latest = draft.latest();
			if (latest.isPresent()) return latest.map(Sending::importId);
		}
		// By an older release, which knows no drafts.
		return dryRun
				? repository.find(idOfCommit(found.id())).map(ImportSummary::id)
				: Optional.empty();
	}

	private Optional<Commit> refusal(ImportSummary found, Draft draft) {
		if (!found.isCompleted()) return Optional.of(new Commit.NotCompleted());
		if (!found.submission().dryRun() && draft.corrections().isEmpty()) {
			return Optional.of(new Commit.NothingCorrected());
		}
		Instant keptUntil = found.keptUntil();
		if (keptUntil == null || !keptUntil.isAfter(now()) || files.find(found.id()).isEmpty()) {
			return Optional.of(new Commit.NoLongerKept());
		}
		return Optional.empty();
	}

	private boolean isDecided(ImportSummary found, Draft sent) {
		Instant keptUntil = found.keptUntil();
		return keptUntil != null && drafts.save(sent, keptUntil);
	}

	private Commit accepted(ImportSummary found, Draft draft, UUID id, Caller caller) {
		carryOut(found, draft);
		if (found.submission().dryRun() && draft.sendings().isEmpty()) repository.committed(found.id(), id);
		// Committed by somebody who had more organizations then.
		return repository.find(id, caller).<Commit>map(Commit.Accepted::new).orElseGet(Commit.NotFound::new);
	}

	/** One id for a dry run: of two who commit at once, the second finds the first's import. */
	static UUID idOfCommit(UUID dryRun) {
		return UUID.nameUUIDFromBytes(("commit/" + dryRun).getBytes(UTF_8));
	}

	private static UUID nextId(ImportSummary found, Draft draft) {
		return found.submission().dryRun()
				? idOfCommit(found.id())
				: UUID.nameUUIDFromBytes(
						("follow-up/" + found.id() + "/" + (draft.sendings().size() + 1)).getBytes(UTF_8));
	}

	/** Does what the draft's sendings decided and is not done. Done again, it changes nothing. */
	private void carryOut(ImportSummary of, Draft draft) {
		if (draft.owedSince() == null) return;
		for (Sending sending : draft.sendings()) {
			if (of.isTakenOverBy(sending.importId())) continue;
			if (repository.find(sending.importId()).isEmpty() && !isStored(of, sending)) return;
			note(of, sending);
		}
		drafts.settled(draft);
	}

	private boolean isStored(ImportSummary of, Sending sending) {
		Optional<ImportedRows> rows = repository.rows(of.id());
		Optional<byte[]> content = files.find(of.id());
		if (rows.isEmpty() || content.isEmpty()) return false; // deleted, and so will be the draft
		UserFile file = rows.get().file();
		boolean dryRun = of.submission().dryRun();
		imports.store(sending.importId(), submission(of, sending),
				dryRun ? file.corrected(sending.corrections()) : file.only(sending.corrections()), content.get(),
				dryRun ? foretold(rows.get(), sending) : Map.of());
		return true;
	}

	/** What the dry run said of a record that was corrected since was said of another one. */
	private static Map<Integer, Outcome> foretold(ImportedRows rows, Sending sending) {
		Map<Integer, Outcome> foretold = new HashMap<>(rows.outcomes());
		foretold.keySet().removeAll(sending.corrections().keySet());
		return foretold;
	}

	private void note(ImportSummary of, Sending sending) {
		if (of.submission().dryRun()) {
			repository.committed(of.id(), sending.importId());
		} else {
			repository.followedUp(of.id(), new FollowUp(sending.importId(), sending.corrections().size()));
		}
	}

	private Submission submission(ImportSummary of, Sending sending) {
		Submission it = of.submission();
		boolean dryRun = it.dryRun();
		return new Submission(it.action(), false, it.fileName(), it.sha256(), it.bytes(), sending.submitter(),
				sending.at(), sending.traceparent(), null, dryRun ? of.id() : null, dryRun ? it.submittedAt() : null,
				dryRun ? imports.sameContent(sending.submitter(), it.action(), it.sha256(), sending.at()) : null,
				dryRun ? null : of.id());
	}

	@Scheduled(fixedDelay = 5, initialDelay = 5, timeUnit = TimeUnit.SECONDS)
	void finishWhatADeadProcessDecided() {
		for (Draft owed : drafts.owedBefore(now().minus(AT_IT))) {
			try {
				repository.find(owed.importId()).ifPresent(of -> carryOut(of, owed));
			} catch (RuntimeException e) {
				UNFINISHED.log(owed.importId(), LOG.atWarn().addKeyValue("importId", owed.importId())
						.setCause(Failures.withoutText(e)), "A commit is not carried out yet");
			}
		}
	}

	private Instant now() {
		return clock.instant().truncatedTo(ChronoUnit.MILLIS); // as it is stored
	}
}
