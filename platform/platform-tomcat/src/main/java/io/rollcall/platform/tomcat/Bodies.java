package io.rollcall.platform.tomcat;

import java.io.IOException;

import jakarta.servlet.ServletException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

import io.rollcall.platform.tomcat.BodyFailure.Kind;

/**
 * Gives up a request's body that breaks off or is not framed as HTTP asks with a {@link BodyFailure}, which is answered like any other.
 */
final class Bodies extends ValveBase {
	Bodies() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		org.apache.coyote.Request connection = request.getCoyoteRequest();
		InputBuffer body = connection.getInputBuffer();
		connection.setInputBuffer(new Body(connection, body));
		try {
			getNext().invoke(request, response);
		} finally {
			connection.setInputBuffer(body); // it serves the connection's next request too
		}
	}

	private record Body(org.apache.coyote.Request request, InputBuffer body) implements InputBuffer {
		@Override
		public int doRead(ApplicationBufferHandler handler) {
			try {
				return body.doRead(handler);
			} catch (BadRequestException | IllegalArgumentException e) { // the one of chunks, the other of what follows them
				throw givenUp(Kind.MALFORMED);
			} catch (IOException e) {
				throw givenUp(Kind.BROKEN_OFF);
			}
		}

		private BodyFailure givenUp(Kind kind) {
			// Nor is the rest waited for when the refusal is written.
			request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
			return new BodyFailure(kind);
		}

		@Override
		public int available() {
			return body.available();
		}
	}
}
