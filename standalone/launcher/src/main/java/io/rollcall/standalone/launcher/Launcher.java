package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** What {@code ./run} calls; its options are described there. */
public final class Launcher {
	private static final int RESTARTS = 3;
	/** Of a launcher: services first, then what they need, each in the time that a {@link Child} has. */
	private static final Duration STOP_GRACE = Duration.ofSeconds(150);

	private final Path root;
	private final DataFolder folder;
	private final Map<String, String> environment;

	private Launcher(Path root, DataFolder folder, Map<String, String> environment) {
		this.root = root;
		this.folder = folder;
		this.environment = environment;
	}

	public static void main(String[] arguments) {
		int exitCode;
		try {
			var environment = System.getenv();
			Path root = Path.of(environment.getOrDefault("ROLLCALL_ROOT", "")).toAbsolutePath().normalize();
			Path data = root.resolve(environment.getOrDefault("ROLLCALL_DATA", ".rollcall"));
			exitCode = new Launcher(root, new DataFolder(data), environment).run(arguments);
		} catch (StartFailure e) {
			System.err.println(e.getMessage());
			exitCode = 1;
		} catch (UncheckedIOException e) {
			System.err.println("Cannot go on: " + e.getCause());
			exitCode = 1;
		}
		System.exit(exitCode);
	}

	private int run(String[] arguments) {
		boolean fresh = false;
		boolean update = false;
		boolean stop = false;
		boolean status = false;
		boolean background = false;
		Path file = null;
		for (int i = 0; i < arguments.length; i++) {
			switch (arguments[i]) {
				case "--fresh" -> fresh = true;
				case "--update" -> update = true;
				case "--stop" -> stop = true;
				case "--status" -> status = true;
				case "--background" -> background = true;
				case "--import" -> {
					if (++i == arguments.length) return misused("--import needs a file");
					file = Path.of(arguments[i]);
				}
				default -> {
					return misused("unknown option " + arguments[i]);
				}
			}
		}
		if (update && file == null) return misused("--update goes with --import FILE");
		if (status) return status();
		if (file != null) return importFile(file, update, fresh, stop);
		if (stop) return stop();
		return serve(fresh, background);
	}

	private static int misused(String message) {
		System.err.println("./run: " + message + "; see ./run --help");
		return 64;
	}

