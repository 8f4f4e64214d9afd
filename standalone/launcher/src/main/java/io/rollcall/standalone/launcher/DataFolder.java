package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one folder that everything lives in: data, logs, secrets, and a note of what runs. One launcher at a time owns
 * it.
 */
final class DataFolder implements AutoCloseable {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final String MARK = "rollcall-data";

	/** A process as we noted it; the start tells it from a later one that was given the same id. */
	record Noted(String name, long pid, Instant startedAt) {
		private static final long NONE = -1;

		/** One that has no process, and gets none. */
		static Noted ended(String name) {
			return new Noted(name, NONE, Instant.EPOCH);
		}

		boolean staysDown() {
			return pid == NONE;
		}

		static Noted of(String name, ProcessHandle process) {
			return new Noted(name, process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
		}

		Optional<ProcessHandle> alive() {
			if (staysDown()) return Optional.empty();
			return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> Duration
					.between(process.info().startInstant().orElse(Instant.EPOCH), startedAt).abs().toSeconds() <= 2);
		}
	}

	/** What runs on this folder. */
	record Running(Noted launcher, boolean ready, Ports ports, List<Noted> children) {}

	private final Path path;
	private @Nullable FileChannel lockFile;

	DataFolder(Path path) {
		this.path = path.toAbsolutePath().normalize();
	}

	Path path() {
		return path;
	}

	Path logs() {
		return path.resolve("logs");
	}

	Secrets secrets() {
		return Secrets.in(path.resolve("secrets"));
	}

	/**
	 * Makes the folder, or takes one that is ours or empty, and closes it to everybody but its owner.
	 *
	 * @throws StartFailure when it holds somebody else's files, which one day {@code --fresh} would delete
	 */
	void prepare() {
		if (!isOurs()) {
			throw new StartFailure(path + " holds files but no data of Rollcall; it is left alone.\n"
					+ "Check ROLLCALL_DATA, or empty the folder yourself.");
		}
		try {
			OwnerOnly.folder(path);
			OwnerOnly.folder(logs());
			Files.writeString(OwnerOnly.file(path.resolve(MARK)),
					"Rollcall keeps its data in this folder; ./run --fresh empties it.\n");
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Makes this process the folder's owner; the operating system takes that back when the process ends, however. */
	void own() {
		prepare();
		try {
			var file = FileChannel.open(OwnerOnly.file(path.resolve("lock")), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			FileLock lock;
			try {
				lock = file.tryLock();
			} catch (OverlappingFileLockException _) {
				lock = null;
			}
			if (lock == null) {
				file.close();
				throw new StartFailure("Rollcall is running already on " + path
						+ ".\nStop it with ./run --stop, or choose another folder with ROLLCALL_DATA.");
			}
			lockFile = file;
			OwnerOnly.tree(path);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Deletes everything in the folder. Only its owner may. */
	void empty() {
		try {
			Files.walkFileTree(path, new SimpleFileVisitor<>() {
				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
					if (!file.equals(path.resolve("lock")) && !file.equals(path.resolve(MARK))) Files.delete(file);
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
					if (!directory.equals(path)) Files.delete(directory);
					return FileVisitResult.CONTINUE;
				}
			});
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Whether a launcher made this folder, or nobody has put anything into it. */
	private boolean isOurs() {
		if (Files.exists(path.resolve(MARK)) || !Files.exists(path)) return true;
		try (var files = Files.list(path)) {
			return files.findAny().isEmpty();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	void note(Running running) {
		try {
			Path whole = path.resolve("running.json.new");
			Files.write(OwnerOnly.file(whole), JSON.writeValueAsBytes(running));
			Files.move(whole, note(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	void forget() {
		try {
			Files.deleteIfExists(note());
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** What the last launcher noted, whether or not it still lives. */
	Optional<Running> noted() {
		try {
			return Files.exists(note())
					? Optional.of(JSON.readValue(Files.readAllBytes(note()), Running.class))
					: Optional.empty();
		} catch (IOException | JacksonException _) {
			return Optional.empty();
		}
	}

	/** What runs now. */
	Optional<Running> running() {
		return noted().filter(running -> running.launcher().alive().isPresent());
	}

	/** Ends what a launcher left behind that was killed itself. Returns the names. */
	List<String> endLeftovers() {
		var ended = new ArrayList<String>();
		for (Noted child : noted().map(Running::children).orElse(List.of()).reversed()) {
			child.alive().ifPresent(process -> {
				end(process, Duration.ofSeconds(25));
				ended.add(child.name());
			});
		}
		return ended;
	}

	/** SIGTERM, and SIGKILL after the grace. */
	static void end(ProcessHandle process, Duration grace) {
		process.destroy();
		try {
			process.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
		} catch (TimeoutException _) {
			process.destroyForcibly();
			process.onExit().join();
		} catch (ExecutionException e) {
			throw new IllegalStateException(e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}

	@Override
	public void close() {
		try {
			if (lockFile != null) lockFile.close();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private Path note() {
		return path.resolve("running.json");
	}
}
