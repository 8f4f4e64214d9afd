package io.rollcall.imports.web;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.Client.Answer;
import io.rollcall.imports.testing.HostileFiles;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.testing.Backends;

import static io.rollcall.imports.testing.Client.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Uploads by someone who means harm, through the real server: refused, forgotten, and soon. */
class HostileUploadsIT extends WholeService {
	private static final int UPLOADS = Integer.getInteger("rollcall.hostile", 2 * HostileFiles.values().length);
	private static final long MEMORY = 64 << 20;
	private static final OperatingSystemMXBean PROCESS = ManagementFactory
			.getPlatformMXBean(OperatingSystemMXBean.class);
	/**
	 * Of processor time, this test's and the broker's with it: by the clock it depends on what else the machine does. A cost that grows
	 * faster than the file would be minutes; that a busy machine computes more slowly is no fault.
	 */
	private static final Duration LONGEST = Duration.ofSeconds(20);

	@LocalServerPort
	int port;

	private Client client;

	@BeforeEach
	void prepare() {
		UserServicePlayer.playing();
		client = new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), "00050000"));
	}

	@AfterEach
	void noFileIsLeftBehind() {
		Awaitility.await().untilAsserted(() -> {
			try (Stream<Path> files = Files.walk(TOMCAT)) {
				assertThat(files.filter(Files::isRegularFile)).isEmpty();
			}
		});
	}

	@Test
	void hostileFilesAreRefusedAndLeaveNothing() {
		// What is loaded once is no growth.
		client.upload(Map.of("action", "add"), "x.csv", HostileFiles.MILLION_ROWS.of(0), Map.of());
		long before = usedAfterCollection();
		List<String> wrong = new ArrayList<>();
		long slowest = 0;
		long dearest = 0;
		Map<Integer, Integer> statuses = new HashMap<>();
		for (int i = 0; i < UPLOADS; i++) {
			HostileFiles kind = HostileFiles.values()[i % HostileFiles.values().length];
			byte[] content = kind.of(i);
			long begin = System.nanoTime();
			long cpuBegin = PROCESS.getProcessCpuTime();
			Answer answer = client.upload(Map.of("action", "add"), kind + ".csv", content, Map.of());
			long took = PROCESS.getProcessCpuTime() - cpuBegin;
			slowest = Math.max(slowest, System.nanoTime() - begin);
			dearest = Math.max(dearest, took);
			statuses.merge(answer.status(), 1, Integer::sum);
			boolean refused = (answer.status() == 422 || answer.status() == 413)
					&& answer.header("Content-Type").startsWith("application/problem+json");
			if (!refused || took > LONGEST.toNanos() || answer.text().length() > 5_000) {
				wrong.add("%s, seed %d: %d after %d ms".formatted(kind, i, answer.status(), took / 1_000_000));
			}
		}
		long growth = usedAfterCollection() - before;
		System.out.printf(
				"%d hostile uploads: answers %s, the slowest after %d ms, the dearest %d ms of processor, memory %+d KiB%n",
				UPLOADS, statuses, slowest / 1_000_000, dearest / 1_000_000, growth >> 10);
		assertThat(wrong).isEmpty();
		assertThat(growth).isLessThan(MEMORY);
		assertThat(client.completed(client.upload("add", file("afterAllThat")).json()).path("created").asInt())
				.isEqualTo(1);
	}

	private static long usedAfterCollection() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	@Test
	void requestThatIsNoUploadIsRefused() {
		Map<String, String> thousands = new HashMap<>();
		IntStream.range(0, 5_000).forEach(i -> thousands.put("field" + i, "x".repeat(i % 50)));
		assertThat(client.upload(thousands, "x.csv", file("a").getBytes(UTF_8), Map.of()).status()).isIn(400, 413);

		String header = "Content-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n";
		for (String body : List.of("", "--b", "--b\r\n", "--b\r\n" + header, "--b\r\n" + header + "\r\n" + file("a"),
				"--c\r\n" + header + "\r\n" + file("a") + "\r\n--c--\r\n",
				"--b\r\n" + header.replace("x.csv", "x\0.csv") + "\r\n" + file("a") + "\r\n--b--\r\n",
				"--b\r\n" + header + "X: " + "x".repeat(200_000) + "\r\n\r\n" + file("a") + "\r\n--b--\r\n",
				"--b\r\n" + "X: y\r\n".repeat(50_000) + header + "\r\n" + file("a") + "\r\n--b--\r\n",
				"--b\r\n".repeat(100_000), "\r\n".repeat(1_000_000) + "--b--")) {
			Answer answer = send(body);
			assertThat(answer.status()).as(body.substring(0, Math.min(60, body.length()))).isIn(400, 413, 422);
			assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		}
	}

	@Test
	void uploadThatTomcatStumblesOverIsABadRequest() {
		String header = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n%s\r\n";
		for (String start : List.of(header.formatted("=?UTF-8?B?%%?=", ""),
				header.formatted("x.csv", "Content-Type: multipart/mixed\r\n"))) {
			Answer answer = send(start + file("a") + "\r\n--b--\r\n");
			assertThat(answer.status()).as(start).isEqualTo(400);
			assertThat(answer.text()).contains("malformed-upload");
		}
	}

	private Answer send(String body) {
		return client.send(client.request("/api/imports").header("Content-Type", "multipart/form-data; boundary=b")
				.POST(BodyPublishers.ofString(body)));
	}

	@Test
	void uploadThatTricklesInIsGivenUp() throws IOException, InterruptedException {
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(60_000);
			OutputStream out = socket.getOutputStream();
			out.write(("POST /api/imports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + client.token()
					+ "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\n"
					+ "Content-Disposition: form-data; name=\"file\"; filename=\"slow.csv\"\r\n\r\n").getBytes(UTF_8));
			out.flush();
			long begin = System.nanoTime();
			Thread trickle = Thread.ofVirtual().start(() -> {
				try {
					while (true) {
						out.write('x');
						out.flush();
						Thread.sleep(100);
					}
				} catch (IOException | InterruptedException e) {
					// given up, as it should be
				}
			});
			byte[] answer = new byte[2000];
			int length = socket.getInputStream().read(answer);
			trickle.interrupt();
			assertThat(new String(answer, 0, Math.max(0, length), UTF_8)).startsWith("HTTP/1.1 408")
					.contains("upload-too-slow");
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
		}
	}
}
