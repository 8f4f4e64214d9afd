package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The whole system as child processes of this one. They end with this process, however it ends; their data stays in
 * the folder and the next start goes on from it.
 */
public final class Standalone implements AutoCloseable {

	/** Very long for a machine that has nothing else to do; one that is out of processors takes minutes. */
	private static final Duration START_LIMIT = Duration.ofMinutes(10);
	private static final Duration SILENCE = Duration.ofSeconds(30);

	/**
	 * How to start it.
	 *
	 * @param root the folder with the modules and their built jars
	 * @param data where everything is kept
	 * @param ports what it listens on
	 * @param environment settings for every service, before all others; {@code ROLLCALL_KAFKA} and
	 *        {@code ROLLCALL_MONGODB_URI} are used instead of a broker and a database of our own
	 * @param restarts how often a child that ends by itself is started again; 0 leaves it dead
	 * @param without names of programs that are not started
	 * @param out where progress is told, a line at a time
	 */
	public record Options(Path root, Path data, Ports ports, Map<String, String> environment, int restarts,
			List<String> without, Consumer<String> out) {

		/** For tests: on free ports, nothing started again by itself, progress on standard output. */
		public static Options forTests(Path root, Path data) {
			return new Options(root, data, Ports.free(), Map.of(), 0, List.of(), System.out::println);
		}

		/** The same with settings for every service. */
		public Options with(Map<String, String> settings) {
			return new Options(root, data, ports, Map.copyOf(settings), restarts, without, out);
		}

		/** The same on other ports. */
		public Options on(Ports otherPorts) {
			return new Options(root, data, otherPorts, environment, restarts, without, out);
		}

		/** The same without some of the programs. */
		public Options without(String... names) {
			return new Options(root, data, ports, environment, restarts, List.of(names), out);
		}
	}

	private final Options options;
	private final DataFolder folder;
	/** Replaced when one is added, never changed: it is read by several threads. */
	private volatile Map<String, Child> children = Map.of();
	private final Map<String, AtomicInteger> restartsLeft = new ConcurrentHashMap<>();
	/** What was ready once while others still start. What ends before it was ready is seen by whoever waits for it. */
	private final Set<String> begun = ConcurrentHashMap.newKeySet();
	private final HttpClient http;
	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
	/**
	 * A JVM that boots is busy on one processor and a little more. All at once would finish no sooner, and each of them
	 * much later.
	 */
	private final Semaphore boots = new Semaphore(Runtime.getRuntime().availableProcessors() + 1, true);
	private final Secrets secrets;
	private volatile boolean ready;
	private volatile boolean closing;

	private Standalone(Options options, DataFolder folder) {
		this.options = options;
		this.folder = folder;
		this.secrets = folder.secrets();
		this.http = HttpClient.newBuilder().executor(threads).connectTimeout(Duration.ofSeconds(2))
				.proxy(HttpClient.Builder.NO_PROXY).build();
	}

	/**
	 * Starts everything and returns when all of it is ready.
	 *
	 * @throws StartFailure when it cannot be; then nothing is left running
	 */
	public static Standalone start(Options options) {
		return start(options, new DataFolder(options.data()));
	}

	/** The same for a caller that already has looked into the folder; takes the folder over. */
	static Standalone start(Options options, DataFolder folder) {
		folder.own();
		List<Program> programs;
		try {
			programs = new Blueprint(options.root(), folder.path(), options.ports(), options.environment())
					.programs(folder.secrets(), options.without());
		} catch (RuntimeException e) {
			folder.close();
			throw e;
		}
		return start(options, folder, programs);
	}

	static Standalone start(Options options, DataFolder folder, List<Program> programs) {
		Standalone system;
		try {
			var leftovers = folder.endLeftovers();
			if (!leftovers.isEmpty()) {
				options.out().accept("Stopped what an earlier run had left behind: " + String.join(", ", leftovers));
			}
			refuseTakenPorts(programs);
			system = new Standalone(options, folder);
		} catch (RuntimeException e) {
			folder.close();
			throw e;
		}
		try {
			system.startAll(programs);
			return system;
		} catch (RuntimeException e) {
			system.close();
			throw e;
		}
	}

	public Ports ports() {
		return options.ports();
	}

	/** The portal's address. */
	public URI gateway() {
		return URI.create("http://localhost:" + ports().gateway());
	}

	/** The training site's address. */
	public URI training() {
		return URI.create("http://localhost:" + ports().training());
	}

	/** The inbox page; its programs' side is {@code api/mails} below it. */
	public URI inbox() {
		return URI.create("http://localhost:" + ports().inbox() + "/");
	}

	/** For {@code bootstrap.servers}. */
	public String kafka() {
		return options.environment().getOrDefault("ROLLCALL_KAFKA", "localhost:" + ports().kafka());
	}

	/** For {@code MongoClients.create}. */
	public String mongo() {
		return options.environment().getOrDefault("ROLLCALL_MONGODB_URI", "mongodb://localhost:" + ports().mongo());
	}

