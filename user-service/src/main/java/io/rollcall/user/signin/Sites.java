package io.rollcall.user.signin;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import io.rollcall.user.credential.Site;

/** Where the sites are, and what follows from it for cookies. */
@Component
public class Sites {
	private final String portal;
	private final String training;

	public Sites(@Value("${rollcall.base-url}") String portal, @Value("${rollcall.training-url}") String training) {
		this.portal = portal;
		this.training = training;
	}

	/** The base address of a site, without a slash at the end. */
	public String base(Site site) {
		return switch (site) {
			case PORTAL -> portal;
			case TRAINING -> training;
		};
	}

	/** Whether the sign-in pages, which stand at the Portal, are reached over TLS; on plain loopback they are not. */
	public boolean areSecure() {
		return portal.startsWith("https:");
	}

	/** A cookie of the sign-in pages by the name that the browser knows, which over TLS forbids that anybody sets it without. */
	public String cookie(String name) {
		return (areSecure() ? "__Secure-" : "") + name;
	}

	/** The cookie that proves a sign-in to a site. */
	public String signInCookie(Site site) {
		return cookie("rollcall-sign-in-" + site.clientId());
	}
}
