package io.rollcall.platform;

import java.net.InetAddress;
import java.util.Arrays;

/** Whom a network address stands for when requests or attempts are counted. */
public final class NetworkPlace {
	private static final int SUBNET_BYTES = 8;

	private NetworkPlace() {}

	/** The address, an IPv6 one by its /64: a subscriber has all of that (RFC 6177). What is no address stands for itself. */
	public static String of(String address) {
		try {
			byte[] bytes = InetAddress.ofLiteral(address).getAddress();
			return bytes.length > SUBNET_BYTES ? Arrays.toString(Arrays.copyOf(bytes, SUBNET_BYTES)) : address;
		} catch (IllegalArgumentException _) {
			return address;
		}
	}
}
