package io.rollcall.notification.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails are sent.
 *
 * @param host the machine's name, where it is to be another than the one it calls itself by
 * @param port which this instance listens on
 * @param lanes connections to the mail server; the mails of an account all go through one of them
 * @param inDoubt how many mails may be past their final dot without being marked as sent: as many can go out twice when the
 *            process is killed. More are worth it where the mail server takes long to answer
 * @param capacity mailings held in memory; the others wait in the store
 * @param lease how long others wait for an instance that gives no sign of life
 * @param sweepEvery how often to look for what others left
 * @param retry pauses after a 4xx or a conversation that broke off
 * @param reconnect pauses while the mail server cannot be reached
 * @param idle how long a connection is kept without a mail
 * @param limits what single domains take
 */
@ConfigurationProperties("rollcall.delivery")
public record DeliverySettings(@Nullable String host, int port, @DefaultValue("4") int lanes,
		@DefaultValue("1") int inDoubt,
		@DefaultValue("10000") int capacity, @DefaultValue("20s") Duration lease,
		@DefaultValue("1s") Duration sweepEvery, @DefaultValue Retry retry, @DefaultValue Reconnect reconnect,
		@DefaultValue("30s") Duration idle, @DefaultValue List<Limit> limits) {
	public DeliverySettings {
		limits = List.copyOf(limits);
		if (lanes < 1 || inDoubt < 1 || capacity < 1)
			throw new IllegalArgumentException("lanes, in-doubt and capacity are at least 1");
	}

	/**
	 * A name that no other running instance has, since the port is taken, and that a restarted one has again: so it goes on at
	 * once with what it had before.
	 */
	public String instance() {
		try {
			return (host == null || host.isBlank() ? InetAddress.getLocalHost().getHostName() : host) + ":" + port;
		} catch (UnknownHostException e) {
			throw new IllegalStateException("set rollcall.delivery.host: this machine has no name", e);
		}
	}

	/**
	 * @param first the first pause; each is twice the one before
	 * @param longest and no longer than this
	 */
	public record Retry(@DefaultValue("5s") Duration first, @DefaultValue("10m") Duration longest) {}

	/**
	 * @param first the first pause; each is twice the one before
	 * @param longest and no longer than this
	 */
	public record Reconnect(@DefaultValue("500ms") Duration first, @DefaultValue("30s") Duration longest) {}
}
