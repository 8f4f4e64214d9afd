package io.rollcall.notification;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.rollcall.contracts.CredentialEvent.CredentialsIssued;
import io.rollcall.contracts.ImportEvent.ImportCompleted;
import io.rollcall.contracts.UserEvent;
import io.rollcall.notification.FaultyWire.Transmitted;
import io.rollcall.platform.messaging.CloudEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Attempts to add a header, a recipient, a part or a body by what people call themselves, their files and addresses. */
class InjectionIT extends RunningService {
	private static final List<String> PAYLOADS = List.of("Mal\r\nBcc: victim@evil.example",
			"Mal\nBcc: victim@evil.example", "Mal\rBcc: victim@evil.example", "Mal\r\n\r\n<h1>body</h1>",
			"Mal\r\n.\r\nMAIL FROM:<x@evil.example>\r\nRCPT TO:<victim@evil.example>\r\nDATA\r\nhi\r\n.\r\n",
			"Mal\n.\nRCPT TO:<victim@evil.example>", "Mal\u760aBcc: victim@evil.example",
			"Mal\u560d\u560aBcc: victim@evil.example", "Mal\u2028Bcc: victim@evil.example",
			"Mal\u2029Bcc: victim@evil.example", "Mal\u0085Bcc: victim@evil.example",
			"Mal\u000b\u000cBcc: victim@evil.example", "\u202egro.elpmaxe@mitciv\u202c", "\u2066Mal\u2069\u200e\u200f",
			"Mal\u0000\u0007\u001b[31m", "Mal\" <victim@evil.example>, \"", "Mal>, <victim@evil.example",
			"=?UTF-8?Q?Mal=0D=0ABcc:_victim@evil.example?=", "=?UTF-8?B?TWFsDQpCY2M6IHZpY3RpbUBldmlsLmV4YW1wbGU=?=",
			"victim@evil.example,victim2@evil.example;victim3@evil.example", "(comment) Mal\\",
			"Group: victim@evil.example;",
			"M".repeat(998), "m\u00fc".repeat(998), "\ud83d\ude00".repeat(400), "Mal\ud800 lone", "\udc00Mal",
			"[[${T(java.lang.Runtime).getRuntime()}]] [(${password})]", "<script>alert(1)</script>\" onload=\"x",
			"Mal\r\n--=_0000\r\nContent-Type: text/html\r\n\r\nx", "Mal\r\n Bcc: victim@evil.example",
			"Mal\uff0d\uff1eBcc\uff1a victim\uff20evil.example", "\ufeffMal\u00a0", "Mal\ue000password\ue000");

	private static final List<String> HOSTILE_ADDRESSES = List.of("%s@agawam.example\r\nBcc: victim@evil.example",
			"%s@agawam.example>\r\nRCPT TO:<victim@evil.example", "%s@agawam.example\nX: y", "%s@agawam.example\rX: y",
			"%s@agawam.example,victim@evil.example", "%s@agawam.example;victim@evil.example", "<%s@agawam.example>",
			"%s@agawam.example> <victim@evil.example", "\"%s\"@agawam.example",
			"\"%s\\\"victim@evil.example\"@agawam.example",
			"\"%s@evil.example>\"@agawam.example", "%s victim@evil.example", "%s@agawam.example victim@evil.example",
			"%s@agawam.example\u2028victim@evil.example", "\u202e%s@agawam.example", "%s@agawam.example\u0000",
			"%s%%0d%%0aBcc:victim@evil.example", "@evil.example:%s@agawam.example", "%s!victim@evil..example",
			"%s@[127.0.0.1]", "%s\u560a@agawam.example",
			"a".repeat(300) + "%s@agawam.example", "%s@" + "a".repeat(64) + ".example", "%s@-agawam.example",
			"%s@agawam",
			"%s", "", "Mal <%s@agawam.example>", "%s@agawam.example (comment)", "%s(comment)@agawam.example",
			"%s@agawam.example SIZE=1", "\u00e4%s@agawam.example", "%s@ev\u0000il.example");

	/** These are addresses; they are written to, in this spelling. */
	private static final Map<String, String> ODD_ADDRESSES = Map.of("%s@agawam\u3002example\u760a",
			"%s@agawam.xn--example-6r0r", "%s@agawam.example\u760a", "%s@agawam.xn--example-6r0r",
			"%s@sch\u00fcle.example",
			"%s@xn--schle-mva.example",
			"%s@\u4f8b\u3048.example", "%s@xn--r8jz45g.example", "o'%s+x=1!#$%%&*/?^_`{|}~-@agawam.example",
			"o'%s+x=1!#$%%&*/?^_`{|}~-@agawam.example", " %s@agawam.example ", "%s@agawam.example", "%s@AGAWAM.example",
			"%s@AGAWAM.example");

	/** @param expected the one recipient; null when nobody may get anything */
	private record Attempt(CloudEvent event, String cause, int mails, @Nullable String expected) {}

	private int number;
	private final List<Attempt> attempts = new ArrayList<>();

	private String unique() {
		return "attempt" + ++number + "x" + UUID.randomUUID().toString().substring(0, 6);
	}

