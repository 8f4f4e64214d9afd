package io.rollcall.acceptance.reach;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.rollcall.acceptance.system.Operations;

/** What a holder reaches of imports that are there, and of operations. */
final class Streams {
	private static final Map<String, ?> CORRECTION = Map.of("corrections",
			List.of(Map.of("recordNumber", 1, "cells", Map.of("Fname", "Pam"))));

	private final Holder holder;
	private final Hands hands;

	Streams(Holder holder) {
		this.holder = holder;
		this.hands = holder.hands();
	}

	void ask() {
		imports();
		String operations = "/api/operations/";
		holder.cell("pipelines", () -> ofEach("/pipeline"));
		holder.cell("dead letters", () -> ofEach("/dead-letters"));
		holder.call("replay",
				() -> hands.ask("POST", operations + "imports/dead-letters/replays", Map.of("ids", List.of("none"))));
		holder.call("timeline", () -> hands.get(operations + "users/timeline/" + holder.target().inside().id()));
		holder.cell("pause mails", () -> pausedAndResumed(operations + "mails"));
		holder.cell("pause imports", () -> pausedAndResumed(operations + "imports/dispatch"));
	}

	private void imports() {
		String imports = "/api/imports";
		String own = imports + "/" + holder.ownImport();
		String inside = holder.target().dryRun();
		String outside = holder.target().dryRunOutside();
		holder.call("template", () -> hands.get(imports + "/template"));
		holder.cell("imports", () -> {
			HttpResponse<String> list = hands.get(imports + "?size=200&search=" + Targets.SHARED_FILE);
			if (!Hands.succeeded(list)) return Hands.word(list);
			return Oneself.whose(list.body().contains(inside), list.body().contains(outside));
		});
		holder.call("own import", () -> hands.get(own));
		holder.call("import", () -> hands.get(imports + "/" + inside + "/rows"));
		holder.call("import outside", () -> hands.get(imports + "/" + outside + "/rows"));
		holder.call("draft", () -> hands.get(imports + "/" + inside + "/draft"));
		holder.call("draft outside", () -> hands.get(imports + "/" + outside + "/draft"));
		holder.call("correct another's",
				() -> hands.ask("PATCH", imports + "/" + inside + "/draft", CORRECTION));
		// By another credential of the same account it may be committed: refused for that alone.
		holder.cell("correct", () -> Hands.word(hands.ask("PATCH", own + "/draft", CORRECTION))
				.replace("409 import-committed", "200"));
		holder.call("commit another's", () -> hands.ask("POST", imports + "/" + inside + "/commit", null));
		holder.call("commit", () -> hands.ask("POST", own + "/commit", null));
	}

	/** Of all four services, the first answer that is not as the others. */
	private String ofEach(String call) {
		String word = "";
		for (String part : Operations.PARTS) {
			word = Hands.word(hands.get("/api/operations/" + part + call));
			if (!word.equals("200")) return word;
		}
		return word;
	}

	private String pausedAndResumed(String what) {
		String paused = Hands.word(hands.ask("POST", what + "/pause", null));
		String resumed = Hands.word(hands.ask("POST", what + "/resume", null));
		return paused.equals(resumed) ? paused : paused + ", then " + resumed;
	}
}
