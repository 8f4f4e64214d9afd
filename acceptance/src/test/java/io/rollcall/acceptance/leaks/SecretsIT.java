package io.rollcall.acceptance.leaks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.system.Inbox.Mail;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.SecretSearch;

import static org.assertj.core.api.Assertions.assertThat;

/** Every password, cookie, reset link and client secret so far, looked for everywhere but where it belongs. Runs late, by its package: so it has the most. */
class SecretsIT {
	private static final Pattern SID = Pattern.compile("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.");
	private static final Pattern ENOUGH = Pattern.compile("[A-Za-z0-9]{12}");

	private final RunningSystem system = RunningSystem.shared();

	@Test
	void noSecretStandsAnywhereButWhereItBelongs() throws IOException {
		int made = 0;
		while (passwords().size() < 1000) {
			made++;
			assertThat(
					system.imports().run("secrets.csv", People.file(People.of("secret.%d".formatted(made), 200)), "add")
							.created())
					.isEqualTo(200);
			system.awaitRest();
		}
		Set<String> passwords = passwords();
		Set<String> others = otherSecrets();
		var search = new SecretSearch(Stream.concat(passwords.stream(), others.stream()).toList());
		var found = new ArrayList<String>();
		long bytes = 0;
		Path mails = system.data().resolve("mail");
		try (var files = Files.walk(system.data())) {
			for (Path file : files.filter(Files::isRegularFile)
					.filter(file -> !file.startsWith(mails) && !file.startsWith(system.ownSecrets())).toList()) {
				found.addAll(search.in(file));
				bytes += Files.size(file);
			}
		}
		// On disk, records may be compressed and documents in pages: what a reader gets is searched as well.
		for (String topic : system.topics().names()) {
			for (var record : system.topics().records(topic)) {
				String place = topic + " " + record.partition() + " " + record.offset();
				if (record.value() != null) {
					found.addAll(search.in(place, record.value()));
				}
				for (var header : record.headers()) {
					found.addAll(search.in(place + " " + header.key(), header.value()));
				}
			}
		}
		for (String database : system.databases().names()) {
			system.databases().documents(database).forEach((id, document) -> found
					.addAll(search.in(database + " " + id, document.getBytes(StandardCharsets.UTF_8))));
		}
		System.out.println("Secrets: " + passwords.size() + " generated passwords, " + others.size()
				+ " cookies, own passwords, reset links and client secrets searched in " + bytes / 1_000_000
				+ " MB of files, in all records and documents");
		assertThat(found).isEmpty();

		// The search itself finds what is there: the mail log has them all.
		try (var files = Files.list(mails)) {
			assertThat(files.flatMap(file -> search.in(file).stream()).count())
					.isGreaterThanOrEqualTo(passwords.size());
		}
	}

	@Test
	void nobodyButTheOwnerCanReadWhatTheSystemKeeps() throws IOException {
		try (var files = Files.walk(system.data())) {
			assertThat(files.filter(file -> !mode(file).endsWith("------"))).isEmpty();
		}
	}

	private static String mode(Path file) {
		try {
			return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
		} catch (NoSuchFileException e) {
			return "---------"; // Kafka and the database remove what they have replaced
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Those of them with enough letters and digits in a row to be looked for: nearly all. */
	private Set<String> otherSecrets() {
		Set<String> others = new HashSet<>();
		// The sid before a sign-in's secret is none: it names the session in each service, and in the ID token.
		system.secrets().forEach(secret -> others.add(SID.matcher(secret).replaceFirst("")));
		for (String secret : List.of("bootstrap-client-secret", "portal-client-secret", "training-client-secret",
				"key-encryption-key"))
			others.add(system.secret(secret));
		others.removeIf(secret -> !ENOUGH.matcher(secret).find());
		return others;
	}

	private Set<String> passwords() {
		List<Mail> mails = system.inbox().after(0);
		return mails.stream().map(Mail::password).filter(Objects::nonNull).collect(Collectors.toSet());
	}
}
