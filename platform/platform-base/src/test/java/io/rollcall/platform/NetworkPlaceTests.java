package io.rollcall.platform;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkPlaceTests {
	@Test
	void ipv6IsCountedByTheNetworkOfASubscriber() {
		assertThat(NetworkPlace.of("2001:db8:1:2::1")).isEqualTo(NetworkPlace.of("2001:DB8:1:2:ffff:0:0:9"))
				.isNotEqualTo(NetworkPlace.of("2001:db8:1:3::1"));
	}

	@Test
	void ipv4IsCountedByTheAddress() {
		assertThat(NetworkPlace.of("192.0.2.1")).isEqualTo("192.0.2.1").isNotEqualTo(NetworkPlace.of("192.0.2.2"));
	}

	/** An address in IPv6's spelling of IPv4 is the IPv4 one. */
	@Test
	void mappedAddressIsTheOneThatItStandsFor() {
		assertThat(NetworkPlace.of("::ffff:192.0.2.1")).isNotEqualTo(NetworkPlace.of("::ffff:192.0.2.2"));
	}

	@Test
	void whatIsNoAddressStandsForItself() {
		assertThat(NetworkPlace.of("unknown")).isEqualTo("unknown");
	}
}
