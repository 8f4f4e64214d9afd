package io.rollcall.mongo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class DocumentStoreTests {
	private static final String ACCOUNTS = "rollcall.accounts";

	@TempDir
	private Path directory;

	private static Document account(String id) {
		return new Document("_id", id).append("name", "Ada").append("organizations", List.of("00050000"));
	}

	private static List<Document> accountsIn(DocumentStore store) {
		return store.documents(ACCOUNTS).inOrder().toList();
	}

	/** The file that takes the changes. */
	private Path lastJournal() throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList().getLast();
		}
	}

	@Test
	void givesBackWhatWasPutAndNotWhatWasRemoved() throws IOException {
		try (DocumentStore store = DocumentStore.open(directory)) {
			store.documents(ACCOUNTS).put(0, account("a"));
			store.documents(ACCOUNTS).put(1, account("b"));
			store.documents(ACCOUNTS).put(2, account("c"));
			store.documents(ACCOUNTS).put(1, account("b").append("version", 2));
			store.documents(ACCOUNTS).remove(2);
			store.documents("rollcall.other").put(0, account("x"));
			store.documents("rollcall.other").drop();
		}
		for (int start = 0; start < 3; start++) {
			try (DocumentStore store = DocumentStore.open(directory)) {
				assertThat(accountsIn(store)).containsExactly(account("a"), account("b").append("version", 2));
				assertThat(store.documents("rollcall.other").isEmpty()).isTrue();
			}
		}
	}

	@Test
	void passesOverAWriteThatWasCutShortWhereverItWasCut() throws IOException {
		long complete;
		long longer;
		try (DocumentStore store = DocumentStore.open(directory)) {
			store.documents(ACCOUNTS).put(0, account("a"));
			store.flush();
			complete = Files.size(lastJournal());
			store.documents(ACCOUNTS).put(1, account("b"));
			store.flush();
			longer = Files.size(lastJournal());
		}
		byte[] journal = Files.readAllBytes(lastJournal());
		for (long length = complete; length < longer; length++) {
			Path copy = Files.createDirectory(directory.resolve("cut-" + length));
			Files.write(copy.resolve("00000001.journal"), Arrays.copyOf(journal, (int) length));
			for (int start = 0; start < 2; start++) {
				try (DocumentStore store = DocumentStore.open(copy)) {
					assertThat(accountsIn(store)).containsExactly(account("a"));
					store.documents(ACCOUNTS).put(7, account("later"));
					store.documents(ACCOUNTS).remove(7);
				}
			}
		}
	}

	@Test
	void refusesAJournalThatIsDamagedInside() throws IOException {
		try (DocumentStore store = DocumentStore.open(directory)) {
			store.documents(ACCOUNTS).put(0, account("a"));
			store.documents(ACCOUNTS).put(1, account("b"));
		}
		try (FileChannel journal = FileChannel.open(lastJournal(), WRITE)) {
			journal.write(ByteBuffer.wrap(new byte[]{'X'}), 40);
		}
		assertThatIllegalStateException().isThrownBy(() -> DocumentStore.open(directory))
				.withMessageContaining("damaged at byte 0");
	}

	@Test
	void belongsToOneServerAtATime() throws IOException {
		try (DocumentStore _ = DocumentStore.open(directory)) {
			assertThatIllegalStateException().isThrownBy(() -> DocumentStore.open(directory))
					.withMessageContaining("Another server");
		}
		DocumentStore.open(directory).close();
	}

	@Test
	void doesNotGrowWithTheNumberOfChanges() throws IOException {
		Document large = account("a").append("padding", "x".repeat(100_000));
		try (DocumentStore store = DocumentStore.open(directory)) {
			for (int i = 0; i < 1000; i++) {
				store.documents(ACCOUNTS).put(i % 10, large);
				store.flush();
			}
			await().untilAsserted(() -> assertThat(store.size()).isLessThan(50_000_000));
			assertThat(store.documents(ACCOUNTS).size()).isEqualTo(10);
		}
		try (DocumentStore store = DocumentStore.open(directory)) {
			assertThat(accountsIn(store)).hasSize(10).containsOnly(large);
			assertThat(store.size()).as("compacted at start").isLessThan(1_100_000);
		}
	}

	@Test
	void acknowledgesNothingAnyMoreOnceTheFileFailed() throws IOException {
		DocumentStore store = DocumentStore.open(directory);
		store.documents(ACCOUNTS).put(0, account("a"));
		store.flush();
		store.documents(ACCOUNTS).put(1, account("b"));
		Thread.currentThread().interrupt(); // closes a file that is being written
		assertThatThrownBy(store::flush).hasMessageContaining("journal");
		assertThat(Thread.interrupted()).isTrue();
		assertThatThrownBy(() -> store.documents(ACCOUNTS).put(2, account("c"))).hasMessageContaining("journal");
		assertThatThrownBy(store::flush).hasMessageContaining("journal");
		assertThatThrownBy(store::close).hasMessageContaining("journal");
		try (DocumentStore again = DocumentStore.open(directory)) {
			assertThat(accountsIn(again)).containsExactly(account("a"));
		}
	}
}
