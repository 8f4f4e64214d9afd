package io.rollcall.notification.smtp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server.
 *
 * @param host its name or address
 * @param port 587 where it wants an account
 * @param password of {@code username}
 * @param connectTimeout how long it may take to be reached
 * @param answerTimeout how long it may take for an answer
 * @param username empty for a server that asks for none
 * @param requireTls go on only when the server offers STARTTLS; otherwise it is used where offered. Unless said otherwise,
 *            required where there is a password: that does not go over the wire in the clear
 * @param sslBundle whose certificates are trusted; empty for those that the Java platform trusts
 * @param clientName what we call ourselves in EHLO
 */
@ConfigurationProperties("rollcall.smtp")
record SmtpSettings(String host, int port, @DefaultValue("") String username, @DefaultValue("") String password,
		@Nullable Boolean requireTls, @DefaultValue("") String sslBundle,
		@DefaultValue("localhost") String clientName,
		@DefaultValue("5s") Duration connectTimeout, @DefaultValue("30s") Duration answerTimeout) {
	boolean isTlsRequired() {
		return requireTls == null ? !username.isBlank() : requireTls;
	}

	@Override
	public String toString() {
		return "SmtpSettings[" + host + ":" + port + "]";
	}
}