	/** The secret of the API client {@code bootstrap}. */
	public String bootstrapClientSecret() {
		return secrets.bootstrapClientSecret();
	}

	/** Where data, logs and secrets are. */
	public Path data() {
		return folder.path();
	}

	/** The programs' names, in the order of the list. */
	public List<String> names() {
		return List.copyOf(children.keySet());
	}

	/**
	 * Starts one more instance of a service and returns when it is ready. It has the settings of the first but for its port,
	 * and the name of the first with a number, by which it can be stopped, killed and started like any other.
	 *
	 * @param name of a service, as {@code user-service}
	 * @return the new instance
	 */
	public Instance add(String name) {
		return add(name, Map.of());
	}

	/** The same with settings that differ from the first one's. */
	public Instance add(String name, Map<String, String> settings) {
		Instance added = launchAnother(name, settings);
		awaitReady(added.name());
		return added;
	}

	/** The same without waiting until it is ready. */
	public Instance launchAnother(String name, Map<String, String> settings) {
		Instance added = addChild(name, Ports.oneFree(), settings);
		launch(added.name());
		return added;
	}

	/** One more instance of a service: its name here, and where it listens. */
	public record Instance(String name, URI address) {}

	private synchronized Instance addChild(String name, int port, Map<String, String> settings) {
		int number = 2;
		while (children.containsKey(name + "-" + number)) {
			number++;
		}
		Program program = child(name).program().again(name + "-" + number, port, settings);
		addChild(program);
		return new Instance(program.name(), URI.create("http://localhost:" + port));
	}

	private void addChild(Program program) {
		var more = new LinkedHashMap<>(children);
		more.put(program.name(), new Child(program, folder.path(),
				new LogFile(folder.logs().resolve(program.name() + ".log")), http, this::endedByItself));
		restartsLeft.put(program.name(), new AtomicInteger(options.restarts()));
		children = more;
	}

	/** Processor time that the live process of each program has used so far. */
	public Map<String, Duration> processorTimes() {
		var times = new TreeMap<String, Duration>();
		children.forEach((name, child) -> {
			ProcessHandle process = child.handle();
			if (process != null) {
				process.info().totalCpuDuration().ifPresent(time -> times.put(name, time));
			}
		});
		return times;
	}

	/** Whether the program has a live process. */
	public boolean runs(String name) {
		return child(name).runs();
	}

	/** Whether the program says that it can do its work. */
	public boolean isReady(String name) {
		return child(name).isReady();
	}

	/** The log of the program's present run; the one before is beside it as {@code .1}. */
	public Path logs(String name) {
		return child(name).log().path();
	}

	/** SIGKILL. The process is gone when this returns. */
	public void kill(String name) {
		uninterrupted(() -> child(name).kill());
	}

	/** SIGTERM, and SIGKILL to one that does not go. */
	public void stop(String name) {
		uninterrupted(() -> child(name).stop());
	}

	/** Starts a program that was stopped or killed, and waits until it is ready. */
	public void start(String name) {
		launch(name);
		awaitReady(name);
	}

