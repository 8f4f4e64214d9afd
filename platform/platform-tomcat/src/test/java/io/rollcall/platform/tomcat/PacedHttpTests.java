package io.rollcall.platform.tomcat;

import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PacedHttpTests {
	@Test
	void aPortWithTlsIsNeverReadInThePlain() {
		var endpoint = new PacedHttp.Endpoint();
		endpoint.setSSLEnabled(true);
		assertThat(endpoint.createChannel(new SocketBufferHandler(8, 8, false))).isInstanceOf(SecureNioChannel.class);
	}
}