	private void credentials(String username, String firstName, String lastName, String address,
			@Nullable String expected) {
		UUID account = UUID.randomUUID();
		var event = new CredentialsIssued(account + "/credentials", clock.instant(), account, username, firstName,
				lastName, address, List.of("PORTAL"), encrypted("{\"PORTAL\":\"A1#secret\"}"),
				clock.instant().plus(Duration.ofHours(72)), null, null, null);
		attempts.add(new Attempt(events.of(event, null), event.eventId(), 2, expected));
	}

	@Test
	void noneOfTwoHundredAttemptsAddsAHeaderARecipientOrAPart() {
		for (String payload : PAYLOADS) {
			for (int field = 0; field < 3; field++) {
				String address = unique() + "@agawam.example";
				credentials(field == 0 ? payload : "user", field == 1 ? payload : "A", field == 2 ? payload : "B",
						address,
						address);
			}
		}
		HOSTILE_ADDRESSES.forEach(address -> credentials("user", "A", "B", address.formatted(unique()), null));
		ODD_ADDRESSES.forEach((address, written) -> {
			String unique = unique();
			credentials("user", "A", "B", address.formatted(unique), written.formatted(unique));
		});
		List<CloudEvent> accounts = new ArrayList<>();
		for (String payload : PAYLOADS) {
			for (boolean file : new boolean[]{true, false}) {
				UUID account = UUID.randomUUID();
				String address = unique() + "@agawam.example";
				accounts.add(events.of(new UserEvent.UserCreated(account + "/created", clock.instant(), account, 1,
						new UserEvent.Origin("form", null, null, null, null), new UserEvent.Account("user", "A", "B",
								address, "DTC", List.of(), List.of(), null, null, null, "active")),
						null));
				var event = new ImportCompleted(account + "/completed", clock.instant(), account, account, "add", false,
						file ? payload : "users.csv", clock.instant().minusSeconds(100), 1, 1, 0, 0, 0,
						file ? "done" : payload);
				attempts.add(new Attempt(events.of(event, null), event.eventId(), 1, address));
			}
		}
		assertThat(attempts).hasSizeGreaterThanOrEqualTo(200);

		int before = WIRE.transmitted().size();
		publisher.publish(accounts);
		await().until(() -> collection("addressees").size() >= accounts.size());
		publisher.publish(attempts.stream().map(Attempt::event).toList());
		Set<String> causes = attempts.stream().map(Attempt::cause).collect(Collectors.toSet());
		await().until(() -> collection("mails").stream()
				.filter(mail -> causes.contains(mail.getString("cause")) && !mail.getString("status").equals("pending"))
				.count() == attempts.stream().mapToInt(Attempt::mails).sum());

		List<Transmitted> transmitted = WIRE.transmitted().subList(before, WIRE.transmitted().size());
		Map<String, Integer> expected = new LinkedHashMap<>();
		attempts.stream().filter(attempt -> attempt.expected() != null)
				.forEach(attempt -> expected.merge(attempt.expected(), attempt.mails(), Integer::sum));
		assertThat(transmitted).allSatisfy(mail -> assertThat(mail.recipients()).hasSize(1));
		assertThat(transmitted.stream()
				.collect(Collectors.toMap(mail -> mail.recipients().getFirst(), _ -> 1, Integer::sum)))
				.isEqualTo(expected);
		transmitted.forEach(InjectionIT::isOneMailOfOurs);
	}

	private static void isOneMailOfOurs(Transmitted mail) {
		String raw = mail.content();
		assertThat(raw.replace("\r\n", "")).as("no line ends otherwise").doesNotContain("\r", "\n");
		assertThat(raw.chars()).as("nothing but ASCII").allMatch(c -> c == '\r' || c == '\n' || c >= ' ' && c < 127);
		assertThat(raw.split("\r\n")).as("RFC 5322 2.1.1").allMatch(line -> line.length() <= 998);
		assertThat(names(raw.substring(0, raw.indexOf("\r\n\r\n")))).containsExactly("Date", "From", "To", "Message-ID",
				"Subject", "Auto-Submitted", "MIME-Version", "Content-Type");
		String boundary = raw.replaceFirst("(?s).*boundary=\"([^\"]+)\".*", "$1");
		String[] parts = raw.split("\r\n--" + java.util.regex.Pattern.quote(boundary) + "(--)?(\r\n|$)", -1);
		assertThat(parts).as("head, text, HTML, end").hasSize(4);
		Stream.of(parts[1], parts[2]).forEach(part -> assertThat(names(part.substring(0, part.indexOf("\r\n\r\n"))))
				.containsExactly("Content-Type", "Content-Transfer-Encoding"));
		String recipient = mail.recipients().getFirst();
		assertThat(raw.substring(0, raw.indexOf("\r\n\r\n")).replaceAll("\r\n[ \t]", " "))
				.as("the one recipient stands in the one To")
				.containsPattern("To: [^\r]*<?" + java.util.regex.Pattern.quote(recipient) + ">?(\r|$)");
	}

	private static List<String> names(String head) {
		return Stream.of(head.replaceAll("\r\n[ \t]", " ").split("\r\n"))
				.map(line -> line.substring(0, Math.max(0, line.indexOf(':')))).toList();
	}
}
