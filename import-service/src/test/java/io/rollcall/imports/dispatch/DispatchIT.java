package io.rollcall.imports.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.rollcall.imports.FollowUp;
import io.rollcall.imports.HistoryFilter;
import io.rollcall.imports.Import;
import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportResults;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.NewImport;
import io.rollcall.imports.OpenImport;
import io.rollcall.imports.Page;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.RowOutcome;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.platform.TemporarilyUnavailable;
import io.rollcall.platform.persistence.Lease;
import io.rollcall.platform.persistence.Leases;
import io.rollcall.platform.persistence.PauseSwitch;
import io.rollcall.platform.security.Caller;
import io.rollcall.testing.Backends;

import static org.assertj.core.api.Assertions.assertThat;

/** Dispatching and folding at the points where a process can die, on the real store; the dispatchers here are the test's own. */
class DispatchIT extends WholeService {
	private static final DispatchSettings SETTINGS = new DispatchSettings(100, 20, 50, Duration.ofMillis(50),
			Duration.ofMillis(600), Duration.ofSeconds(60), Duration.ofMinutes(10));

	@Autowired
	Dispatcher ofTheService;
	@Autowired
	ImportRepository repository;
	@Autowired
	Leases leases;
	@Autowired
	MongoDatabase database;
	@Autowired
	Clock clock;

	private final List<RowCommand> published = new CopyOnWriteArrayList<>();
	private final Set<UUID> mine = ConcurrentHashMap.newKeySet();
	private final List<Dispatcher> started = new ArrayList<>();
	private final String lease = "test-" + UUID.randomUUID();
	@Autowired
	private PauseSwitch control;
	private ImportResults results;

	@BeforeEach
	void takeTheServicesPlace() {
		ofTheService.stop();
		results = results(repository);
		// What earlier tests left open would take part.
		repository.open().forEach(open -> results.fold(IntStream.rangeClosed(1, open.total())
				.mapToObj(record -> created(open.id(), record)).toList()));
	}

	@AfterEach
	void giveItBack() {
		started.forEach(Dispatcher::stop);
		mine.forEach(id -> repository.progress(List.of(id)).forEach(open -> results.fold(
				IntStream.rangeClosed(1, open.total()).mapToObj(record -> created(id, record)).toList())));
		ofTheService.start();
	}

	/** Those that are told are all dispatchers of this test. */
	private ImportResults results(ImportRepository repository) {
		return new ImportResults(repository, imports -> started.forEach(each -> each.changed(imports)), clock);
	}

	private UUID stored(String district, int rows) {
		return stored(district, rows, Set.of());
	}

