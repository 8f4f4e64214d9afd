package io.rollcall.platform.tomcat;

import java.io.IOException;

import jakarta.servlet.ServletException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

import io.rollcall.platform.Methods;

/**
 * Looks at a request's first line. One without a version (HTTP/0.9) is no request: an answer would have neither a status nor headers, so
 * there is none. A method that nothing here is asked by is not implemented (RFC 9110, 9.1); Tomcat would answer {@code TRACE} itself, with
 * methods in {@code Allow} that the address may not have.
 */
final class Lines extends ValveBase {
	Lines() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		// Of one that is none of HTTP's Tomcat says nothing but that it is refused.
		if ("".equals(request.getProtocol())) {
			response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
			return;
		}
		String method = request.getMethod(); // none where the line could not be read, which has been refused
		if (method != null && !Methods.areTaken(method)) {
			response.reset();
			response.sendError(Response.SC_NOT_IMPLEMENTED); // and nothing behind this is asked
		}
		getNext().invoke(request, response);
	}
}
