package io.rollcall.platform.tomcat;

import java.io.IOException;
import java.net.SocketTimeoutException;

import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.rollcall.platform.tomcat.BodyFailure.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BodiesTests {
	/** Comes in packets of a hundred bytes, each after a moment. */
	private static final class Body implements InputBuffer {
		@Override
		public int doRead(ApplicationBufferHandler handler) {
			long start = System.nanoTime();
			while (System.nanoTime() == start)
				Thread.onSpinWait();
			return 100;
		}

		@Override
		public int available() {
			return 7;
		}
	}

	private final org.apache.coyote.Request connection = new org.apache.coyote.Request();
	private final InputBuffer body = new Body();

	@BeforeEach
	void aRequestWithABody() {
		connection.setInputBuffer(body);
	}

	@Test
	void aBodyIsReadUntilItIsTooSlow() throws Exception {
		serve((bytes, _) -> bytes > 250, () -> {
			for (int i = 0; i < 3; i++)
				assertThat(connection.getInputBuffer().doRead(null)).isEqualTo(100);
			assertFails(Kind.TOO_SLOW);
		});
	}

	@Test
	void timeIsThatOfTheSenderAlone() throws Exception {
		serve((_, waited) -> waited.isPositive(), () -> {
			assertThat(connection.getInputBuffer().doRead(null)).isEqualTo(100);
			assertFails(Kind.TOO_SLOW);
		});
	}

	@Test
	void whatIsThereIsTold() throws Exception {
		serve((_, _) -> true, () -> assertThat(connection.getInputBuffer().available()).isEqualTo(7));
	}

	@Test
	void theNextRequestOfTheConnectionBeginsAnew() throws Exception {
		serve((_, _) -> false, () -> assertThat(connection.getInputBuffer()).isNotSameAs(body));
		assertThat(connection.getInputBuffer()).isSameAs(body);
	}

	@Test
	void aBodyThatFailsIsNoClientThatHasGone() throws Exception {
		connection.setInputBuffer(failing(new BadRequestException("chunk")));
		serve((_, _) -> false, () -> assertFails(Kind.MALFORMED));
		connection.setInputBuffer(failing(new SocketTimeoutException()));
		serve((_, _) -> false, () -> assertFails(Kind.BROKEN_OFF));
	}

	private void assertFails(Kind kind) {
		assertThatExceptionOfType(BodyFailure.class).isThrownBy(() -> connection.getInputBuffer().doRead(null))
				.satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
	}

	private static InputBuffer failing(IOException failure) {
		return new InputBuffer() {
			@Override
			public int doRead(ApplicationBufferHandler handler) throws IOException {
				throw failure;
			}

			@Override
			public int available() {
				return 0;
			}
		};
	}

	private interface Service {
		void read() throws IOException;
	}

	private void serve(Bodies.Limit limit, Service service) throws Exception {
		var valve = new Bodies(limit);
		valve.setNext(new ValveBase() {
			@Override
			public void invoke(Request request, Response response) throws IOException {
				service.read();
			}
		});
		valve.invoke(new Request(new Connector(), connection), null);
	}
}