	/** Runs the system until a signal ends this process. */
	private int serve(boolean fresh, boolean background) {
		if (background) {
			// Not the terminal's to stop: ./run --stop does.
			Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
			Signal.handle(new Signal("HUP"), SignalHandler.SIG_IGN);
		}
		if (fresh) empty();
		var started = new AtomicReference<@Nullable Standalone>();
		var stopped = new CountDownLatch(1);
		var starter = Thread.currentThread();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			var system = started.get();
			if (system != null) {
				System.out.println("Stopping …");
				system.close();
				System.out.println("Stopped. The data stays in " + folder.path());
			} else if (starter.isAlive()) {
				starter.interrupt(); // a start that is under way stops what it has started
				try {
					starter.join(STOP_GRACE);
				} catch (InterruptedException _) {
					Thread.currentThread().interrupt();
				}
			}
		}, "stop"));

		System.out.println("Starting Rollcall; data and logs are in " + folder.path());
		long begin = System.nanoTime();
		var system = Standalone
				.start(new Standalone.Options(root, folder.path(), ports(), environment(), RESTARTS, List.of(),
						System.out::println, null).withCaches(), folder);
		started.set(system);
		System.out.printf("%nRollcall is ready after %.0f s.%n", (System.nanoTime() - begin) / 1e9);
		if (!background) tellAddresses(system.ports(), "Ctrl-C, or ./run --stop");
		try {
			stopped.await();
		} catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		return 0;
	}

	private void tellAddresses(Ports ports, String stop) {
		var blueprint = new Blueprint(root, folder.path(), ports, environment(), null);
		String portal = "http://localhost:" + ports.gateway();
		String inbox = "http://localhost:" + ports.inbox() + "/";
		System.out.printf("""
				  Portal           %s
				  Training site    http://localhost:%d
				  Inbox            %s
				  Service center   username %s; its passwords lie in the inbox:
				                   %s?recipient=%s
				  Operations       %s/operations, username %s
				  Data and logs    %s
				  Stop             %s

				""", portal, ports.training(), inbox, blueprint.serviceCenterUsername(), inbox,
				URLEncoder.encode(blueprint.serviceCenterEmail(), StandardCharsets.UTF_8), portal,
				blueprint.operationsUsername(), folder.path(), stop);
	}

	private int importFile(Path file, boolean update, boolean fresh, boolean stop) {
		Path wanted = file.isAbsolute()
				? file
				: Path.of(environment.getOrDefault("ROLLCALL_CALLED_FROM", "")).resolve(file).toAbsolutePath();
		if (!Files.isReadable(wanted) || Files.isDirectory(wanted)) {
			System.err.println("There is no file " + file + " that can be read.");
			return 1;
		}
		if (fresh) empty();
		try {
			var running = Background.running(folder);
			var blueprint = new Blueprint(root, folder.path(), running.ports(), environment(), null);
			try {
				return new ImportClient(running.ports(), folder.secrets().bootstrapClientSecret(),
						List.of(blueprint.serviceCenterEmail(), blueprint.operationsEmail()), System.out)
						.run(wanted, update);
			} finally {
				if (stop) {
					stop();
				} else {
					System.out.println("\nRollcall runs on:");
					tellAddresses(running.ports(), "./run --stop");
				}
			}
		} catch (IOException e) {
			System.err.println("The import broke off: " + e.getMessage());
			return 1;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return 1;
		}
	}

	private void empty() {
		if (folder.running().isPresent()) {
			throw new StartFailure("Rollcall is running on " + folder.path()
					+ "; its data cannot be emptied now. Stop it first: ./run --stop");
		}
		try (var owned = new DataFolder(folder.path())) {
			owned.own();
			owned.endLeftovers();
			owned.empty();
		}
	}

	private int stop() {
		var running = folder.running();
		if (running.isPresent()) {
			System.out.println("Stopping …");
			DataFolder.end(running.get().launcher().alive().orElseThrow(), STOP_GRACE);
		}
		var leftovers = folder.endLeftovers();
		folder.forget();
		System.out.println(running.isPresent() || !leftovers.isEmpty()
				? "Stopped. The data stays in " + folder.path()
				: "Rollcall is not running on " + folder.path());
		return 0;
	}

	private int status() {
		var running = folder.running();
		if (running.isEmpty()) {
			System.out.println("Rollcall is not running on " + folder.path());
			return 3;
		}
		var now = running.get();
		System.out.println("Rollcall " + (now.ready() ? "is running" : "is starting") + ", process "
				+ now.launcher().pid() + ", data in " + folder.path());
		boolean all = true;
		for (DataFolder.Noted child : now.children()) {
			boolean up = child.alive().isPresent();
			all &= up;
			System.out.printf("  %-22s %s%n", child.name(), up ? "process " + child.pid() : whyDown(child));
		}
		System.out.println("  Portal http://localhost:" + now.ports().gateway() + "  training site http://localhost:"
				+ now.ports().training() + "  inbox http://localhost:" + now.ports().inbox());
		return all ? 0 : 1;
	}

	private static String whyDown(DataFolder.Noted child) {
		String log = "logs/" + child.name() + ".log";
		return child.staysDown()
				? "has ended too often and stays down; " + log
						+ " says why. To start it again: ./run --stop, then ./run"
				: "has ended and is started again; see " + log;
	}

	private Ports ports() {
		String offset = environment.getOrDefault("ROLLCALL_PORT_OFFSET", "0");
		try {
			return Ports.shifted(Integer.parseInt(offset));
		} catch (NumberFormatException _) {
			throw new StartFailure("ROLLCALL_PORT_OFFSET must be a number, not " + offset);
		}
	}

	/** Of our own environment, what is a setting of the system: the children inherit the rest as it is. */
	private Map<String, String> environment() {
		var settings = new TreeMap<String, String>();
		for (String name : List.of("ROLLCALL_KAFKA", "ROLLCALL_MONGODB_URI", "ROLLCALL_SERVICE_CENTER_USERNAME",
				"ROLLCALL_SERVICE_CENTER_EMAIL", "ROLLCALL_OPERATIONS_USERNAME", "ROLLCALL_OPERATIONS_EMAIL",
				"ROLLCALL_OPERATIONS_CLIENT_SECRET", "ROLLCALL_BASE_URL", "ROLLCALL_TRAINING_URL", "ROLLCALL_SMTP_HOST",
				"ROLLCALL_SMTP_PORT")) {
			String value = environment.get(name);
			if (value != null && !value.isBlank()) settings.put(name, value);
		}
		return settings;
	}
}
