package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Folders and files that nobody but their owner can look into: mails with passwords in plain, accounts, secrets and logs lie in
 * them. A file system without such permissions leaves them as they are.
 */
final class OwnerOnly {
	private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
	private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
	private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

	private OwnerOnly() {}

	/** The folder is there and closed to others, also one that stood open until now. */
	static Path folder(Path folder) throws IOException {
		Files.createDirectories(folder);
		if (POSIX) Files.setPosixFilePermissions(folder, FOLDER);
		return folder;
	}

	/** The file is there and closed to others before anything is written into it. */
	static Path file(Path file) throws IOException {
		if (Files.exists(file)) {
			if (POSIX) Files.setPosixFilePermissions(file, FILE);
		} else if (POSIX) {
			Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
		}
		return file;
	}

	/** Closes a folder with everything in it, as an earlier release may have left it open. What a link leads to is not in it. */
	static void tree(Path folder) throws IOException {
		if (!POSIX) return;
		Files.walkFileTree(folder.toRealPath(), new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
					throws IOException {
				return close(directory, FOLDER);
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				return attributes.isSymbolicLink() ? FileVisitResult.CONTINUE : close(file, FILE);
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
				if (e instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
				throw e;
			}
		});
	}

	/** What an earlier run left behind may live and remove files meanwhile. */
	private static FileVisitResult close(Path path, Set<PosixFilePermission> permissions) throws IOException {
		try {
			Files.setPosixFilePermissions(path, permissions);
			return FileVisitResult.CONTINUE;
		} catch (NoSuchFileException _) {
			return FileVisitResult.SKIP_SUBTREE;
		}
	}

	/** The same command, whose files are closed to others whatever program makes them: the broker and the databases ask nobody. */
	static List<String> command(List<String> command) {
		if (!POSIX) return command;
		// The shell becomes the program: same process, same signals, same exit code.
		var closed = new ArrayList<>(List.of("sh", "-c", "umask 077; exec \"$@\"", "sh"));
		closed.addAll(command);
		return closed;
	}
}
