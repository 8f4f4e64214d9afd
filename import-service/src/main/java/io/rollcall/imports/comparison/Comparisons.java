package io.rollcall.imports.comparison;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import io.rollcall.imports.ImportSettings;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.Imports;
import io.rollcall.imports.Imports.Receipt;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.UploadQuota;
import io.rollcall.imports.comparison.Comparison.Decision;
import io.rollcall.imports.comparison.StaffAccounts.Answer;
import io.rollcall.imports.comparison.StaffAccounts.ComparedRow;
import io.rollcall.imports.comparison.StaffAccounts.Remark;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.DecidedByFile;
import io.rollcall.imports.file.FileLimits;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.imports.file.UploadedFiles;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.file.UserFileFormat;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.table.TableChoice;
import io.rollcall.imports.table.Tables;
import io.rollcall.platform.Sha256;
import io.rollcall.platform.csv.FileCell;
import io.rollcall.platform.security.Caller;

/**
 * "This file is all my staff": keeps such a list, says what it says of the accounts, and makes previews of what it adds and changes. It
 * never deactivates or reactivates anybody (guide, section V.D); a person does.
 */
@Service
public class Comparisons {
	private final ComparisonRepository repository;
	private final UploadedFiles files;
	private final UserFileFormat format;
	private final Tables tables;
	private final StaffAccounts accounts;
	private final Imports imports;
	private final UploadQuota quota;
	private final FileLimits limits;
	private final ImportSettings settings;
	private final Clock clock;

	Comparisons(ComparisonRepository repository, UploadedFiles files, UserFileFormat format, Tables tables,
			StaffAccounts accounts, Imports imports, UploadQuota quota, FileLimits limits, ImportSettings settings,
			Clock clock) {
		this.repository = repository;
		this.files = files;
		this.format = format;
		this.tables = tables;
		this.accounts = accounts;
		this.imports = imports;
		this.quota = quota;
		this.limits = limits;
		this.settings = settings;
		this.clock = clock;
	}

	/** A list as it was uploaded. */
	public record Upload(String fileName, byte[] content, List<String> organizations, @Nullable TableChoice table) {}

	/** A list, and what it says of the accounts at this moment. */
	public record Compared(Comparison list, UserFile file, Answer.Compared answer) {}

	/** What became of a wish. */
	public sealed interface Result<T> {
		record Done<T>(T value) implements Result<T> {}

		record Refused<T>(FileRefusal reason) implements Result<T> {}

		record OverQuota<T>(UploadQuota.Spent spent) implements Result<T> {}

		/** user-service has not compared it. */
		record NotCompared<T>(StaffAccounts.Refusal why) implements Result<T> {}

		/** So many people would be changed or lost that the number has to be said. */
		record NotConfirmed<T>(int affected) implements Result<T> {}

		/** The idempotency key was used for an import that is out of the caller's sight by now. */
		record KeyReused<T>() implements Result<T> {}
	}

	/** Keeps a list, once it has been compared. */
	public Result<Compared> add(Upload upload, String bearer, Caller caller) {
		Reading read = read(upload.content(), upload.table());
		if (read instanceof Reading.Refused(FileRefusal reason)) return new Result.Refused<>(reason);
		UserFile file = ((Reading.Taken) read).file();
		Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as it is stored
		var list = new Comparison(UUID.randomUUID(), caller.account(), upload.fileName(), upload.organizations(),
				upload.table(), file.records().size(), Map.of(), now, now.plus(settings.retention()));
		Result<Compared> compared = compared(list, file, bearer);
		if (!(compared instanceof Result.Done)) return compared;
		Optional<UploadQuota.Spent> spent = quota.take(Submitter.of(caller), upload.content().length, now);
		if (spent.isPresent()) return new Result.OverQuota<>(spent.get());
		files.keep(list.id(), upload.content(), list.keptUntil()); // first: a comparison always has its file
		repository.add(list);
		return compared;
	}

	/** One's own; everybody else's is as one that is not there. */
	public Optional<Comparison> find(UUID id, Caller caller) {
		return repository.find(id).filter(it -> it.owner().equals(caller.account()))
				.filter(it -> it.keptUntil().isAfter(clock.instant()));
	}

	/** Compares it with the accounts as they are now; empty when its file is deleted. */
	public Optional<Result<Compared>> look(Comparison list, String bearer) {
		return files.find(list.id()).map(content -> switch (read(content, list.table())) {
			case Reading.Taken(UserFile file) -> compared(list, file, bearer);
			case Reading.Refused(FileRefusal reason) -> new Result.Refused<>(reason); // by another release
		});
	}

	/** A record is for one account: whoever says that it is for another takes back what was said before. */
	public void decide(Comparison list, Collection<Decision> decisions) {
		List<Decision> all = new ArrayList<>();
		for (Decision decision : decisions) {
			UUID before = list.is(decision.record());
			if (decision.same().orElse(false) && before != null && !before.equals(decision.account()))
				all.add(new Decision(decision.record(), before, Optional.empty()));
		}
		all.addAll(decisions);
		repository.decide(list.id(), all);
	}

	private sealed interface Reading {
		record Taken(UserFile file) implements Reading {}

		record Refused(FileRefusal reason) implements Reading {}
	}

