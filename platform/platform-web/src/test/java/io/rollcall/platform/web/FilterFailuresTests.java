package io.rollcall.platform.web;

import java.io.IOException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What fails when its answer has begun. */
class FilterFailuresTests {
	private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
	private final Logger log = (Logger) LoggerFactory.getLogger(FilterFailures.class);

	@BeforeEach
	void listen() {
		log.addAppender(logged);
		logged.start();
	}

	@AfterEach
	void listenNoMore() {
		log.detachAppender(logged);
	}

	private static void fail(RuntimeException failure) {
		var response = new MockHttpServletResponse();
		response.setCommitted(true);
		var failures = new FilterFailures((_, _, _, _) -> null);
		assertThatExceptionOfType(CloseNowException.class).as("half an answer must not end as a whole one")
				.isThrownBy(() -> failures.doFilter(new MockHttpServletRequest("GET", "/api/users"), response,
						(_, _) -> {
							throw failure;
						}));
	}

	@Test
	void readerWhoGoesAwayIsNoFailureHoweverItIsToldOf() {
		fail(new HttpMessageNotWritableException("", new IOException(new ClientAbortException("gone"))));
		assertThat(logged.list).isEmpty();
	}

	@Test
	void whatElseFailsIsLogged() {
		fail(new HttpMessageNotWritableException("", new IOException("broken")));
		assertThat(logged.list).hasSize(1);
	}
}
