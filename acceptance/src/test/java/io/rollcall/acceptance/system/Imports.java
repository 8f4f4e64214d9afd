package io.rollcall.acceptance.system;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Import files through the gateway, for the service center's API client or for somebody else. */
public final class Imports {
	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** How a row stands; {@code notes} are the texts, {@code previewed} what a dry run had said if it came otherwise. */
	public record ImportRow(int recordNumber, String outcome, List<String> notes, List<String> changes,
			String previewed) {
		/** One that changes nothing and came as foretold, or was not. */
		public ImportRow(int recordNumber, String outcome, List<String> notes) {
			this(recordNumber, outcome, notes, List.of(), "");
		}
	}

	/** An import as the portal shows it. */
	public record ImportState(String id, String status, int total, int processed, int rejected, int created,
			int updated, int unchanged, String message, int mails, int changedSincePreview) {
		public boolean isCompleted() {
			return status.equals("completed");
		}

		/** Rows that have an outcome. */
		public int done() {
			return created + updated + unchanged + rejected;
		}
	}

	private final GatewayClient gateway;
	private final Supplier<String> tokens;
	private volatile @Nullable String token;

	/** For the service center's API client. */
	public Imports(URI gateway, String secret) {
		this.gateway = new GatewayClient(gateway);
		this.tokens = () -> this.gateway.token("bootstrap", secret);
	}

	/** @param tokens asked for an access token when the last has run out */
	Imports(URI gateway, Supplier<String> tokens) {
		this.gateway = new GatewayClient(gateway);
		this.tokens = tokens;
	}

	/** The same program at one of the services itself, past the gateway and what it allows in a second. */
	public Imports past(URI service) {
		return new Imports(service, tokens);
	}

	/** Hands a file in and returns the answer, whatever it is. */
	public HttpResponse<byte[]> post(String fileName, byte[] content, String action) {
		return post(fileName, content, action, false);
	}

	private HttpResponse<byte[]> post(String fileName, byte[] content, String action, boolean dryRun) {
		return post("/api/imports", UploadForm.of(fileName, content, action, dryRun));
	}

	/** Sends a form, whatever the answer. */
	public HttpResponse<byte[]> post(String path, UploadForm form) {
		return send(path, HttpRequest.newBuilder().header("Content-Type", form.contentType())
				.POST(BodyPublishers.ofByteArray(form.body())));
	}

	/** Hands a file in that is accepted; returns the import's id. */
	public String accept(String fileName, byte[] content, String action) {
		return accepted(fileName, post(fileName, content, action));
	}

	private static String accepted(String what, HttpResponse<byte[]> answer) {
		if (answer.statusCode() != 202) {
			throw new AssertionError(what + " was not accepted: " + answer.statusCode() + " " + text(answer));
		}
		return json(answer).path("id").asString();
	}

	/** Uploads as a dry run and waits for the end. */
	public ImportState preview(String fileName, byte[] content, String action) {
		return awaitCompleted(accepted(fileName, post(fileName, content, action, true)));
	}

	/** Commits a dry run and waits for the end of the import that applies it. */
	public ImportState commit(String dryRun) {
		return awaitCompleted(accepted("the commit of " + dryRun, send("/api/imports/" + dryRun + "/commit",
				HttpRequest.newBuilder().POST(BodyPublishers.noBody()))));
	}

	/** Asks for the undo of a whole import; returns its id. */
	public String undo(String id) {
		return accepted("the undo of " + id, send("/api/imports/" + id + "/undo",
				HttpRequest.newBuilder().POST(BodyPublishers.noBody())));
	}

	public ImportState state(String id) {
		JsonNode json = json(get("/api/imports/" + id));
		return new ImportState(json.path("id").asString(), json.path("status").asString(), json.path("total").asInt(),
				json.path("processed").asInt(), json.path("rejected").asInt(), json.path("created").asInt(),
				json.path("updated").asInt(), json.path("unchanged").asInt(),
				json.path("message").isString() ? json.path("message").asString() : "", json.path("mails").asInt(),
				json.path("changedSincePreview").asInt(0));
	}

