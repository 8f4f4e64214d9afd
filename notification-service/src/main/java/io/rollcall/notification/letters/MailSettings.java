package io.rollcall.notification.letters;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

import io.rollcall.notification.Site;

/**
 * What stands in the mails besides the templates' words.
 *
 * @param messageIdDomain right-hand side of Message-IDs
 * @param zone in which times are told
 * @param signInPath where a site's sign-in link points to
 * @param passwordResetPath the page that takes the token of a forgotten password as parameter {@code token}
 * @param importPath the page of an import, with {@code {import}} in the place of its id
 * @param confirmationPath the page of a confirmation, with {@code {confirmation}} in the place of its id
 * @param sites what each site is called, where it is, and its color
 * @param templates a folder whose templates go before ours, file by file; null for ours alone
 */
@ConfigurationProperties("rollcall.mail")
record MailSettings(Sender sender, String messageIdDomain, ZoneId zone, String signInPath, String passwordResetPath,
		String importPath, String confirmationPath, @Nullable Path templates,
		Map<Site, SiteSettings> sites, ServiceCenter serviceCenter) {
	/**
	 * @param name whom mails are from
	 * @param address the same
	 */
	record Sender(String name, String address) {}

	/** @param color of the band above the mails of this site, as CSS writes it */
	record SiteSettings(String name, String url, String color) {}

	/**
	 * The guide's table of contacts.
	 *
	 * @param name as it stands below each mail
	 * @param web its pages for help
	 * @param email to write to
	 * @param phone to call
	 * @param tty for people who do not hear
	 * @param hours when somebody answers
	 */
	record ServiceCenter(String name, String web, String email, String phone, String tty, String hours) {}

	SiteSettings site(Site site) {
		SiteSettings settings = sites.get(site);
		if (settings == null) throw new IllegalStateException("no settings of site " + site);
		return settings;
	}
}
