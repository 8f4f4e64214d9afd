package io.rollcall.standalone.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Submits a file as the service center does, through the gateway, and tells what became of it. */
final class ImportClient {
	/** Everything in the file was handled, whether or not some rows were rejected. */
	static final int HANDLED = 0;
	static final int REFUSED_OR_FAILED = 1;
	/** The file was handled, and not one of its rows was accepted. */
	static final int NOTHING_UPLOADED = 2;

	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final int MAILS_OF_AN_ACCOUNT = 4;
	/** Longer than a redelivery takes after a crash; a file of 200 rows needs a few seconds. */
	private static final Duration PATIENCE_WITHOUT_PROGRESS = Duration.ofSeconds(60);

	private final Ports ports;
	private final String clientSecret;
	private final List<String> firstAccounts;
	private final PrintStream out;
	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5))
			.proxy(HttpClient.Builder.NO_PROXY).build();

	/** @param firstAccounts addresses of the accounts that a first start makes: their mails go out at the same time */
	ImportClient(Ports ports, String clientSecret, List<String> firstAccounts, PrintStream out) {
		this.ports = ports;
		this.clientSecret = clientSecret;
		this.firstAccounts = firstAccounts;
		this.out = out;
	}

	int run(Path file, boolean update) throws IOException, InterruptedException {
		long lastMail = newestMail();
		String token = token();
		var answer = submit(token, file, update);
		if (answer.statusCode() != 202) {
			out.println(detail(answer));
			return REFUSED_OR_FAILED;
		}
		JsonNode result = follow(token, JSON.readTree(answer.body()));
		int rejected = result.path("rejected").asInt();
		int created = result.path("created").asInt();
		out.printf("""

				%s

				Total number of records present in the uploaded file: %d
				Number of Records Rejected: %d
				Number of Records Processed: %d
				Number of Users Created: %d
				Number of Users Updated: %d

				""", result.path("message").asString(""), result.path("total").asInt(), rejected,
				result.path("processed").asInt(), created, result.path("updated").asInt());
		if (rejected > 0) {
			Path errors = errorFile(file);
			// Made anew: one of an earlier import may stand open to others, or be somebody else's.
			Files.deleteIfExists(errors);
			Files.write(OwnerOnly.file(errors), errors(token, result.path("id").asString()));
			out.println("Records with errors: " + errors);
		}
		if (created > 0) awaitMails(lastMail, created * MAILS_OF_AN_ACCOUNT);
		return result.path("processed").asInt() == 0 && rejected > 0 ? NOTHING_UPLOADED : HANDLED;
	}

	private String token() throws IOException, InterruptedException {
		String basic = Base64.getEncoder()
				.encodeToString(("bootstrap:" + clientSecret).getBytes(StandardCharsets.UTF_8));
		var answer = http.send(HttpRequest.newBuilder(gateway("/auth/oauth2/token")).timeout(Duration.ofSeconds(30))
				.header("Authorization", "Basic " + basic)
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString("grant_type=client_credentials")).build(), BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new IOException("the service center's client gets no token: " + detail(answer));
		}
		return JSON.readTree(answer.body()).path("access_token").asString();
	}

	private HttpResponse<String> submit(String token, Path file, boolean update)
			throws IOException, InterruptedException {
		String boundary = UUID.randomUUID().toString();
		// As browsers write a file's name: UTF-8, with these three escaped (WHATWG, multipart/form-data).
		String name = file.getFileName().toString().replace("\n", "%0A").replace("\r", "%0D").replace("\"", "%22");
		var body = new ByteArrayOutputStream();
		body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\n"
				+ (update ? "update" : "add") + "\r\n--" + boundary
				+ "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
				+ "\"\r\nContent-Type: text/csv\r\n\r\n").getBytes(StandardCharsets.UTF_8));
		body.writeBytes(Files.readAllBytes(file));
		body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
		return http.send(HttpRequest.newBuilder(gateway("/api/imports")).timeout(Duration.ofSeconds(60))
				.header("Authorization", "Bearer " + token)
				.header("Content-Type", "multipart/form-data; boundary=" + boundary)
				.POST(BodyPublishers.ofByteArray(body.toByteArray())).build(), BodyHandlers.ofString());
	}

	/** Polls until the import is complete. A service that is restarted meanwhile answers 503: that is waited out. */
	private JsonNode follow(String token, JsonNode submitted) throws IOException, InterruptedException {
		String id = submitted.path("id").asString();
		var progress = new Progress(out, "rows", submitted.path("total").asInt());
		JsonNode now = submitted;
		while (true) {
			progress.show(now.path("created").asInt() + now.path("updated").asInt() + now.path("unchanged").asInt()
					+ now.path("rejected").asInt());
			if (now.path("status").asString().equals("completed")) {
				progress.end();
				return now;
			}
			Thread.sleep(150);
			var answer = get(token, gateway("/api/imports/" + id));
			if (answer.statusCode() == 200) {
				now = JSON.readTree(answer.body());
			} else if (answer.statusCode() < 500) {
				progress.end();
				throw new IOException(detail(answer));
			}
		}
	}

	private byte[] errors(String token, String id) throws IOException, InterruptedException {
		var answer = http.send(HttpRequest.newBuilder(gateway("/api/imports/" + id + "/errors"))
				.timeout(Duration.ofSeconds(30)).header("Authorization", "Bearer " + token).build(),
				BodyHandlers.ofByteArray());
		if (answer.statusCode() != 200) {
			throw new IOException("the error file cannot be had: status " + answer.statusCode());
		}
		return answer.body();
	}

	private static Path errorFile(Path file) {
		String name = file.getFileName().toString();
		int dot = name.lastIndexOf('.');
		return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + "-errors.csv");
	}

	private void awaitMails(long lastMail, int expected) throws IOException, InterruptedException {
		var progress = new Progress(out, "mails", expected);
		int sent = mailsAfter(lastMail);
		long lastProgress = System.nanoTime();
		while (sent < expected && System.nanoTime() - lastProgress < PATIENCE_WITHOUT_PROGRESS.toNanos()) {
			progress.show(sent);
			Thread.sleep(200);
			int now = mailsAfter(lastMail);
			if (now > sent) lastProgress = System.nanoTime();
			sent = now;
		}
		progress.show(sent);
		progress.end();
		out.println((sent < expected
				? sent + " of " + expected + " mails have gone out so far, the others follow"
				: sent + " mails have gone out") + "; read them at " + inbox(""));
	}

	private long newestMail() throws IOException, InterruptedException {
		return inboxJson("api/mails?size=1").path("items").path(0).path("id").asLong(0);
	}

	/** Not those to the first accounts. */
	private int mailsAfter(long id) throws IOException, InterruptedException {
		int mails = count(id, ""); // first, so that one of theirs that comes in between is not taken for the import's
		for (String first : firstAccounts)
			mails -= count(id, first);
		return mails;
	}

	/** How many mails are newer; {@code recipient} is a part of an address, the empty one means all. */
	private int count(long after, String recipient) throws IOException, InterruptedException {
		return inboxJson("api/mails/count?after=" + after + "&recipient="
				+ URLEncoder.encode(recipient, StandardCharsets.UTF_8)).path("count").asInt();
	}

	private JsonNode inboxJson(String path) throws IOException, InterruptedException {
		var answer = http.send(HttpRequest.newBuilder(inbox(path)).timeout(Duration.ofSeconds(10)).build(),
				BodyHandlers.ofString());
		if (answer.statusCode() != 200) throw new IOException("the inbox answers with status " + answer.statusCode());
		return JSON.readTree(answer.body());
	}

	private HttpResponse<String> get(String token, URI address) throws IOException, InterruptedException {
		return http.send(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30))
				.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
	}

	/** What a problem answer says to people. */
	private static String detail(HttpResponse<String> answer) {
		try {
			JsonNode problem = JSON.readTree(answer.body());
			String text = problem.path("detail").asString(problem.path("title").asString(""));
			if (!text.isBlank()) return text;
		} catch (JacksonException _) {
			// not a problem document
		}
		return "The portal answered with status " + answer.statusCode() + ".";
	}

	private URI gateway(String path) {
		return URI.create("http://localhost:" + ports.gateway() + path);
	}

	private URI inbox(String path) {
		return URI.create("http://localhost:" + ports.inbox() + "/" + path);
	}
}
