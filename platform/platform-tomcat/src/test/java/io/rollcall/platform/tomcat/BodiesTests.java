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
	private final org.apache.coyote.Request connection = new org.apache.coyote.Request();
	private final InputBuffer body = failing(new SocketTimeoutException());

	@BeforeEach
	void aRequestWithABody() {
		connection.setInputBuffer(body);
	}

	@Test
	void theNextRequestOfTheConnectionBeginsAnew() throws Exception {
		serve(() -> assertThat(connection.getInputBuffer()).isNotSameAs(body));
		assertThat(connection.getInputBuffer()).isSameAs(body);
	}

	@Test
	void aBodyThatFailsIsNoClientThatHasGone() throws Exception {
		connection.setInputBuffer(failing(new BadRequestException("chunk")));
		serve(() -> assertFails(Kind.MALFORMED));
		connection.setInputBuffer(body);
		serve(() -> assertFails(Kind.BROKEN_OFF));
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

	private void serve(Service service) throws Exception {
		var valve = new Bodies();
		valve.setNext(new ValveBase() {
			@Override
			public void invoke(Request request, Response response) throws IOException {
				service.read();
			}
		});
		valve.invoke(new Request(new Connector(), connection), null);
	}
}
