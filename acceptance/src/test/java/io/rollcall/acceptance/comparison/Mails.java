package io.rollcall.acceptance.comparison;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.rollcall.acceptance.oracle.Account;
import io.rollcall.acceptance.system.Inbox.Mail;

import static org.assertj.core.api.Assertions.assertThat;

/** Judges the mails of new accounts (guide III.A: two a site, one with the username, one with the password). */
public final class Mails {
	/** Upper case, lower case, a number, one of the guide's special characters (III.B). */
	private static final String ONE_OF_EACH_KIND = "(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[~!@#$%^&*()_+={}|\\[\\]:\"';<>?]).*";

	/** Each mail once, and how many came again byte for byte. */
	public record Distinct(List<Mail> mails, int repeated) {}

	private Mails() {}

	/** A mail that came twice must be the same to the byte: that is how its reader, and we, know it for one. */
	public static Distinct distinct(List<Mail> mails) {
		Map<String, Mail> byId = new LinkedHashMap<>();
		int repeated = 0;
		for (Mail mail : mails) {
			Mail before = byId.putIfAbsent(mail.messageId(), mail);
			if (before != null) {
				assertThat(asSent(mail)).as("the second copy of mail " + mail.messageId()).isEqualTo(asSent(before));
				repeated++;
			}
		}
		return new Distinct(new ArrayList<>(byId.values()), repeated);
	}

	/** Without the two headers that the receiving server puts before it, of which one has the time (RFC 5321 4.4). */
	private static String asSent(Mail mail) {
		return mail.source().replaceFirst("\\AReturn-Path:.*\\r?\\n", "").replaceFirst(
				"\\AReceived:.*\\r?\\n([ \\t].*\\r?\\n)*",
				"");
	}

	/** Those of new accounts, each asked for by its recipient. */
	public static void assertWelcome(Collection<Account> accounts, Function<String, List<Mail>> to, String portal,
			String training) {
		accounts.stream().collect(Collectors.groupingBy(Account::email,
				Collectors.mapping(Account::username, Collectors.toList()))).forEach(
						(address, usernames) -> assertWelcome(usernames, to.apply(address), portal, training));
	}

	/** Those of new accounts that share an address: four each, told apart by whom they greet. */
	public static void assertWelcome(List<String> usernames, List<Mail> mails, String portal, String training) {
		assertThat(mails).as("mails for " + usernames).hasSize(4 * usernames.size());
		var byGreeting = mails.stream()
				.collect(Collectors.groupingBy(mail -> mail.text().lines().findFirst().orElse("")));
		assertThat(byGreeting).hasSize(usernames.size());
		for (List<Mail> ofOne : byGreeting.values()) {
			var named = usernames.stream().filter(username -> ofOne.stream()
					.anyMatch(mail -> read(mail).lines().anyMatch(line -> line.equals("Username: " + username))))
					.toList();
			assertThat(named).hasSize(1);
			assertWelcome(named.getFirst(), ofOne, portal, training);
		}
	}

	/** What a person sees of it: usernames are parted by a character that has no width, so that they become no link. */
	private static String read(Mail mail) {
		return mail.text().replace("\u2060", "");
	}

	/** The four of one new account. */
	public static void assertWelcome(String username, List<Mail> mails, String portal, String training) {
		assertThat(mails).as("mails for " + username).hasSize(4);
		var passwords = mails.stream().filter(mail -> mail.password() != null).toList();
		var usernames = mails.stream().filter(mail -> mail.password() == null).toList();
		assertThat(passwords).as("mails with a password for " + username).hasSize(2);
		assertThat(usernames).allSatisfy(mail -> assertThat(read(mail)).contains(username));
		assertThat(passwords).allSatisfy(mail -> {
			assertThat(mail.password()).hasSizeBetween(24, 32).matches(ONE_OF_EACH_KIND);
			assertThat(String.valueOf(mail.password()).replaceAll("[^A-Za-z0-9]", "")).hasSizeGreaterThanOrEqualTo(24);
			assertThat(read(mail)).doesNotContain(username);
		});
		assertThat(new HashSet<>(passwords.stream().map(Mail::password).toList())).hasSize(2);
		assertThat(usernames).anySatisfy(mail -> assertThat(mail.text()).contains(portal))
				.anySatisfy(mail -> assertThat(mail.text()).contains(training));
		assertThat(mails.stream().map(Mail::subject).distinct()).as("subjects tell the four apart").hasSize(4);
		assertThat(mails.stream().map(Mail::messageId).distinct()).hasSize(4);
	}
}
