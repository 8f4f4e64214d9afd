package io.rollcall.platform.tomcat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Over a real connection, by a clock that the test moves. */
class PacedChannelTests {
	private static final Duration SECOND = Duration.ofSeconds(1);

	private final Request request = new Request();
	private final Response response = new Response();
	private final PacedChannel channel = new PacedChannel(new SocketBufferHandler(8, 8, false),
			new Pace(Duration.ofSeconds(20), DataSize.ofKilobytes(16)), () -> this.now);
	private long now = 1;
	private SocketChannel sender;
	private SocketChannel receiver;
	private Selector arrivals;

	@BeforeEach
	void connect() throws IOException {
		try (var server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
			sender = SocketChannel.open(server.getLocalAddress());
			receiver = server.accept();
		}
		receiver.configureBlocking(false);
		arrivals = Selector.open();
		receiver.register(arrivals, SelectionKey.OP_READ);
		channel.reset(receiver, null);
		channel.carries(request, response);
		aRequestBegins();
	}

	@AfterEach
	void disconnect() throws IOException {
		sender.close();
		receiver.close();
		arrivals.close();
	}

	@Test
	void whatComesSlowlyButSteadilyIsReadToItsEnd() throws Exception {
		for (int second = 0; second < 300; second++) {
			waitsFor(SECOND);
			arrives(20_000);
		}
		waitsFor(Duration.ofSeconds(20));
		assertThat(read()).isZero();
	}

	@Test
	void whatDripsIsGivenUpAfterTheGrace() throws Exception {
		for (int second = 0; second < 20; second++) {
			waitsFor(SECOND);
			arrives(1);
		}
		waitsFor(SECOND);
		isGivenUp();
	}

	@Test
	void whatIsThereIsReadHoweverLateTheServiceComes() throws Exception {
		waitsFor(Duration.ofHours(1)); // a machine that stood still
		arrives(1);
		isGivenUp(); // when more is missing
	}

	@Test
	void theServicesOwnTimeIsNotTheSenders() throws Exception {
		for (int part = 0; part < 10; part++) {
			waitsFor(SECOND);
			arrives(1);
			now += Duration.ofMinutes(1).toNanos();
		}
		waitsFor(Duration.ofSeconds(10));
		assertThat(read()).isZero();
	}

	@Test
	void betweenTwoRequestsAConnectionMayRest() throws Exception {
		arrives(1);
		request.setStartTimeNanos(-1);
		waitsFor(Duration.ofHours(1));
		assertThat(read()).isZero();
		aRequestBegins();
		arrives(1);
		waitsFor(Duration.ofSeconds(20));
		assertThat(read()).isZero();
	}

	@Test
	void eachRequestHasItsOwnTime() throws Exception {
		arrives(50_000); // three seconds, which are not the next one's
		waitsFor(Duration.ofSeconds(15));
		arrives(1);
		aRequestBegins();
		waitsFor(Duration.ofSeconds(15));
		assertThat(read()).isZero();
		now += Duration.ofSeconds(6).toNanos();
		isGivenUp();
	}

	@Test
	void anAnsweredUploadOverASlowLineIsReadToItsEnd() throws Exception {
		arrives(1_000);
		response.commit();
		int left = 10_000_000;
		for (int sent = 0; sent < left; sent += 50_000) { // 0.4 Mbit/s
			waitsFor(SECOND);
			arrives(50_000);
		}
	}

	@Test
	void whatIsLeftOfAnAnsweredRequestHasTheGraceOnceMore() throws Exception {
		arrives(1_000_000, 50_000); // a minute, which is not that of what is left
		waitsFor(Duration.ofSeconds(15));
		arrives(1);
		response.commit();
		waitsFor(Duration.ofSeconds(15));
		assertThat(read()).isZero();
		now += Duration.ofSeconds(6).toNanos();
		isGivenUp();
	}

	@Test
	void whatDripsAfterTheAnswerIsGivenUp() throws Exception {
		response.commit();
		for (int second = 0; second < 20; second++) {
			waitsFor(SECOND);
			arrives(1);
		}
		waitsFor(SECOND);
		isGivenUp();
	}

	private void aRequestBegins() {
		request.setStartTimeNanos(++now);
	}

	/** Nothing is there, and the next is looked for after a while. */
	private void waitsFor(Duration time) throws IOException {
		assertThat(read()).isZero();
		now += time.toNanos();
	}

	private void arrives(int bytes, int atOnce) throws IOException {
		for (int sent = 0; sent < bytes; sent += atOnce)
			arrives(atOnce);
	}

	private void arrives(int bytes) throws IOException {
		ByteBuffer sent = ByteBuffer.allocate(bytes);
		while (sent.hasRemaining())
			sender.write(sent);
		for (int come = 0; come < bytes;) {
			assertThat(arrivals.select(10_000)).isPositive();
			arrivals.selectedKeys().clear();
			int read = read();
			assertThat(read).isPositive();
			come += read;
		}
	}

	private int read() throws IOException {
		return channel.read(ByteBuffer.allocate(0x10000));
	}

	private void isGivenUp() {
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(this::read);
	}
}