	private Reading read(byte[] content, @Nullable TableChoice table) {
		if (table == null) {
			return switch (format.read(content, limits.maxListed())) {
				case UserFileFormat.Reading.Taken(UserFile file) -> new Reading.Taken(file);
				case UserFileFormat.Reading.Refused(FileRefusal reason) -> new Reading.Refused(reason);
			};
		}
		return switch (tables.read(content, table, limits.maxListed())) {
			case Tables.Reading.Taken(UserFile file, var _, var _) -> new Reading.Taken(file);
			case Tables.Reading.Refused(FileRefusal reason) -> new Reading.Refused(reason);
		};
	}

	private Result<Compared> compared(Comparison list, UserFile file, String bearer) {
		List<StaffAccounts.Row> rows = new ArrayList<>(file.records().size());
		for (int record = 1; record <= file.records().size(); record++) {
			rows.add(new StaffAccounts.Row(Column.byTitle(file.cells(record)), list.is(record), list.isNot(record)));
		}
		return switch (accounts.compare(list.organizations(), rows, bearer)) {
			case Answer.Compared answer -> new Result.Done<>(new Compared(list, file, withOwnNotes(answer, file)));
			case StaffAccounts.Refusal why -> new Result.NotCompared<>(why);
		};
	}

	/**
	 * What the file itself rejects is rejected, whatever the accounts say. Of a probable pair a person first says whose the record is:
	 * until then nobody's account is behind it.
	 */
	private static Answer.Compared withOwnNotes(Answer.Compared answer, UserFile file) {
		SortedMap<Integer, Outcome> decided = DecidedByFile.alone(file);
		if (decided.isEmpty()) return answer;
		List<ComparedRow> records = new ArrayList<>(answer.records());
		decided.forEach((record, outcome) -> {
			ComparedRow row = records.get(record - 1);
			if (!(outcome instanceof Outcome.Rejected rejected) || row.isProbable()) return;
			records.set(record - 1, row.rejected(
					rejected.notes().stream().map(it -> new Remark(it.field(), it.code(), it.message())).toList()));
		});
		return new Answer.Compared(answer.people(), answer.affected(), answer.held(), records, answer.left(),
				answer.kept());
	}

	/**
	 * Previews of what the list adds and changes at this moment, each with as many records as a file may have; what is rejected for its
	 * fields is in them, too, to be corrected. None when there is nothing of that. Where the day's uploads end in the middle, those that
	 * were made stay, and the same key finds them again.
	 *
	 * @param confirmed how many people the owner has said the list may change or lose
	 * @param key with it a request that comes again has the same previews, as long as the list says the same
	 */
	public Result<List<ImportSummary>> preview(Compared compared, @Nullable Integer confirmed, @Nullable String key,
			Caller caller) {
		Answer.Compared answer = compared.answer();
		if (answer.held() && (confirmed == null || confirmed != answer.affected())) {
			return new Result.NotConfirmed<>(answer.affected());
		}
		List<ImportSummary> previews = new ArrayList<>();
		for (Action action : Action.values()) {
			List<Integer> records = records(answer, action);
			for (int from = 0; from < records.size(); from += limits.maxRecords()) {
				List<Integer> some = records.subList(from, Math.min(from + limits.maxRecords(), records.size()));
				byte[] content = part(compared, some, action);
				String partKey = key == null ? null : key + "/" + action + "/" + Sha256.hex(content);
				switch (imports.submit(new Imports.Upload(action, true, compared.list().fileName(), content, null,
						null, partKey), caller)) {
					case Receipt.Accepted(ImportSummary stored) -> previews.add(stored);
					case Receipt.OverQuota(UploadQuota.Spent spent) -> {
						return new Result.OverQuota<>(spent);
					}
					case Receipt.Refused(FileRefusal reason) -> {
						return new Result.Refused<>(reason);
					}
					case Receipt.KeyReused _ -> {
						return new Result.KeyReused<>();
					}
				}
			}
		}
		return new Result.Done<>(previews);
	}

	private static List<Integer> records(Answer.Compared answer, Action action) {
		List<Integer> records = new ArrayList<>();
		for (int record = 1; record <= answer.records().size(); record++) {
			ComparedRow row = answer.records().get(record - 1);
			boolean wanted = row.addsOrChanges() || row.isRejected()
					&& row.notes().stream().noneMatch(it -> DecidedByFile.isOfTheFile(it.code()));
			if (wanted && action == (row.account() == null ? Action.ADD : Action.UPDATE)) records.add(record);
		}
		return records;
	}

	/** These records as a file of their own; a record that somebody said is for an account has that account's username. */
	private byte[] part(Compared compared, List<Integer> records, Action action) {
		UserFile file = compared.file();
		String lacking = action == Action.UPDATE ? FileCell.ABSENT : "";
		List<Column> columns = file.columns();
		List<List<String>> lines = new ArrayList<>(records.size());
		for (int record : records) {
			Map<Column, String> cells = new HashMap<>(file.cells(record));
			var account = compared.answer().records().get(record - 1).account();
			if (action == Action.UPDATE) cells.put(Column.USERNAME, Objects.requireNonNull(account).username());
			lines.add(columns.stream().map(column -> cells.getOrDefault(column, lacking)).toList());
		}
		return format.file(columns, lines);
	}
}
