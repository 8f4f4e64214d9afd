package io.rollcall.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.comparison.Accounts;
import io.rollcall.acceptance.comparison.Comparison;
import io.rollcall.acceptance.comparison.Mails;
import io.rollcall.acceptance.generator.Action;
import io.rollcall.acceptance.generator.GeneratedFile;
import io.rollcall.acceptance.generator.Generator;
import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.oracle.Oracle;
import io.rollcall.acceptance.oracle.Outcome.Kind;
import io.rollcall.acceptance.oracle.Prediction;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Imports.ImportState;
import io.rollcall.acceptance.system.Inbox.Mail;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** Files of every kind of fault against the oracle: each row's outcome and notes, each summary, each error file. */
@Tag("long")
class GeneratedFilesIT {
	private static final long SEED = Long.getLong("rollcall.seed", 20250113);
	private static final int FILES = Integer.getInteger("rollcall.files", 50);

	/** So many of them are tried as a dry run first, and every second of these is then committed instead of uploaded again. */
	private static final int PREVIEWS = Integer.getInteger("rollcall.previews", 0);

	private final RunningSystem system = RunningSystem.shared();

	@Test
	void everyRowOfEveryFileEndsAsTheOracleSays() {
		System.out.println("Generated files: " + FILES + " of seed " + SEED);
		var oracle = new Oracle(Directory.ofTheState());
		var generator = new Generator(SEED, Directory.ofTheState(), oracle);
		system.awaitRest();
		long newest = system.inbox().newest();
		var differences = new ArrayList<String>();
		long supersededBefore = superseded();
		int rows = 0;
		int created = 0;
		for (int i = 0; i < FILES; i++) {
			GeneratedFile file = generator.next();
			rows += file.rows().size();
			created += file.prediction().count(Kind.CREATED);
			String what = file.name() + " (" + file.description() + ")";
			ImportState state = i < PREVIEWS
					? previewed(file, what, i % 2 == 0, differences)
					: system.imports().run(file.name(), file.bytes(), file.action().wire());
			differences.addAll(Comparison.of(what, system.imports(), state, file.columns(), file.rows(),
					file.prediction()));
			if (file.number() % 7 == 0 && file.prediction().rejected() > 0) {
				differences.addAll(errorFileAgain(file, state, oracle));
			}
		}
		System.out.println("Generated files: " + rows + " rows, " + created + " created, faults "
				+ generator.faultsUsed());
		assertThat(differences).as("differences of seed " + SEED).isEmpty();

		system.awaitRest();
		Accounts accounts = Accounts.read(system.topics());
		assertThat(oracle.accounts().stream().map(accounts::differenceFrom).filter(Objects::nonNull)).isEmpty();
		assertThat(oracle.accounts()).allMatch(account -> accounts.creations(account.username()) == 1);
		List<Mail> mails = Mails.distinct(system.inbox().after(newest)).mails();
		int issued = created + oracle.moves();
		// One that still waited when a later file changed the address is not sent: its password has ended.
		long sent = 2L * issued - (superseded() - supersededBefore);
		assertThat(mails.stream().filter(mail -> mail.password() != null)).hasSize((int) sent);
		assertThat(mails.stream().map(Mail::password).filter(Objects::nonNull).distinct()).hasSize((int) sent);
	}

	private long superseded() {
		return system.topics().values("delivery-events").stream()
				.filter(event -> event.path("reason").asString("").equals("superseded")
						&& event.path("kind").asString().equals("password"))
				.map(event -> event.path("eventId").asString()).distinct().count();
	}

	/** A dry run, which must say what then happens; then that happens, by a commit or by an upload of its own. */
	private ImportState previewed(GeneratedFile file, String what, boolean commit, List<String> differences) {
		ImportState preview = system.imports().preview(file.name(), file.bytes(), file.action().wire());
		differences.addAll(
				Comparison.ofRows("preview of " + what, system.imports(), preview, file.rows(), file.prediction()));
		ImportState state = commit
				? system.imports().commit(preview.id())
				: system.imports().run(file.name(), file.bytes(), file.action().wire());
		List<String> foretold = system.imports().rows(preview.id()).stream().map(row -> row.changes().toString())
				.toList();
		List<String> done = system.imports().rows(state.id()).stream().map(row -> row.changes().toString()).toList();
		if (!foretold.equals(done) || state.changedSincePreview() != 0 || preview.mails() != state.mails()) {
			differences.add("%s: foretold %s %s%n    done %s %s".formatted(what, preview, foretold, state, done));
		}
		return state;
	}

	/** The error file, handed in as it is: the same people are refused for the same reasons, nothing is changed. */
	private List<String> errorFileAgain(GeneratedFile file, ImportState state, Oracle oracle) {
		List<Row> rejected = IntStream.range(0, file.rows().size())
				.filter(i -> file.prediction().outcomes().get(i).isRejected()).mapToObj(file.rows()::get).toList();
		Prediction again = file.action() == Action.ADD ? oracle.add(rejected) : oracle.update(rejected);
		String name = "errors-of-" + file.name();
		ImportState answer = system.imports().run(name, system.imports().errors(state.id()), file.action().wire());
		return Comparison.of(name, system.imports(), answer, file.columns(), rejected, again);
	}
}
