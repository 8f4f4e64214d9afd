package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.rollcall.standalone.ports.FreePorts;

/**
 * The whole system as child processes of this one. They end with this process, however it ends; their data stays in
 * the folder and the next start goes on from it.
 */
public final class Standalone implements AutoCloseable {
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
	 * @param caches where JVMs keep what they learn for the next start; null starts each as if it were the first
	 */
	public record Options(Path root, Path data, Ports ports, Map<String, String> environment, int restarts,
			List<String> without, Consumer<String> out, @Nullable Path caches) {

		/** For tests: on free ports, nothing started again by itself, progress on standard output. */
		public static Options forTests(Path root, Path data) {
			return new Options(root, data, Ports.free(), Map.of(), 0, List.of(), System.out::println, null);
		}

		/** The same with settings for every service. */
		public Options with(Map<String, String> settings) {
			return new Options(root, data, ports, Map.copyOf(settings), restarts, without, out, caches);
		}

		/** The same on other ports. */
		public Options on(Ports otherPorts) {
			return new Options(root, data, otherPorts, environment, restarts, without, out, caches);
		}

		/** The same without some of the programs. */
		public Options without(String... names) {
			return new Options(root, data, ports, environment, restarts, List.of(names), out, caches);
		}

		/** The same with caches beside what the build makes, where {@code mvn clean} clears them away. */
		public Options withCaches() {
			return withCaches(root.resolve("standalone/launcher/target/aot-caches"));
		}

		/** The same with caches in this folder. */
		public Options withCaches(Path folder) {
			return new Options(root, data, ports, environment, restarts, without, out, folder);
		}
	}

	private final Options options;
	private final DataFolder folder;
	private final Secrets secrets;
	private final Children children;
	private final Restarts restarts;

	private Standalone(Options options, DataFolder folder, InstantSource clock) {
		this.options = options;
		this.folder = folder;
		this.secrets = folder.secrets();
		this.children = new Children(folder, options.ports());
		this.restarts = new Restarts(children, options.restarts(), clock, options.out());
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
			programs = new Blueprint(options.root(), folder.path(), options.ports(), options.environment(),
					options.caches() == null ? null : new AotCaches(options.caches()))
					.programs(folder.secrets(), options.without());
		} catch (RuntimeException e) {
			folder.close();
			throw e;
		}
		return start(options, folder, programs, InstantSource.system());
	}

	static Standalone start(Options options, DataFolder folder, List<Program> programs, InstantSource clock) {
		Standalone system;
		try {
			var leftovers = folder.endLeftovers();
			if (!leftovers.isEmpty()) {
				options.out().accept("Stopped what an earlier run had left behind: " + String.join(", ", leftovers));
			}
			if (options.caches() != null) CacheMaker.end(options.caches());
			FirstStart.refuseTakenPorts(programs);
			system = new Standalone(options, folder, clock);
		} catch (RuntimeException e) {
			folder.close();
			throw e;
		}
		try {
			new FirstStart(system.children, system.restarts, options.out()).run(programs);
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
		return List.copyOf(children.byName().keySet());
	}

	/**
	 * Starts one more instance of a service and returns when it is ready. It has the settings of the first but for its port,
	 * and the name of the first with a number, by which it can be stopped, killed and started like any other.
	 *
	 * @param name of a service, as {@code user-service}
	 * @param settings that differ from the first one's
	 */
	public Instance add(String name, Map<String, String> settings) {
		Instance added = launchAnother(name, settings);
		awaitReady(added.name());
		return added;
	}

	/** The same without waiting until it is ready. */
	public Instance launchAnother(String name, Map<String, String> settings) {
		int port = FreePorts.one();
		Program another;
		synchronized (this) {
			int number = 2;
			while (children.byName().containsKey(name + "-" + number))
				number++;
			another = child(name).program().again(name + "-" + number, port, settings);
			children.add(another, restarts::endedByItself);
		}
		launch(another.name());
		return new Instance(another.name(), URI.create("http://localhost:" + port));
	}

	/** One more instance of a service: its name here, and where it listens. */
	public record Instance(String name, URI address) {}

	/** Processor time that the live process of each program has used so far. */
	public Map<String, Duration> processorTimes() {
		var times = new TreeMap<String, Duration>();
		children.byName().forEach((name, child) -> {
			ProcessHandle process = child.handle();
			if (process != null) process.info().totalCpuDuration().ifPresent(time -> times.put(name, time));
		});
		return times;
	}

	/** Bytes of memory that the live process of each program holds ({@code VmRSS} of Linux); empty elsewhere. */
	public Map<String, Long> residentMemory() {
		var bytes = new TreeMap<String, Long>();
		children.byName().forEach((name, child) -> {
			ProcessHandle process = child.handle();
			if (process == null) return;
			try {
				for (String line : Files.readAllLines(Path.of("/proc", "" + process.pid(), "status")))
					if (line.startsWith("VmRSS:"))
						bytes.put(name, 1024 * Long.parseLong(line.replaceAll("\\D", "")));
			} catch (IOException _) {
				// another kernel, or it has just ended
			}
		});
		return bytes;
	}

	/** Whether the program has a live process. */
	public boolean runs(String name) {
		return child(name).runs();
	}

	/** Whether the program says that it can do its work. */
	public boolean isReady(String name) {
		return child(name).isReady();
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
			children.start(child(name));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Waits until a started program is ready. */
	public void awaitReady(String name) {
		uninterrupted(() -> {
			if (!child(name).awaitReady(FirstStart.LIMIT))
				throw new StartFailure(child(name).whyNotReady(FirstStart.LIMIT));
		});
	}

	/**
	 * Stops everything, last started first, and leaves no process of the system behind. Where there are caches, a process goes on
	 * for a minute that makes those of the next start.
	 */
	@Override
	public void close() {
		children.close();
		if (options.caches() != null) CacheMaker.begin(options.caches());
	}

	private Child child(String name) {
		return children.get(name);
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
