package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import tools.jackson.databind.json.JsonMapper;

/**
 * The files of one cache of one program. They have one name and tell by their ending what they are, so that each step leaves
 * what it has finished, and no process needs to know how far another one came.
 *
 * @param folder the program's own
 * @param name what the cache depends on
 */
record AotCache(Path folder, String name) {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final String NOTES = ".notes";
	private static final Pattern UNFINISHED = Pattern.compile(".*\\.(\\d+)\\.part");

	/** How to make it: the JVM that noted something, and the environment that had options for it, too. */
	record Making(List<String> java, Map<String, String> environment) {}

	/** Those for which a JVM has noted something, and that were not made yet. */
	static List<AotCache> noted(Path folder) throws IOException {
		try (var files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(NOTES)).sorted()
					.map(file -> new AotCache(folder, file.substring(0, file.length() - NOTES.length()))).toList();
		}
	}

	/** Whether the file is one of this cache's. */
	boolean owns(Path file) {
		return file.getFileName().toString().startsWith(name + ".");
	}

	/** What the JVM starts from. */
	Path file() {
		return ending(".aot");
	}

	/** What a JVM has noted, and no cache was made of yet. */
	Path notes() {
		return ending(NOTES);
	}

	/** What was said when no cache could be made. It is not tried again until something changes that the name depends on. */
	Path failure() {
		return ending(".failed");
	}

	/** Whether the cache is there and as it was made. */
	boolean isWhole() throws IOException {
		return Files.exists(checksum()) && Files.exists(file())
				&& Files.readString(checksum()).equals(Checksum.of(file()));
	}

	/** The cache is not used again. */
	void discard() {
		try {
			Files.deleteIfExists(checksum());
			Files.deleteIfExists(file());
		} catch (IOException _) {
			// somebody else's folder: without a checksum it is not used, and with one it is whole
		}
	}

	/** Begins notes from which it can be made later. They are good for something once they are {@link #keep kept}. */
	Path begin(Making making) throws IOException {
		Path how = unfinished(making());
		Files.write(how, JSON.writeValueAsBytes(making));
		Files.move(how, making(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		return unfinished(notes());
	}

	/** What has been begun is complete, or is forgotten. */
	void keep(Path begun, boolean complete) {
		try {
			if (complete) {
				Files.move(begun, notes(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			} else {
				Files.deleteIfExists(begun);
			}
		} catch (IOException _) {
			// the JVM has noted nothing; the next one may
		}
	}

	Making how() throws IOException {
		return JSON.readValue(Files.readAllBytes(making()), Making.class);
	}

	/** Takes a cache that was made of the notes, which nobody needs from now on. */
	void made(Path cache) throws IOException {
		Files.writeString(checksum(), Checksum.of(cache));
		Files.move(cache, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		forgetNotes();
	}

	void forgetNotes() throws IOException {
		Files.deleteIfExists(notes());
		Files.deleteIfExists(making());
	}

	/** Where this process writes a file before it is whole. */
	static Path unfinished(Path file) {
		return file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
	}

	static boolean isUnfinished(Path file) {
		return UNFINISHED.matcher(file.getFileName().toString()).matches();
	}

	/** Whether the process still runs that has not finished this file. */
	static boolean isBeingWritten(Path file) {
		var unfinished = UNFINISHED.matcher(file.getFileName().toString());
		return unfinished.matches()
				&& ProcessHandle.of(Long.parseLong(unfinished.group(1))).filter(ProcessHandle::isAlive).isPresent();
	}

	private Path checksum() {
		return ending(".aot.crc32c");
	}

	private Path making() {
		return ending(".json");
	}

	private Path ending(String ending) {
		return folder.resolve(name + ending);
	}
}
