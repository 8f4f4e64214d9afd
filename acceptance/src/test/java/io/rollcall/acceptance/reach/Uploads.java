package io.rollcall.acceptance.reach;

import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;

import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;

/** A holder's files. */
final class Uploads {
	private final Holder holder;

	Uploads(Holder holder) {
		this.holder = holder;
	}

	/** Changes one column of accounts that exist. Returns what became of each, or what the upload was answered. */
	List<String> update(Column column, List<Person> people, String cell) {
		return upload("update",
				people.stream().map(person -> row(holder.see(person).account()).with(column, cell)).toList());
	}

	/** An account as a record, which changes nothing. */
	static Row row(JsonNode account) {
		return Row.of(text(account, "username"), text(account, "firstName"), text(account, "lastName"),
				text(account, "email"), text(account, "role"), joined(account, "organizations"),
				joined(account, "programs"), text(account, "phone"), text(account, "fax"), text(account, "address"));
	}

	private static String text(JsonNode account, String field) {
		return account.path(field).asString("");
	}

	private static String joined(JsonNode account, String field) {
		return String.join("|", account.path(field).valueStream().map(JsonNode::asString).toList());
	}

	/** @param action {@code add} or {@code update} */
	List<String> upload(String action, List<Row> rows) {
		HttpResponse<String> answer = holder.hands().upload("reach.csv", People.file(rows), action, false);
		if (answer.statusCode() != 202) return Collections.nCopies(rows.size(), Hands.word(answer));
		return holder.witness().rows(Hands.json(answer).path("id").asString());
	}
}
