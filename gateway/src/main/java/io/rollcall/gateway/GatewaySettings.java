package io.rollcall.gateway;

import java.net.URI;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param site which of the two sites this gateway is the door of
 * @param portalUrl the portal's public base address, below which the issuer is too
 * @param trainingUrl the training site's public base address
 * @param maxRequestSize the largest body that is passed on
 * @param responseTimeout how long a service may be silent: before its answer, and between two pieces of it
 */
@ConfigurationProperties("rollcall.gateway")
record GatewaySettings(Site site, URI portalUrl, URI trainingUrl, DataSize maxRequestSize, Duration connectTimeout,
		Duration responseTimeout,
		Services services) {
	enum Site {
		PORTAL, TRAINING
	}

	/** The public base address of this site. */
	URI siteUrl() {
		return site == Site.PORTAL ? portalUrl : trainingUrl;
	}

	URI otherSiteUrl() {
		return site == Site.PORTAL ? trainingUrl : portalUrl;
	}

	/** Whether browsers reach this site by https. */
	boolean isEncrypted() {
		return "https".equalsIgnoreCase(siteUrl().getScheme());
	}

	/** The services' base addresses, without a path. */
	record Services(URI users, URI imports, URI organizations, URI notifications) {}
}
