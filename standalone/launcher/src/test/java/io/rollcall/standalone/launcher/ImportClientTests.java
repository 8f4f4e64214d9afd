package io.rollcall.standalone.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.rollcall.standalone.mail.MailServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against a portal that plays back answers, and the real inbox. */
class ImportClientTests {
	private static final String SUMMARY = """
			{"id":"1","status":"completed","total":3,"rejected":1,"processed":2,"created":2,"updated":0,"unchanged":0,\
			"message":"The uploaded file has been processed with errors, but 2 user(s) have been successfully uploaded."}""";

	@TempDir
	Path directory;

	private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
	private final List<String> asked = new CopyOnWriteArrayList<>();
	private final ByteArrayOutputStream told = new ByteArrayOutputStream();
	private HttpServer portal;
	private MailServer mails;
	private Path file;

	private static final List<String> FIRST_ACCOUNTS = List.of("service.center@example.org", "operations@example.org");

	/** @param mailsBefore that many go out to somebody, and one to each of the first accounts, before the answer */
	private record Answer(int status, String body, int mailsBefore) {}

	@BeforeEach
	void start() throws IOException {
		mails = MailServer.start(directory.resolve("mail"));
		portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		portal.createContext("/", exchange -> {
			String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
			asked.add(call + "\n" + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			var queue = answers.get(call);
			Answer answer = queue.size() > 1 ? queue.remove() : queue.element();
			for (int i = 0; i < answer.mailsBefore(); i++)
				send("someone@example.org");
			for (String first : FIRST_ACCOUNTS)
				send(first);
			byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(answer.status(), body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		portal.start();
		file = Files.writeString(directory.resolve("Lehrer \"Süd\".csv"), "Username,Fname\r\nx,y\r\n");
		answer("POST /auth/oauth2/token", new Answer(200, "{\"access_token\":\"t\"}", 0));
	}

	@AfterEach
	void stop() {
		portal.stop(0);
		mails.close();
	}

	@Test
	void printsTheSummaryOfTheGuideAndWritesTheErrorFileAndCountsTheMails() throws Exception {
		answer("POST /api/imports", new Answer(202, "{\"id\":\"1\",\"status\":\"processing\",\"total\":3}", 0));
		answer("GET /api/imports/1",
				new Answer(200, "{\"id\":\"1\",\"status\":\"processing\",\"total\":3,\"created\":1}", 3),
				new Answer(503, "", 0), new Answer(200, SUMMARY, 5));
		answer("GET /api/imports/1/errors", new Answer(200, "\uFEFFUsername,Notes\r\nz,Invalid role\r\n", 0));
		Path errors = Files.writeString(directory.resolve("Lehrer \"Süd\"-errors.csv"), "of an earlier import");
		Files.setPosixFilePermissions(errors, PosixFilePermissions.fromString("rw-r--r--"));

		assertThat(client().run(file, false)).isEqualTo(ImportClient.HANDLED);

		assertThat(told.toString(StandardCharsets.UTF_8)).contains("""
				The uploaded file has been processed with errors, but 2 user(s) have been successfully uploaded.

				Total number of records present in the uploaded file: 3
				Number of Records Rejected: 1
				Number of Records Processed: 2
				Number of Users Created: 2
				Number of Users Updated: 0
				""").contains("8 mails have gone out");
		assertThat(errors).content().isEqualTo("\uFEFFUsername,Notes\r\nz,Invalid role\r\n");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(errors)))
				.as("people stand in it: it is for the owner alone").isEqualTo("rw-------");
		assertThat(asked.get(1)).contains("name=\"action\"\r\n\r\nadd\r\n")
				.contains("filename=\"Lehrer %22Süd%22.csv\"")
				.contains("Username,Fname\r\nx,y\r\n");
	}

	@Test
	void saysSoWhenEveryRowWasRejected() throws Exception {
		answer("POST /api/imports", new Answer(202, """
				{"id":"1","status":"completed","total":1,"rejected":1,"processed":0,"created":0,"updated":0,\
				"message":"No users have been uploaded. Errors are detailed in attached file."}""", 0));
		answer("GET /api/imports/1/errors", new Answer(200, "x", 0));

		assertThat(client().run(file, true)).isEqualTo(ImportClient.NOTHING_UPLOADED);
		assertThat(asked.get(1)).contains("name=\"action\"\r\n\r\nupdate\r\n");
	}

	@Test
	void repeatsWhyAFileIsRefused() throws Exception {
		answer("POST /api/imports",
				new Answer(422, "{\"title\":\"Refused\",\"detail\":\"The file has 201 records.\"}", 0));

		assertThat(client().run(file, false)).isEqualTo(ImportClient.REFUSED_OR_FAILED);
		assertThat(told.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("The file has 201 records.");
		assertThat(Files.list(directory)).noneMatch(path -> path.toString().endsWith("-errors.csv"));
	}

	@Test
	void failsWithoutAToken() {
		answer("POST /auth/oauth2/token", new Answer(401, "{\"title\":\"invalid_client\"}", 0));
		assertThatThrownBy(() -> client().run(file, false)).isInstanceOf(IOException.class)
				.hasMessageContaining("invalid_client");
	}

	private ImportClient client() {
		int portalPort = portal.getAddress().getPort();
		var ports = new Ports(portalPort, 0, mails.inbox().getPort(), 0, 0, 0, 0, 0, 0, 0, 0);
		return new ImportClient(ports, "secret", FIRST_ACCOUNTS,
				new PrintStream(told, true, StandardCharsets.UTF_8));
	}

	private void answer(String call, Answer... inThisOrder) {
		answers.put(call, new ArrayDeque<>(List.of(inThisOrder)));
	}

	private void send(String recipient) throws IOException {
		try {
			var settings = new Properties();
			settings.put("mail.smtp.host", "127.0.0.1");
			settings.put("mail.smtp.port", "" + mails.smtpPort());
			var message = new MimeMessage(Session.getInstance(settings));
			message.setFrom("rollcall@example.org");
			message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
			message.setSubject("x");
			message.setText("x");
			Transport.send(message);
		} catch (jakarta.mail.MessagingException e) {
			throw new IOException(e);
		}
	}
}
