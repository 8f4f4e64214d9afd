package io.rollcall.acceptance.reach;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.rollcall.acceptance.system.HttpVisitor;
import io.rollcall.acceptance.system.Inbox.Mail;
import io.rollcall.acceptance.system.RunningSystem;

/** Somebody with an account, by what they were told and have set. */
final class Person {
	private static final Pattern LINK = Pattern.compile("(http\\S+/reset-password\\?token=\\S+)");
	private static final RunningSystem SYSTEM = RunningSystem.shared();

	private final Who who;
	private final String username;
	private final String email;
	private final String id;
	private final Map<Site, String> own = new EnumMap<>(Site.class);
	private final Map<Site, HttpVisitor> browsers = new EnumMap<>(Site.class);

	/** @param email where the account's first mails went */
	Person(Who who, String username, String email, String id) {
		this.who = who;
		this.username = username;
		this.email = email;
		this.id = id;
	}

	Who who() {
		return who;
	}

	String username() {
		return username;
	}

	String email() {
		return email;
	}

	String id() {
		return id;
	}

	/** The password that they have set, if they have. */
	synchronized @Nullable String own(Site site) {
		return own.get(site);
	}

	/** The browser at which they are signed in to a site, with a password that they have set. */
	synchronized HttpVisitor signedIn(Site site) {
		return browsers.computeIfAbsent(site, _ -> {
			HttpVisitor browser = Credentials.browser();
			String password = Credentials.newPassword();
			browser.signInFirst(site.address(), username, generated(site), password);
			own.put(site, password);
			if (!browser.isSignedIn(site.address())) throw new AssertionError(username + " is not signed in");
			return browser;
		});
	}

	/** What was mailed to the first address. */
	String generated(Site site) {
		return SYSTEM.inbox().awaitPassword(email, site.title());
	}

	/** The newest link to set a password that was mailed to the first address after this mail, or null. */
	@Nullable
	String link(Site site, long after) {
		return SYSTEM.inbox().to(email).reversed().stream().filter(mail -> mail.id() > after).map(Person::link)
				.filter(link -> link != null && link.startsWith(site.address())).findFirst().orElse(null);
	}

	static @Nullable String link(Mail mail) {
		Matcher link = LINK.matcher(mail.text());
		return link.find() ? link.group(1) : null;
	}

	@Override
	public String toString() {
		return username;
	}
}
