package io.rollcall.standalone.launcher;

import java.nio.file.Path;
import java.util.List;

/** How one process of a program is started. */
sealed interface Launch {
	List<String> command();

	/** With nothing that an earlier process has left. */
	record Plain(List<String> command) implements Launch {}

	/** With what an earlier process taught the JVM. */
	record FromCache(List<String> command, AotCache cache) implements Launch {}

	/** So that the JVM notes, when it is stopped, what the next one is to know; that takes it some seconds. */
	record Recording(List<String> command, AotCache cache, Path notes) implements Launch {}
}
