package io.rollcall.gateway.portal;

import java.time.ZoneId;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the web app is told, all of it public.
 *
 * @param portalName what the portal is called on its pages
 * @param trainingName the same of the training site
 * @param contactEmail of the service center, on every page
 * @param contactPhone the same
 * @param resourceCenterUrl the link on every page; empty for none
 * @param timeZone in which times are told, as in the mails
 * @param administrationUrl where the Administration section is, which is not part of this system; empty for none
 * @param reportingUrl the same of the Reporting section
 */
@ConfigurationProperties("rollcall.portal")
record PortalSettings(String portalName, String trainingName, String resourceCenterUrl, String contactEmail,
		String contactPhone, ZoneId timeZone, String administrationUrl, String reportingUrl) {}
