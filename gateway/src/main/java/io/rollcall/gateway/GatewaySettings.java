package io.rollcall.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param site which of the two sites this gateway is the door of
 * @param portalUrl the portal's public base address, below which the issuer is too
 * @param trainingUrl the training site's public base address
 * @param maxRequestSize the largest body that is passed on
 * @param largerRequests by path, where a body may be larger than that
 * @param connectTimeout how long a service may take to be reached
 * @param tokenTimeout how long the authorization server may take; less than a renewal's claim on its session lasts
 * @param trustedProxies addresses, or networks as {@code 10.0.0.0/8}, that say truly where a request came from
 * @param responseTimeout how long a service may be silent: before its answer, and between two pieces of it
 */
@ConfigurationProperties("rollcall.gateway")
public record GatewaySettings(Site site, URI portalUrl, URI trainingUrl, DataSize maxRequestSize,
		Map<String, DataSize> largerRequests, Duration connectTimeout, Duration responseTimeout, Duration tokenTimeout,
		List<String> trustedProxies, Services services) {
	public enum Site {
		PORTAL, TRAINING
	}

	/** The public base address of this site. */
	public URI siteUrl() {
		return site == Site.PORTAL ? portalUrl : trainingUrl;
	}

	public URI otherSiteUrl() {
		return site == Site.PORTAL ? trainingUrl : portalUrl;
	}

	/** Scheme, host and port of this site, as a browser writes them in {@code Origin}. */
	public String siteOrigin() {
		return siteUrl().getScheme() + "://" + siteUrl().getAuthority();
	}

	/** Who issues the tokens of both sites. */
	public String issuer() {
		return portalUrl + Paths.AUTH;
	}

	/** Whether browsers reach this site by https. */
	public boolean isEncrypted() {
		return "https".equalsIgnoreCase(siteUrl().getScheme());
	}

	/**
	 * The services' base addresses, without a path.
	 *
	 * @param users of user-service
	 * @param imports of import-service
	 * @param organizations of org-directory-service
	 * @param notifications of notification-service
	 */
	public record Services(URI users, URI imports, URI organizations, URI notifications) {}
}
