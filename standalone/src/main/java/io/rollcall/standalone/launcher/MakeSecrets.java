package io.rollcall.standalone.launcher;

import java.nio.file.Path;

/** {@code MakeSecrets FOLDER}: makes the secrets of an installation on many machines; those that are there stay. */
public final class MakeSecrets {
	private MakeSecrets() {}

	public static void main(String[] arguments) {
		if (arguments.length != 1) {
			System.err.println("MakeSecrets FOLDER");
			System.exit(64);
		}
		Secrets.in(Path.of(arguments[0]));
		System.out.println("The secrets are in " + arguments[0] + "; their owner alone can read them.");
	}
}
