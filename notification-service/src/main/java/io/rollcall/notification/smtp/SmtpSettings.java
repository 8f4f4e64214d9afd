package io.rollcall.notification.smtp;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server.
 *
 * @param username empty for a server that asks for none
 * @param requireTls go on only when the server offers STARTTLS; otherwise it is used where offered
 * @param sslBundle whose certificates are trusted; empty for those that the Java platform trusts
 * @param clientName what we call ourselves in EHLO
 */
@ConfigurationProperties("rollcall.smtp")
record SmtpSettings(String host, int port, @DefaultValue("") String username, @DefaultValue("") String password,
		@DefaultValue("false") boolean requireTls, @DefaultValue("") String sslBundle,
		@DefaultValue("localhost") String clientName,
		@DefaultValue("5s") Duration connectTimeout, @DefaultValue("30s") Duration answerTimeout) {
	@Override
	public String toString() {
		return "SmtpSettings[" + host + ":" + port + "]";
	}
}
