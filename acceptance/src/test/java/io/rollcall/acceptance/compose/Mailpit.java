package io.rollcall.acceptance.compose;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.acceptance.system.Inbox.Mail;

/** What the mail catcher has received, by its API (https://mailpit.axllent.org/docs/api-v1). */
record Mailpit(URI address) {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final HttpClient HTTP = HttpClient.newHttpClient();
	private static final int PAGE = 200;

	long count() throws IOException, InterruptedException {
		return get("/api/v1/messages?limit=1").path("total").asLong();
	}

	/** Newest first. */
	List<Mail> mails() throws IOException, InterruptedException {
		var mails = new ArrayList<Mail>();
		for (long start = 0, total = count(); start < total; start += PAGE) {
			for (JsonNode line : get("/api/v1/messages?start=" + start + "&limit=" + PAGE).path("messages")) {
				JsonNode mail = get("/api/v1/message/" + line.path("ID").asString());
				mails.add(new Mail(0, mail.path("To").path(0).path("Address").asString(),
						mail.path("Subject").asString(), mail.path("MessageID").asString(),
						mail.path("Text").asString(), ""));
			}
		}
		return mails;
	}

	private JsonNode get(String path) throws IOException, InterruptedException {
		var answer = HTTP.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofByteArray());
		if (answer.statusCode() != 200) throw new AssertionError("Mailpit " + path + ": " + answer.statusCode());
		return JSON.readTree(answer.body());
	}
}
