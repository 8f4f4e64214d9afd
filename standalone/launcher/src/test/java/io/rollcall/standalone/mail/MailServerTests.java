package io.rollcall.standalone.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;

import jakarta.mail.Message;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MailServerTests {
	@TempDir
	Path data;

	private MailServer server;

	@BeforeEach
	void start() {
		server = MailServer.start(data);
	}

	@AfterEach
	void stop() {
		server.close();
	}

	@Test
	void takesAMailForARecipientNobodyToldItOf() throws Exception {
		String text = "Bonjour Zoë,\n.\n..dots\nhttps://portal.example/login";
		send("zoë@example.org", "Your username", text);

		var mail = server.mailsTo("ZOË@example.org").getFirst();
		assertThat(mail.subject()).isEqualTo("Your username");
		assertThat(mail.messageId()).startsWith("<").endsWith(">");
		assertThat(mail.from()).isEqualTo("rollcall@example.org");
		assertThat(server.text(mail)).isEqualToNormalizingNewlines(text);
	}

	@Test
	void hasAMailOnDiskBeforeItSaysSo() throws Exception {
		try (var socket = new Socket("127.0.0.1", server.smtpPort());
				var in = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
			assertThat(in.readLine()).startsWith("220");
			converse(socket, in, "HELO client", "250");
			converse(socket, in, "MAIL FROM:<a@example.org>", "250");
			converse(socket, in, "RCPT TO:<b@example.org>", "250");
			converse(socket, in, "DATA", "354");
			assertThat(server.count()).isZero();
			converse(socket, in, "Subject: raw\r\nMessage-ID: <1@example.org>\r\n\r\nhello\r\n.", "250");

			assertThat(Files.readString(log())).endsWith("\n").contains("<1@example.org>").contains("hello");
		}
	}

	@Test
	void hasItsMailsAgainAfterARestartAndForgetsHalfAMail() throws Exception {
		send("one@example.org", "First", "1");
		send("two@example.org", "Second", "2");
		server.close();
		Files.writeString(log(), "{\"id\":3,\"receivedAt\":\"2026", StandardOpenOption.APPEND);
		Files.writeString(index(), "{\"mail\":{\"id\":3", StandardOpenOption.APPEND);

		server = MailServer.start(data);
		send("three@example.org", "Third", "3");
		server.close();
		server = MailServer.start(data);

		assertThat(server.mails()).extracting(Mail::id).containsExactly(3L, 2L, 1L);
		assertThat(server.mails()).extracting(Mail::subject).containsExactly("Third", "Second", "First");
		assertThat(server.text(server.mails().getFirst()).strip()).isEqualTo("3");
	}

	@Test
	void startReadsNoMailOfBefore() throws Exception {
		send("one@example.org", "First", "1");
		send("two@example.org", "Second", "2");
		server.close();
		Files.write(log(), new byte[(int) Files.size(log())]);

		server = MailServer.start(data);
		assertThat(server.mails()).extracting(Mail::subject).containsExactly("Second", "First");
		send("three@example.org", "Third", "3");
		assertThat(server.text(server.mails().getFirst()).strip()).isEqualTo("3");
	}

	@Test
	void mailThatIsNotYetInTheIndexIsFoundInTheLog() throws Exception {
		send("one@example.org", "First", "1");
		byte[] first = Files.readAllBytes(index());
		send("two@example.org", "Second", "2");
		send("three@example.org", "Third", "3");
		server.close();
		Files.write(index(), first);

		server = MailServer.start(data);
		assertThat(server.mails()).extracting(Mail::id).containsExactly(3L, 2L, 1L);
		assertThat(server.text(server.mailsTo("two@example.org").getFirst()).strip()).isEqualTo("2");
	}

	@Test
	void indexThatIsLostOrOfAnotherLogIsMadeAnew() throws Exception {
		send("one@example.org", "First", "1");
		send("two@example.org", "Second", "2");
		byte[] two = Files.readAllBytes(index());
		byte[] logOfTwo = Files.readAllBytes(log());
		send("three@example.org", "Third", "3");
		server.close();
		byte[] three = Files.readAllBytes(index());
		for (byte[] wrong : new byte[][]{{}, three, "not\na line\n".getBytes(StandardCharsets.UTF_8)}) {
			Files.write(index(), wrong);
			Files.write(log(), logOfTwo);
			server = MailServer.start(data);
			assertThat(server.mails()).extracting(Mail::subject).containsExactly("Second", "First");
			assertThat(server.text(server.mails().getFirst()).strip()).isEqualTo("2");
			server.close();
			assertThat(index()).hasBinaryContent(two);
		}
		server = MailServer.start(data);
	}

	@Test
	void mailsOfADayThatWasRemovedAreNotThere() throws Exception {
		send("one@example.org", "First", "1");
		Files.delete(log());
		assertThat(get("mails/1").statusCode()).isEqualTo(404);
		assertThat(get("").body()).contains("First");
	}

	@Test
	void findsAmongManyWhatBeginsAndEndsAnywhere() throws Exception {
		for (int i = 0; i < 40; i++)
			send("reader" + i + "@example.org", "Zoë’s \"Number\" " + i + " " + "x".repeat(i), "text");
		assertThat(json("api/mails?recipient=reader1").get("totalItems").asInt()).isEqualTo(11);
		assertThat(get("?search=%22number%22+7").body()).contains("1 mail with");
		assertThat(get("?search=ZO%C3%8B").body()).contains("40 mails with");
		assertThat(get("?search=receivedAt").body()).as("a word of the line alone").contains("0 mails with");
		assertThat(json("api/mails?page=3&size=12").get("items").get(0).get("id").asInt()).isEqualTo(4);
		assertThat(json("api/mails?page=4&size=12").get("items").isEmpty()).isTrue();
	}

	@Test
	void refusesARecipientWhenTold() throws Exception {
		server.refuse("gone@example.org", "550 No such mailbox");
		assertThatThrownBy(() -> send("gone@example.org", "Lost", "x")).isInstanceOf(SendFailedException.class);
		server.accept("gone@example.org");
		send("gone@example.org", "Found", "x");

		assertThat(server.mails()).extracting(Mail::subject).containsExactly("Found");
	}

	@Test
	void answersProgramsWithJson() throws Exception {
		for (int i = 1; i <= 5; i++)
			send("reader" + i % 2 + "@example.org", "Number " + i, "text " + i);

		var page = json("api/mails?recipient=READER1&page=1&size=2");
		assertThat(page.get("totalItems").asInt()).isEqualTo(3);
		assertThat(page.get("totalPages").asInt()).isEqualTo(2);
		assertThat(page.get("items").size()).isEqualTo(1);
		assertThat(page.get("items").get(0).get("subject").asString()).isEqualTo("Number 1");
		assertThat(json("api/mails/count").get("count").asInt()).isEqualTo(5);
		assertThat(json("api/mails/count?recipient=reader0").get("count").asInt()).isEqualTo(2);
		assertThat(json("api/mails/count?after=4").get("count").asInt()).isEqualTo(1);
		assertThat(json("api/mails/2").get("text").asString().strip()).isEqualTo("text 2");
		assertThat(get("api/mails/99").statusCode()).isEqualTo(404);
		assertThat(get("api/mails?page=x").statusCode()).isEqualTo(400);
	}

	@Test
	void searchGoesOverRecipientAndSubjectAndIsKeptOnTheWay() throws Exception {
		send("reader@example.org", "Your password & more", "x");
		send("other@example.org", "Your username", "x");
		send("password.keeper@example.org", "Nothing", "x");

		String found = get("?search=%20PASSWORD%20").body();
		assertThat(found).contains("2 mails with “PASSWORD”", "Your password &amp; more", "password.keeper@example.org")
				.doesNotContain("Your username");
		assertThat(found).contains("href=\"/mails/1?page=0&amp;search=+PASSWORD+\"");
		String opened = get("mails/1?page=3&search=pass%26word").body();
		assertThat(opened).contains("href=\"/?page=3&amp;search=pass%26word\"", "Mails with “pass&amp;word”")
				.contains("href=\"/mails/1?view=source&amp;page=3&amp;search=pass%26word\"");
		assertThat(get("?recipient=other").body()).as("an address of before").contains("Your username", "1 mail with");
	}

	@Test
	void daysAreGroups() throws Exception {
		send("reader@example.org", "One", "x");
		send("reader@example.org", "Two", "x");

		String day = DateTimeFormatter.ofPattern("EEEE, MMMM d, yyyy", Locale.US).format(LocalDate.now());
		assertThat(get("").body().split("<h2>" + day + "</h2>", -1)).as("one for both").hasSize(2);
	}

	@Test
	void escapesWhatAHostileMailCarries() throws Exception {
		send("\"<script>x</script>\"@example.org", "<script>alert(1)</script>", "</pre><script>alert(2)</script>");

		assertThat(get("").body()).doesNotContain("<script>").contains("&lt;script&gt;alert(1)");
		assertThat(get("mails/1").body()).doesNotContain("<script>").contains("&lt;/pre&gt;&lt;script&gt;alert(2)");
		assertThat(get("?search=%22%3E%3Cscript%3E").body()).doesNotContain("<script>");
	}

	@Test
	void showsHtmlInASandboxThatFetchesNothing() throws Exception {
		var message = message("reader@example.org", "Both kinds");
		var parts = new MimeMultipart("alternative");
		var text = new MimeBodyPart();
		text.setText("plain", "utf-8");
		var html = new MimeBodyPart();
		html.setText("<b>bold</b><script>alert(1)</script>", "utf-8", "html");
		parts.addBodyPart(text);
		parts.addBodyPart(html);
		message.setContent(parts);
		Transport.send(message);

		assertThat(get("mails/1").body()).as("HTML first").contains("<iframe sandbox=", "aria-current=\"page\">HTML<")
				.doesNotContain("<pre>", "alert(1)");
		assertThat(get("mails/1?view=text").body())
				.contains("<pre>plain</pre>", "aria-current=\"page\">Text<").doesNotContain("<iframe");
		assertThat(get("mails/1?view=source").body())
				.contains("Subject: Both kinds", "&lt;b&gt;bold", "aria-current=\"page\">Source<")
				.doesNotContain("<b>bold", "<iframe");
		assertThat(get("mails/1?view=nothing").body()).contains("<iframe sandbox=");
		var frame = get("mails/1/html");
		assertThat(frame.body()).contains("<b>bold</b>");
		assertThat(frame.headers().firstValue("Content-Security-Policy").orElseThrow()).startsWith("sandbox ")
				.contains("default-src 'none'").doesNotContain("allow-scripts").doesNotContain("allow-same-origin");
	}

	@Test
	void isNotReadUnderAForeignName() throws Exception {
		try (var socket = new Socket("127.0.0.1", server.inbox().getPort())) {
			socket.getOutputStream()
					.write("GET /api/mails HTTP/1.1\r\nHost: evil.example:8025\r\nConnection: close\r\n\r\n"
							.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
					.startsWith("HTTP/1.1 403");
		}
	}

	private Path log() throws IOException {
		try (var files = Files.list(data)) {
			return files.filter(it -> it.toString().endsWith(".jsonl")).findFirst().orElseThrow();
		}
	}

	private Path index() {
		return data.resolve("mails.index");
	}

	private void send(String recipient, String subject, String text) throws Exception {
		var message = message(recipient, subject);
		message.setText(text, "utf-8");
		Transport.send(message);
	}

	private MimeMessage message(String recipient, String subject) throws Exception {
		var settings = new Properties();
		settings.put("mail.smtp.host", "127.0.0.1");
		settings.put("mail.smtp.port", "" + server.smtpPort());
		settings.put("mail.mime.allowutf8", "true");
		var message = new MimeMessage(Session.getInstance(settings));
		message.setFrom("rollcall@example.org");
		message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient, false));
		message.setSubject(subject, "utf-8");
		return message;
	}

	private JsonNode json(String path) throws Exception {
		return JsonMapper.shared().readTree(get(path).body());
	}

	private HttpResponse<String> get(String path) throws Exception {
		try (var client = HttpClient.newHttpClient()) {
			URI address = server.inbox().resolve(path);
			return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
		}
	}

	private static void converse(Socket socket, BufferedReader in, String line, String expected) throws Exception {
		socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
		assertThat(in.readLine()).startsWith(expected);
	}
}
