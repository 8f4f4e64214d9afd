package io.rollcall.imports.web;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.ServletException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Gives a request's body a time by which it must be there. Tomcat's own limits are on the silence between two packets: a byte
 * every few seconds would hold a connection, and the memory of what has come, for days.
 */
@Component
class UploadDeadline implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
	private final Duration limit;

	UploadDeadline(@Value("${rollcall.imports.upload-deadline}") Duration limit) {
		this.limit = limit;
	}

	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory.addEngineValves(new DeadlineValve(limit));
	}

	/** Not an {@code IOException}: that Tomcat would take for a client that has gone, and answer nothing. */
	static final class TooSlow extends RuntimeException {
		private static final long serialVersionUID = 1;

		TooSlow() {
			super("the body did not arrive in time", null, false, false);
		}

		static boolean isCauseOf(Throwable failure) {
			for (Throwable t = failure; t != null; t = t.getCause())
				if (t instanceof TooSlow) return true;
			return false;
		}
	}

	private static final class DeadlineValve extends ValveBase {
		private final Duration limit;

		DeadlineValve(Duration limit) {
			super(true);
			this.limit = limit;
		}

		@Override
		public void invoke(Request request, Response response) throws IOException, ServletException {
			org.apache.coyote.Request connection = request.getCoyoteRequest();
			InputBuffer unlimited = connection.getInputBuffer();
			connection.setInputBuffer(new DeadlineBuffer(connection, unlimited, System.nanoTime() + limit.toNanos()));
			try {
				getNext().invoke(request, response);
			} finally {
				connection.setInputBuffer(unlimited); // it serves the connection's next request too
			}
		}
	}

	private record DeadlineBuffer(org.apache.coyote.Request request, InputBuffer body,
			long deadline) implements InputBuffer {
		@Override
		public int doRead(ApplicationBufferHandler handler) throws IOException {
			if (System.nanoTime() - deadline > 0) {
				// Nor is the rest waited for when the refusal is written.
				request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
				throw new TooSlow();
			}
			return body.doRead(handler);
		}

		@Override
		public int available() {
			return body.available();
		}
	}
}