	/** Waits for the summary; a service that is down meanwhile is waited for. */
	public ImportState awaitCompleted(String id) {
		return Await.until("import " + id + " is complete", () -> {
			HttpResponse<byte[]> answer = send("/api/imports/" + id, HttpRequest.newBuilder().GET());
			if (answer.statusCode() == 503 || answer.statusCode() == 502) {
				return null;
			}
			ImportState state = state(id);
			return state.isCompleted() ? state : null;
		});
	}

	/** Uploads and waits for the end. */
	public ImportState run(String fileName, byte[] content, String action) {
		return awaitCompleted(accept(fileName, content, action));
	}

	/** All rows in file order. */
	public List<ImportRow> rows(String id) {
		var rows = new ArrayList<ImportRow>();
		for (int page = 0, pages = 1; page < pages; page++) {
			JsonNode json = json(get("/api/imports/" + id + "/rows?page=" + page + "&size=200"));
			pages = json.path("totalPages").asInt();
			for (JsonNode row : json.path("items")) {
				rows.add(new ImportRow(row.path("recordNumber").asInt(), row.path("outcome").asString(),
						row.path("notes").valueStream().map(note -> note.path("message").asString()).toList(),
						row.path("changes").valueStream().map(change -> change.path("field").asString() + ": "
								+ change.path("before").asString() + " -> " + change.path("after").asString()).toList(),
						row.path("preview").path("outcome").asString("")));
			}
		}
		return rows;
	}

	/** The error file as it would be downloaded. */
	public byte[] errors(String id) {
		return get("/api/imports/" + id + "/errors").body();
	}

	/** An answer, whatever it is. */
	public HttpResponse<byte[]> answer(String path) {
		return send(path, HttpRequest.newBuilder().GET());
	}

	/** An answer that must be a good one. */
	public HttpResponse<byte[]> get(String path) {
		HttpResponse<byte[]> answer = send(path, HttpRequest.newBuilder().GET());
		if (answer.statusCode() != 200) {
			throw new AssertionError("GET " + path + ": " + answer.statusCode() + " " + text(answer));
		}
		return answer;
	}

	/** Any call with a JSON body, whose answer must be a good one. */
	public HttpResponse<byte[]> post(String path, Object body) {
		HttpResponse<byte[]> answer = send(path, HttpRequest.newBuilder().header("Content-Type", "application/json")
				.POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
		if (answer.statusCode() / 100 != 2) {
			throw new AssertionError("POST " + path + ": " + answer.statusCode() + " " + text(answer));
		}
		return answer;
	}

	/** Any call with a token of one's own or none, whatever the answer; {@code headers} are pairs of name and value. */
	public HttpResponse<byte[]> call(String method, String path, @Nullable String bearer, @Nullable Object body,
			String... headers) {
		var request = HttpRequest.newBuilder().method(method, body == null
				? BodyPublishers.noBody()
				: BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
		if (body != null) request.header("Content-Type", "application/json");
		if (bearer != null) request.header("Authorization", "Bearer " + bearer);
		if (headers.length > 0) request.headers(headers);
		return gateway.exchange(path, request);
	}

	/** Any call of the API, as the service center's program. */
	public HttpResponse<byte[]> call(String method, String path, Object body) {
		return send(path, HttpRequest.newBuilder().header("Content-Type", "application/json").method(method,
				BodyPublishers.ofString(JSON.writeValueAsString(body))));
	}

	/** Replaces what has this entity tag. */
	public HttpResponse<byte[]> put(String path, Object body, String tag) {
		return send(path, HttpRequest.newBuilder().header("Content-Type", "application/json").header("If-Match", tag)
				.PUT(BodyPublishers.ofString(JSON.writeValueAsString(body))));
	}

	public static JsonNode json(HttpResponse<byte[]> answer) {
		return JSON.readTree(answer.body());
	}

	public static String text(HttpResponse<byte[]> answer) {
		return new String(answer.body(), StandardCharsets.UTF_8);
	}

	private HttpResponse<byte[]> send(String path, HttpRequest.Builder request) {
		HttpResponse<byte[]> answer = gateway.exchange(path,
				request.copy().header("Authorization", "Bearer " + token()));
		if (answer.statusCode() != 401) {
			return answer;
		}
		token = null; // it has run out
		return gateway.exchange(path, request.copy().header("Authorization", "Bearer " + token()));
	}

	private String token() {
		String present = token;
		if (present != null) {
			return present;
		}
		String fresh = tokens.get();
		token = fresh;
		return fresh;
	}
}