	/** @param surplus the rows of which the file itself decides */
	private UUID stored(String district, int rows, Set<Integer> surplus) {
		UUID id = UUID.randomUUID();
		List<List<String>> records = IntStream.rangeClosed(1, rows).mapToObj(i -> List.of("user" + i, "A", "Bb",
				"a@b.example", "TA", "00050000")).toList();
		var submitter = new Submitter(UUID.randomUUID(), "u", "DTC", Set.of(district), Set.of(district),
				Set.of("manage-users"));
		var submission = new Submission(Action.ADD, false, "f.csv", "00", 20_000, submitter, clock.instant(),
				"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null, null, null, null, null);
		mine.add(id);
		UserFile file = new UserFile(List.of("Username", "Fname", "Lname", "Email", "Role", "Org"), records, surplus);
		assertThat(repository.add(
				NewImport.of(id, submission, file, Map.of(), clock.instant().plusSeconds(60)))).isTrue();
		return id;
	}

	private static RowOutcome created(UUID id, int record) {
		return new RowOutcome(id, record, new Outcome.Created(UUID.randomUUID()));
	}

	private Dispatcher start(ImportRepository repository, RowPublisher publisher, DispatchSettings settings) {
		Dispatcher dispatcher = new Dispatcher(repository, publisher, control, settings, clock,
				new Lease(leases, lease, settings.lease(), System::nanoTime));
		started.add(dispatcher);
		dispatcher.start();
		return dispatcher;
	}

	@Test
	void pausedDispatchSendsNothingAndLosesNothing() {
		control.turn(true, "operator", clock.instant());
		try {
			start(repository, published::addAll, SETTINGS);
			UUID id = stored("00050000", 20);
			Awaitility.await().during(Duration.ofSeconds(1))
					.until(() -> recordsOf(id).isEmpty());
			assertThat(control.state().by()).isEqualTo("operator");
			control.turn(false, "another", clock.instant());
			Awaitility.await().untilAsserted(() -> assertThat(recordsOf(id)).containsExactly(upTo(20)));
		} finally {
			control.turn(false, "operator", clock.instant());
		}
	}

	private List<Integer> recordsOf(UUID id) {
		return published.stream().filter(command -> command.importId().equals(id)).map(RowCommand::recordNumber)
				.toList();
	}

	private static Integer[] upTo(int records) {
		return IntStream.rangeClosed(1, records).boxed().toArray(Integer[]::new);
	}

	private ImportSummary summary(UUID id) {
		return repository.find(id).orElseThrow();
	}

	@Test
	void storedRowsAreDispatchedOnceAndNotedAsSuch() {
		UUID id = stored("A", 30);
		start(repository, published::addAll, SETTINGS);
		Awaitility.await().until(() -> summary(id).dispatched() == 30);
		assertThat(recordsOf(id)).containsExactly(upTo(30));
		assertThat(published).allSatisfy(command -> assertThat(command.cells()).hasSize(6));
	}

	@Test
	void rowsOfWhichTheFileDecidesAreSentToNobodyAndHoldUpNobody() {
		UUID id = stored("A", 45, IntStream.rangeClosed(10, 39).boxed().collect(Collectors.toSet()));
		start(repository, commands -> {
			assertThat(commands).isNotEmpty();
			published.addAll(commands);
		}, SETTINGS);
		Awaitility.await().until(() -> summary(id).dispatched() == 45);
		assertThat(recordsOf(id)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 40, 41, 42, 43, 44, 45);
		assertThat(repository.progress(List.of(id))).singleElement()
				.satisfies(open -> assertThat(open.inFlight()).isEqualTo(15));
		results.fold(recordsOf(id).stream().map(record -> created(id, record)).toList());
		assertThat(summary(id).isCompleted()).isTrue();
		assertThat(summary(id).counts()).satisfies(counts -> {
			assertThat(counts.created()).isEqualTo(15);
			assertThat(counts.rejected()).isEqualTo(30);
		});
	}

	@Test
	void rowsPublishedButNotNotedAreSentAgainAndNoneIsLost() {
		UUID id = stored("A", 30);
		AtomicInteger attempts = new AtomicInteger();
		start(new Delegate(repository) {
			@Override
			public void dispatched(Map<UUID, Integer> records, Instant at) {
				if (attempts.incrementAndGet() <= 2) throw new TemporarilyUnavailable("killed here");
				super.dispatched(records, at);
			}
		}, published::addAll, SETTINGS);
		Awaitility.await().until(() -> summary(id).dispatched() == 30);
		assertThat(recordsOf(id)).contains(upTo(30)).hasSizeGreaterThan(30);
		// The second run's results are those of the first.
		results.fold(recordsOf(id).stream().map(record -> created(id, record)).toList());
		assertThat(summary(id).counts().created()).isEqualTo(30);
		assertThat(summary(id).isCompleted()).isTrue();
	}

	@Test
	void brokerThatTakesNothingDelaysAndLosesNothing() {
		UUID id = stored("A", 30);
		AtomicInteger attempts = new AtomicInteger();
		start(repository, commands -> {
			if (attempts.incrementAndGet() <= 1) throw new TemporarilyUnavailable("broker away");
			published.addAll(commands);
		}, SETTINGS);
		Awaitility.await().until(() -> summary(id).dispatched() == 30);
		assertThat(recordsOf(id)).containsExactly(upTo(30));
	}

	@Test
	void importThatCannotBePublishedDoesNotHoldUpOthers() {
		UUID bad = stored("A", 10);
		UUID good = stored("B", 30);
		UUID better = stored("A", 30);
		start(repository, commands -> {
			if (commands.stream().anyMatch(command -> command.importId().equals(bad))) {
				throw new TemporarilyUnavailable("too large for the broker");
			}
			published.addAll(commands);
		}, SETTINGS);
		Awaitility.await().until(() -> summary(good).dispatched() == 30 && summary(better).dispatched() == 30);
		assertThat(summary(bad).dispatched()).isZero();
	}

	@Test
	void oneOfTwoDispatchesAndTheOtherTakesOverWhenItDies() {
		CountDownLatch died = new CountDownLatch(1);
		List<String> who = new CopyOnWriteArrayList<>();
		RowPublisher dying = commands -> {
			who.add("first");
			published.addAll(commands);
			died.countDown();
			try {
				new CountDownLatch(1).await(); // published, never noted, and no sign of life any more
			} catch (InterruptedException e) {
				throw new TemporarilyUnavailable("test is over", e);
			}
		};
		start(repository, dying, SETTINGS);
		UUID id = stored("A", 70);
		Awaitility.await().until(() -> died.getCount() == 0);
		start(repository, commands -> {
			who.add("second");
			published.addAll(commands);
		}, SETTINGS);
		Awaitility.await().until(() -> summary(id).dispatched() == 70);
		assertThat(who.getFirst()).isEqualTo("first");
		assertThat(who.stream().skip(1)).isNotEmpty().containsOnly("second");
		assertThat(recordsOf(id)).contains(upTo(70));
	}

	@Test
	void waitingInstanceStaysSilentWhileTheOtherWorks() {
		List<String> who = new CopyOnWriteArrayList<>();
		// Long: on a busy machine the first may well be silent for a second.
		var patient = new DispatchSettings(100, 20, 50, Duration.ofMillis(50), Duration.ofSeconds(20),
				Duration.ofSeconds(60), Duration.ofMinutes(10));
		start(repository, _ -> who.add("first"), patient);
		Awaitility.await().until(() -> database.getCollection("leases").countDocuments(Filters.eq(lease)) == 1);
		start(repository, _ -> who.add("second"), patient);
		for (int i = 0; i < 10; i++) {
			UUID id = stored("A", 20);
			Awaitility.await().until(() -> summary(id).dispatched() == 20);
			results.fold(IntStream.rangeClosed(1, 20).mapToObj(record -> created(id, record)).toList());
		}
		assertThat(who).hasSize(10).containsOnly("first");
		started.getFirst().stop();
		UUID id = stored("A", 20);
		Awaitility.await().until(() -> summary(id).dispatched() == 20);
		assertThat(who.getLast()).isEqualTo("second");
	}

	@Test
	void windowIsNeverExceededAndOpensWithOutcomesThatAnotherInstanceFolded() {
		UUID id = stored("A", 200);
		start(repository, published::addAll, SETTINGS);
		Awaitility.await().until(() -> summary(id).dispatched() == 100);
		ImportResults elsewhere = new ImportResults(repository, _ -> {}, clock);
		elsewhere.fold(IntStream.rangeClosed(1, 30).mapToObj(record -> created(id, record)).toList());
		Awaitility.await().until(() -> summary(id).dispatched() == 130);
		assertThat(recordsOf(id)).containsExactly(upTo(130));
	}

	@Test
	void smallDistrictIsServedWhileALargeOneHasTwentyThousandRowsQueued() {
		Map<UUID, String> district = new HashMap<>();
		for (int i = 0; i < 100; i++)
			district.put(stored("A", 200), "A");
		var settings = new DispatchSettings(1000, 20, 500, Duration.ofMillis(50), Duration.ofSeconds(4),
				Duration.ofSeconds(60), Duration.ofMinutes(10));
		AtomicInteger underWay = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		start(repository, commands -> {
			published.addAll(commands);
			most.accumulateAndGet(underWay.addAndGet(commands.size()), Math::max);
		}, settings);
		Awaitility.await().until(() -> published.size() == 1000);
		UUID small = stored("B", 10);
		district.put(small, "B");
		// As an upload does; else the rows of A could fill the window again before the next poll finds it.
		started.getFirst().changed(repository.progress(List.of(small)));
		int answered = 0;
		for (; answered < 1000; answered += 250)
			answer(answered, 250, underWay);
		Awaitility.await().until(() -> summary(small).dispatched() == 10);
		int place = published.stream().map(RowCommand::importId).toList().indexOf(small);
		assertThat(place).as("of 20,010; 1,000 were under way before it came").isLessThan(1300);
		while (answered < 20_010) {
			int next = Math.min(published.size() - answered, 500);
			if (next == 0) {
				int before = answered;
				Awaitility.await().until(() -> published.size() > before);
				continue;
			}
			answer(answered, next, underWay);
			answered += next;
		}
		assertThat(most.get()).isLessThanOrEqualTo(1000);
		assertThat(published).hasSize(20_010);
		assertThat(published.stream().collect(Collectors.groupingBy(command -> district.get(command.importId()),
				Collectors.counting()))).isEqualTo(Map.of("A", 20_000L, "B", 10L));
		assertThat(district.keySet()).allSatisfy(id -> assertThat(summary(id).isCompleted()).isTrue());
	}

	private void answer(int from, int rows, AtomicInteger underWay) {
		underWay.addAndGet(-rows); // before the fold: as soon as it is told, the dispatcher goes on
		results.fold(published.subList(from, from + rows).stream()
				.map(command -> created(command.importId(), command.recordNumber())).toList());
	}

	@Test
	void districtsTakeTurnsOnTheTopic() {
		Map<UUID, String> district = new HashMap<>();
		for (String name : List.of("A", "B", "C"))
			district.put(stored(name, 100), name);
		var wide = new DispatchSettings(1000, 20, 500, Duration.ofMillis(50), Duration.ofSeconds(4),
				Duration.ofSeconds(60), Duration.ofMinutes(10));
		start(repository, published::addAll, wide);
		Awaitility.await().until(() -> published.size() == 300);
		String order = IntStream.range(0, 15).mapToObj(i -> district.get(published.get(i * 20).importId()))
				.collect(Collectors.joining());
		assertThat(order).isEqualTo("ABC".repeat(5));
	}

	@Test
	void rowsWithoutAnOutcomeForTooLongAreSentAgainAlone() {
		UUID id = stored("A", 30);
		var hasty = new DispatchSettings(100, 20, 50, Duration.ofMillis(20), Duration.ofSeconds(4),
				Duration.ofSeconds(60), Duration.ofMillis(400));
		start(repository, published::addAll, hasty);
		Awaitility.await().until(() -> summary(id).dispatched() == 30);
		results.fold(IntStream.rangeClosed(1, 28).mapToObj(record -> created(id, record)).toList());
		Awaitility.await().until(() -> published.size() >= 32);
		assertThat(recordsOf(id).subList(30, 32)).containsExactly(29, 30);
	}

	@Test
	void outcomesFoldedByTwoAtOnceAreAllThere() throws Exception {
		UUID id = stored("A", 200);
		// Both read before either writes: the slower is refused, reads again, and loses nothing.
		CountDownLatch bothHaveRead = new CountDownLatch(2);
		AtomicInteger conflicts = new AtomicInteger();
		ImportRepository meeting = new Delegate(repository) {
			@Override
			public List<Import> forRecording(Collection<UUID> ids) {
				List<Import> read = super.forRecording(ids);
				bothHaveRead.countDown();
				try {
					bothHaveRead.await();
				} catch (InterruptedException e) {
					throw new IllegalStateException(e);
				}
				return read;
			}

			@Override
			public boolean replace(Collection<Import> imports) {
				boolean replaced = super.replace(imports);
				if (!replaced) conflicts.incrementAndGet();
				return replaced;
			}
		};
		var odd = Thread.ofVirtual().start(() -> results(meeting).fold(IntStream.rangeClosed(1, 200)
				.filter(i -> i % 2 == 1).mapToObj(record -> created(id, record)).toList()));
		var even = Thread.ofVirtual().start(() -> results(meeting).fold(IntStream.rangeClosed(1, 200)
				.filter(i -> i % 2 == 0).mapToObj(record -> created(id, record)).toList()));
		odd.join();
		even.join();
		assertThat(conflicts).hasValue(1);
		assertThat(summary(id).counts().created()).isEqualTo(200);
		assertThat(summary(id).isCompleted()).isTrue();
	}

	@Test
	void firstOutcomeOfARowStands() {
		UUID id = stored("A", 2);
		UUID nobody = UUID.randomUUID();
		assertThat(results.fold(List.of(created(id, 1), new RowOutcome(id, 1, new Outcome.Rejected(List.of())),
				created(id, 7), created(nobody, 1)))).isEqualTo(new ImportResults.Folded(1, 2));
		assertThat(results.fold(List.of(new RowOutcome(id, 1, new Outcome.Rejected(List.of())))))
				.isEqualTo(new ImportResults.Folded(1, 0));
		assertThat(summary(id).counts().created()).isEqualTo(1);
		assertThat(summary(id).isCompleted()).isFalse();
	}

	@Test
	void notingHowFarItIsDispatchedNeverGoesBack() {
		UUID id = stored("A", 50);
		repository.dispatched(Map.of(id, 40), clock.instant());
		repository.dispatched(Map.of(id, 20), clock.instant());
		assertThat(summary(id).dispatched()).isEqualTo(40);
	}

	/** The real store, where a test puts its hand in between. */
	private static class Delegate implements ImportRepository {
		private final ImportRepository real;

		Delegate(ImportRepository real) {
			this.real = real;
		}

		@Override
		public boolean add(NewImport added) {
			return real.add(added);
		}

		@Override
		public Set<UUID> seen(Collection<UUID> ids, Caller caller) {
			return real.seen(ids, caller);
		}

		@Override
		public List<ImportSummary> undosOf(Collection<UUID> ids) {
			return real.undosOf(ids);
		}

		@Override
		public List<ImportSummary> summaries(Collection<UUID> ids) {
			return real.summaries(ids);
		}

		@Override
		public java.util.Optional<UUID> latestOf(UUID accountId, Action action, String sha256, Instant since) {
			return real.latestOf(accountId, action, sha256, since);
		}

		@Override
		public void committed(UUID dryRun, UUID as) {
			real.committed(dryRun, as);
		}

		@Override
		public void followedUp(UUID id, FollowUp by) {
			real.followedUp(id, by);
		}

		@Override
		public java.util.Optional<ImportSummary> find(UUID id, Caller caller) {
			return real.find(id, caller);
		}

		@Override
		public java.util.Optional<ImportSummary> find(UUID id) {
			return real.find(id);
		}

		@Override
		public java.util.Optional<ImportSummary> findByIdempotencyKey(String key) {
			return real.findByIdempotencyKey(key);
		}

		@Override
		public java.util.Optional<ImportedRows> rows(UUID id) {
			return real.rows(id);
		}

		@Override
		public Page<ImportSummary> history(Caller caller, HistoryFilter filter, int page, int size) {
			return real.history(caller, filter, page, size);
		}

		@Override
		public List<Import> forRecording(Collection<UUID> ids) {
			return real.forRecording(ids);
		}

		@Override
		public boolean replace(Collection<Import> imports) {
			return real.replace(imports);
		}

		@Override
		public List<OpenImport> open() {
			return real.open();
		}

		@Override
		public List<OpenImport> progress(Collection<UUID> ids) {
			return real.progress(ids);
		}

		@Override
		public List<ImportedRows> rows(Collection<UUID> ids) {
			return real.rows(ids);
		}

		@Override
		public void dispatched(Map<UUID, Integer> records, Instant at) {
			real.dispatched(records, at);
		}

		@Override
		public void redispatched(UUID id, Instant at) {
			real.redispatched(id, at);
		}
	}
}
