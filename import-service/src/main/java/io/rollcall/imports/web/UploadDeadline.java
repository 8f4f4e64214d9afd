package io.rollcall.imports.web;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

import io.rollcall.platform.tomcat.SlowBodies;

/** Gives a request's body a time by which it must be there: until then it holds the memory of what has come. */
@Component
class UploadDeadline implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
	private final Duration limit;

	UploadDeadline(@Value("${rollcall.imports.upload-deadline}") Duration limit) {
		this.limit = limit;
	}

	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory.addEngineValves(new SlowBodies((_, waited) -> waited.compareTo(limit) > 0, TooSlow::new));
	}

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
}
