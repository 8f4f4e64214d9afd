package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** {@code MakeSecrets FOLDER}: makes the secrets of an installation on many machines; those that are there stay. */
public final class MakeSecrets {
	private MakeSecrets() {}

	public static void main(String[] arguments) throws IOException {
		if (arguments.length != 1) {
			System.err.println("MakeSecrets FOLDER");
			System.exit(64);
		}
		Path folder = Path.of(arguments[0]);
		Secrets.in(folder);
		// Read by users of their own in the containers: not the files are closed to them, the folder is closed to others here.
		for (String password : List.of("grafana-admin-password", "kafka-ui-password")) {
			Path file = folder.resolve(password);
			if (!Files.exists(file)) Files.writeString(file, UUID.randomUUID().toString());
		}
		System.out.println("The secrets are in " + arguments[0] + "; their owner alone can read them.");
	}
}