	/** Starts a program that was stopped or killed, and does not wait for it. */
	public void launch(String name) {
		try {
			child(name).start();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		note();
	}

	/** Waits until a started program is ready. */
	public void awaitReady(String name) {
		uninterrupted(() -> {
			if (!child(name).awaitReady(START_LIMIT)) {
				throw new StartFailure(whyNotReady(child(name)));
			}
		});
	}

	/** Stops everything, last started first, and leaves no process behind. */
	@Override
	public void close() {
		if (closing) {
			return;
		}
		closing = true;
		// A service that stops still writes to what it needs, so that goes last; those that need the same go together.
		var levels = new TreeMap<Integer, List<Child>>();
		children.values().forEach(child -> levels.computeIfAbsent(depth(child), _ -> new ArrayList<>()).add(child));
		for (List<Child> level : levels.descendingMap().values()) {
			var stops = level.stream().map(child -> CompletableFuture.runAsync(() -> {
				try {
					child.stop();
				} catch (InterruptedException e) {
					throw new CompletionException(e);
				}
			}, threads)).toArray(CompletableFuture[]::new);
			CompletableFuture.allOf(stops).join();
		}
		children.values().forEach(child -> child.log().close());
		folder.forget();
		folder.close();
		http.shutdownNow();
		threads.shutdownNow();
	}

	private int depth(Child child) {
		return child.program().needs().isEmpty() ? 0 : 1;
	}

	private void startAll(List<Program> programs) {
		programs.forEach(this::addChild);
		var started = new LinkedHashMap<String, CompletableFuture<Void>>();
		var failed = new CompletableFuture<Void>();
		try {
			for (Program program : programs) {
				for (String need : program.needs()) {
					if (started.containsKey(need)) {
						started.get(need).get();
					}
				}
				boots.acquire();
				if (failed.isDone()) {
					break;
				}
				var one = CompletableFuture.runAsync(() -> startFirst(child(program.name())), threads);
				one.whenComplete((_, failure) -> {
					if (failure != null) {
						failed.completeExceptionally(
								failure instanceof CompletionException && failure.getCause() != null
										? failure.getCause()
										: failure);
					}
					boots.release();
				});
				started.put(program.name(), one);
			}
			// The first failure ends the wait: what started beside it is stopped by close().
			CompletableFuture
					.anyOf(CompletableFuture.allOf(started.values().toArray(CompletableFuture[]::new)), failed).get();
		} catch (ExecutionException e) {
			throw e.getCause() instanceof StartFailure failure ? failure : new IllegalStateException(e.getCause());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new StartFailure("The start was given up.");
		}
		ready = true;
		note();
	}

	private void startFirst(Child child) {
		long begin = System.nanoTime();
		try {
			child.start();
			if (closing) {
				child.stop(); // close() may have looked at it just before there was anything to stop
			}
			note();
			awaitFirstReady(child);
		} catch (IOException e) {
			throw new StartFailure(child.program().name() + " cannot be started: " + e.getMessage());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new StartFailure("The start was interrupted.");
		}
		options.out().accept(String.format("  %-22s ready after %4.1f s   port %s", child.program().name(),
				(System.nanoTime() - begin) / 1e9, String.join(", ",
						child.program().ports().keySet().stream().sorted().map(String::valueOf).toList())));
	}

	private void awaitFirstReady(Child child) throws InterruptedException {
		String name = child.program().name();
		for (Duration waited = Duration.ZERO; !child.awaitReady(SILENCE);) {
			waited = waited.plus(SILENCE);
			if (closing) {
				throw new StartFailure("The start was given up.");
			}
			if (!child.runs() || waited.compareTo(START_LIMIT) >= 0) {
				throw new StartFailure(whyNotReady(child));
			}
			options.out().accept("  " + name + " is not ready yet after " + waited.toSeconds() + " s; its log is "
					+ child.log().path());
		}
		begun.add(name);
		if (!child.runs()) {
			throw new StartFailure(whyNotReady(child)); // between the two
		}
	}

	private void endedByItself(Child child) {
		String name = child.program().name();
		if (closing || !ready && !begun.contains(name)) {
			return;
		}
		options.out().accept(lastWords(child));
		int left = restartsLeft.getOrDefault(name, new AtomicInteger()).getAndDecrement();
		if (left <= 0) {
			if (options.restarts() > 0) {
				options.out().accept(name + " has ended too often and stays down; the rest runs on.");
			}
			return;
		}
		try {
			Thread.sleep(Duration.ofSeconds(1L << Math.min(5, options.restarts() - left)));
			if (closing) {
				return;
			}
			options.out().accept("Starting " + name + " again");
			child.start();
			note();
			if (child.awaitReady(START_LIMIT)) {
				options.out().accept(name + " is ready again");
			}
		} catch (IOException | IllegalStateException e) {
			options.out().accept(name + " cannot be started again: " + e.getMessage());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private String whyNotReady(Child child) {
		return child.runs()
				? child.program().name() + " runs but was not ready within " + START_LIMIT.toMinutes()
						+ " minutes; its log is " + child.log().path()
				: lastWords(child);
	}

	private static String lastWords(Child child) {
		var words = new StringBuilder(child.program().name()).append(" has ended with exit code ")
				.append(child.exitCode()).append("; its log is ").append(child.log().path())
				.append(". Its last lines:");
		child.lastWords().forEach(line -> words.append("\n    ").append(line));
		return words.toString();
	}

	private synchronized void note() {
		if (closing) {
			return;
		}
		var processes = new ArrayList<DataFolder.Noted>();
		children.forEach((name, child) -> {
			var handle = child.handle();
			if (handle != null) {
				processes.add(DataFolder.Noted.of(name, handle));
			}
		});
		folder.note(new DataFolder.Running(DataFolder.Noted.of("launcher", ProcessHandle.current()), ready,
				options.ports(), processes));
	}

	private static void refuseTakenPorts(List<Program> programs) {
		var taken = new TreeMap<Integer, String>();
		for (Program program : programs) {
			program.ports().forEach((port, purpose) -> {
				try (var socket = new ServerSocket()) {
					socket.setReuseAddress(true);
					socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
				} catch (IOException _) {
					taken.put(port, purpose);
				}
			});
		}
		if (!taken.isEmpty()) {
			var message = new StringBuilder();
			taken.forEach(
					(port, purpose) -> message.append("Port ").append(port).append(", needed for ").append(purpose)
							.append(", is taken by another program.\n"));
			message.append("See which one with: lsof -nP -iTCP:").append(taken.firstKey()).append(
					" -sTCP:LISTEN\nStop it, or move all of Rollcall's ports, for example: ROLLCALL_PORT_OFFSET=10000 ./run");
			throw new StartFailure(message.toString());
		}
	}

	private Child child(String name) {
		var child = children.get(name);
		if (child == null) {
			throw new IllegalArgumentException("There is no " + name + " among " + children.keySet());
		}
		return child;
	}

	private interface Interruptible {
		void run() throws InterruptedException;
	}

	private static void uninterrupted(Interruptible action) {
		try {
			action.run();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}
}
