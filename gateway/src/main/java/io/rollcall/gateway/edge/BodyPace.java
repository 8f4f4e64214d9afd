package io.rollcall.gateway.edge;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.ServletException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

import io.rollcall.gateway.Refusal;
import io.rollcall.gateway.Refusal.Refused;

/**
 * Gives up a body that only drips. Tomcat's own limit is on the silence between two packets: a byte now and then would hold, for
 * hours and for whoever it is, one of the connections to the service that the request is for.
 */
@Component
class BodyPace implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
	/**
	 * @param grace for a body however small
	 * @param perSecond what must come on top of it
	 */
	@ConfigurationProperties("rollcall.gateway.slowest-body")
	record Settings(Duration grace, DataSize perSecond) {
		boolean isTooSlow(long bytes, long nanos) {
			return nanos > grace.toNanos() + bytes * (1_000_000_000L / perSecond.toBytes());
		}
	}

	private final Settings settings;

	BodyPace(Settings settings) {
		this.settings = settings;
	}

	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory.addEngineValves(new PaceValve(settings));
	}

	private static final class PaceValve extends ValveBase {
		private final Settings settings;

		PaceValve(Settings settings) {
			super(true);
			this.settings = settings;
		}

		@Override
		public void invoke(Request request, Response response) throws IOException, ServletException {
			org.apache.coyote.Request connection = request.getCoyoteRequest();
			InputBuffer body = connection.getInputBuffer();
			connection.setInputBuffer(new PacedBuffer(connection, body, settings));
			try {
				getNext().invoke(request, response);
			} finally {
				connection.setInputBuffer(body); // it serves the connection's next request too
			}
		}
	}

	private static final class PacedBuffer implements InputBuffer {
		private final org.apache.coyote.Request request;
		private final InputBuffer body;
		private final Settings settings;
		private long bytes;
		/** For the sender; what the service takes is not theirs. */
		private long waitedNanos;

		PacedBuffer(org.apache.coyote.Request request, InputBuffer body, Settings settings) {
			this.request = request;
			this.body = body;
			this.settings = settings;
		}

		@Override
		public int doRead(ApplicationBufferHandler handler) throws IOException {
			if (settings.isTooSlow(bytes, waitedNanos)) {
				// Nor is the rest waited for when the refusal is written.
				request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
				throw new Refused(Refusal.UPLOAD_BROKEN_OFF);
			}
			long start = System.nanoTime();
			int read = body.doRead(handler);
			waitedNanos += System.nanoTime() - start;
			bytes += Math.max(read, 0);
			return read;
		}

		@Override
		public int available() {
			return body.available();
		}
	}
}
