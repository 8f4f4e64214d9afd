package io.rollcall.platform.tomcat;

import java.io.IOException;

import jakarta.servlet.ServletException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** A line without a version (HTTP/0.9) is no request: an answer would have neither a status nor headers, so there is none. */
final class BareLines extends ValveBase {
	BareLines() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		// Of one that is none of HTTP's Tomcat says nothing but that it is refused.
		if ("".equals(request.getProtocol())) {
			response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
		} else {
			getNext().invoke(request, response);
		}
	}
}
