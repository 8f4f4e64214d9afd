package io.rollcall.platform.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.testing.BrokenHttp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever comes to a service, what it answers is its own, and what it logs is nothing of what came. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
		"spring.config.import=classpath:rollcall-platform.yml", "spring.application.name=things",
		"server.tomcat.connection-timeout=1s", "rollcall.slowest-request.grace=1s",
		"management.endpoint.health.group.readiness.include=readinessState"})
class MalformedRequestsTests {
	private static final List<String> CONTENT_TYPES = List.of("multipart/form-data", "multipart/form-data; boundary=",
			"multipart/form-data; boundary=\"", "multipart/form-data; boundary=b", "multipart/mixed", "*/*",
			"application/*",
			"*", "/", "json", ";", "application/json;charset=none-such", "application/json;charset=", "text/html",
			"application/json; a=\"", "application/x-www-form-urlencoded",
			"application/x-www-form-urlencoded;charset=x-y",
			"application/json;charset=utf-16", "application/vnd.x+json", "text/plain", "a/b/c", "\u00e4/\u00f6");
	private static final List<String> BODIES = List.of("", "{}", "{\"name\":", "--a\r\n\r\n", "\u00ff\u00fe\u0000",
			"a=%", "%",
			"a=%00&%00=b", "=&=&", "name=%zz",
			"--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\u0000\r\n--b--",
			"[".repeat(5000), "\u0000");

	@SpringBootConfiguration
	@EnableAutoConfiguration(excludeName = {"org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration",
			"org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
			"io.rollcall.platform.messaging.MessagingAutoConfiguration",
			"io.rollcall.platform.persistence.DatabaseAutoConfiguration",
			"io.rollcall.platform.operations.OperationsAutoConfiguration"})
	static class Things {
		record Thing(@Nullable String name, @Nullable Integer count) {}

		@RestController
		static class Controller {
			@GetMapping("/api/things")
			List<String> list(@RequestParam(required = false) @Nullable String search,
					@RequestParam(defaultValue = "0") int page,
					@RequestHeader(name = "If-Match", required = false) @Nullable String tag) {
				return List.of();
			}

			@PostMapping("/api/things")
			Thing make(@RequestBody Thing thing) {
				return thing;
			}

			@GetMapping("/api/things/{id}")
			Thing one(@PathVariable UUID id) {
				return new Thing(id.toString(), 1);
			}

			@PutMapping("/api/things/{id}")
			Thing change(@PathVariable UUID id, @RequestBody Thing thing) {
				return thing;
			}

			@PostMapping("/api/things/searches")
			List<String> search() {
				return List.of();
			}

			@PostMapping("/api/starts")
			String start() {
				return "started";
			}

			@PostMapping("/api/forms")
			String form(@ModelAttribute Thing thing, HttpServletRequest request) {
				return String.valueOf(request.getParameterMap().size());
			}

			@GetMapping("/api/begun")
			void begun(HttpServletResponse response) throws IOException {
				response.getWriter().write("begun");
				response.flushBuffer();
				throw Problems.refusal(HttpStatus.SERVICE_UNAVAILABLE, "away", "It is away.");
			}

			@GetMapping("/api/begun/unexpected")
			void begunUnexpected(HttpServletResponse response) throws IOException {
				response.getWriter().write("begun");
				response.flushBuffer();
				throw new IllegalStateException();
			}

			@GetMapping("/api/failing")
			String failing() {
				throw new IllegalStateException();
			}

			@GetMapping("/api/handled")
			String handled() {
				throw new IllegalStateException("the name of somebody in a handler");
			}
		}

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

		@Bean
		Filter failing() {
			return (request, response, chain) -> {
				if (((HttpServletRequest) request).getRequestURI().equals("/api/filtered")) {
					throw new IllegalStateException("the name of somebody in a filter");
				}
				chain.doFilter(request, response);
			};
		}

		@Bean
		@Order(1)
		SecurityFilterChain open(HttpSecurity http) throws Exception {
			return http.securityMatcher("/api/**").csrf(csrf -> csrf.disable())
					.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).build();
		}
	}

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@LocalServerPort
	private int port;

	@Test
	void whatCannotBeReadIsTakenCalmly() {
		for (String path : List.of("/api/things", "/api/forms", "/other"))
			BrokenHttp.assertTakenCalmly(port, path);
	}

	@Test
	void noContentTypeAndNoBodyMakesItFail() throws Exception {
		assertThat(loggedBy(this::contentTypesAndBodies)).isEmpty();
	}

	private void contentTypesAndBodies() {
		List<String> wrong = new ArrayList<>();
		for (String path : List.of("/api/things", "/api/forms", "/other")) {
			for (String method : List.of("GET", "POST", "PUT")) {
				for (String type : CONTENT_TYPES) {
					for (String body : BODIES) {
						String answer = raw(method, path, type, body);
						if (!BrokenHttp.isCalm(answer))
							wrong.add(method + " " + path + " " + type + " " + body.length()
									+ ": " + answer.lines().limit(2).toList());
					}
				}
			}
		}
		assertThat(wrong).isEmpty();
	}

	@Test
	void anAddressThatIsNoneIsRefused() throws Exception {
		assertThat(loggedBy(() -> {
			for (String path : List.of("//", "///", "//api/things", "/api/[", "/api/things/]", "/[:]/", "/other/[",
					"/api/things;[")) {
				String answer = raw("GET", path, "application/json", "");
				assertThat(BrokenHttp.isCalm(answer)).as(path + ": " + answer).isTrue();
			}
		})).isEmpty();
	}

	@Test
	void aNulInAParameterIsRefused() throws Exception {
		for (String query : List.of("search=%00", "search=a%00b", "page=%00"))
			assertProblem(get("/api/things?" + query), 400);
		assertProblem(get("/api/things?search=%ED%A0%80"), 400); // half of a surrogate pair
		assertThat(get("/api/things?search=%EF%BF%BD").statusCode()).isEqualTo(200);
		assertProblem(send("/api/forms", BodyPublishers.ofString("name=%00"), "Content-Type",
				"application/x-www-form-urlencoded"), 400);
	}

	@Test
	void aParameterThatIsGivenTwiceIsRefusedByItsName() throws Exception {
		for (String query : List.of("page=0&page=1", "page=0&page=0", "p%61ge=0&search=a&page=", "page&page")) {
			HttpResponse<String> answer = get("/api/things?" + query);
			assertProblem(answer, 400);
			assertThat(answer.body()).as(query).contains("\"field\":\"page\"", "\"code\":\"given-twice\"")
					.doesNotContain("\"search\"");
		}
		HttpResponse<String> both = get("/api/things?search=a&page=1&search=b&page=2&%3Cb%3E=1&%3Cb%3E=1");
		assertProblem(both, 400);
		assertThat(both.body()).contains("\"field\":\"search\"", "\"field\":\"page\"", "\"field\":\"?\"")
				.doesNotContain("<b>");
		assertThat(get("/api/things?search=a&page=1").statusCode()).isEqualTo(200);
		assertThat(send("/api/forms?name=a", BodyPublishers.ofString("count=1"), "Content-Type",
				"application/x-www-form-urlencoded").statusCode()).isEqualTo(200);
	}

	@Test
	void aParameterThatThereIsNotIsRefusedByItsName() throws Exception {
		for (String query : List.of("searching=a", "search=a&searching=", "page=0&searching=a&searching=b",
				"search%69ng")) {
			HttpResponse<String> answer = get("/api/things?" + query);
			assertProblem(answer, 400);
			assertThat(answer.body()).as(query).contains("\"field\":\"searching\"", "\"code\":\"unknown-parameter\"",
					"There is no parameter 'searching' here.").doesNotContain("\"page\"");
		}
		assertThat(get("/api/things?Page=1").body()).contains("'Page'");
		assertProblem(send("/api/things?dryRun=true", BodyPublishers.ofString("{}"), "Content-Type",
				"application/json"), 400);
		assertProblem(send("/api/forms?Name=a", BodyPublishers.ofString("count=1"), "Content-Type",
				"application/x-www-form-urlencoded"), 400);
	}

	@Test
	void aHeaderOfWhichTheFirstWouldCountIsRefusedWhenItIsGivenTwice() {
		for (String header : List.of("Idempotency-Key: a", "Authorization: Basic YTpi", "Last-Event-ID: 1",
				"Content-Type: application/json")) {
			String name = header.substring(0, header.indexOf(':'));
			String answer = BrokenHttp.answer(port, "POST /api/starts HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n"
					+ header + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
			assertThat(answer).as(name).startsWith("HTTP/1.1 400 ").contains("\"code\":\"given-twice\"",
					"The header '" + name + "' must be given once.");
		}
		assertThat(BrokenHttp.answer(port, "GET /api/things HTTP/1.1\r\nHost: localhost\r\nIf-Match: \"a\"\r\n"
				+ "If-Match: \"b\"\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 200 ");
	}

	@Test
	void aBodyThatNobodyReadsIsRefused() {
		String start = "POST /api/starts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
		for (String body : List.of("Content-Length: 9\r\n\r\n{\"a\":\"b\"}", "Content-Length: 2\r\n\r\n[]",
				"Content-Length: 3\r\n\r\n{}x", "Content-Type: text/csv\r\nContent-Length: 1\r\n\r\nx",
				"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n1\r\nx\r\n0\r\n\r\n")) {
			assertThat(BrokenHttp.answer(port, start + body)).as(body).startsWith("HTTP/1.1 400 ")
					.contains("\"code\":\"body-not-taken\"");
			assertThat(BrokenHttp.answer(port, start.replace("POST /api/starts", "GET /api/things") + body)).as(body)
					.startsWith("HTTP/1.1 400 ").contains("\"code\":\"body-not-taken\"");
		}
		for (String nothing : List.of("\r\n", "Content-Length: 0\r\n\r\n",
				"Content-Type: application/json\r\nContent-Length: 0\r\n\r\n",
				"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
				"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
				"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n")) {
			assertThat(BrokenHttp.answer(port, start + nothing)).as(nothing).startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void whatWasDoneIsAnsweredWhateverAnswerIsWanted() throws Exception {
		for (String accept : List.of("text/csv", "application/xml", "@@@", "///", "text/event-stream", "image/*;q=0")) {
			HttpResponse<String> answer = send("/api/things", BodyPublishers.ofString("{\"name\":\"Ann\"}"), "Accept",
					accept, "Content-Type", "application/json");
			assertThat(answer.statusCode()).as(accept).isEqualTo(200);
			assertThat(answer.body()).contains("Ann");
			assertProblem(send("/api/things", BodyPublishers.ofString("{"), "Accept", accept, "Content-Type",
					"application/json"), 400);
		}
	}

	@Test
	void noHeaderMakesItFail() throws Exception {
		List<String> headers = List.of("Accept: ///", "Accept: *", "Accept: text/html", "Accept: a/b;q=x",
				"Accept: a/b;q=9",
				"Accept-Language: ---", "Accept-Language: " + "x".repeat(300), "Accept-Language: de;q=a",
				"If-Match: \u00ff",
				"If-Match: \"", "If-None-Match: \"", "Origin: null", "Origin: :::", "Origin: http://[",
				"Origin: http://evil.example",
				"Range: bytes=z", "Range: bytes=9-1", "If-Modified-Since: never", "Cookie: =;=;", "Cookie: a=\u00ff",
				"Expect: much", "Origin: null\r\nAccess-Control-Request-Method: NONE", "X-Forwarded-Port: x",
				"Forwarded: host=[;for=\"", "traceparent: 00-x", "Authorization: Bearer", "Authorization: Basic %",
				"X: \u0085");
		for (String path : List.of("/api/things", "/api/failing", "/other", "/actuator/health")) {
			for (String header : headers) {
				String answer = BrokenHttp.answer(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header
						+ "\r\nConnection: close\r\n\r\n");
				assertThat(answer).as(path + " " + header).matches("(?s)HTTP/1.1 [2345]\\d\\d .*")
						.doesNotContain("<html");
				if (!path.equals("/api/failing"))
					assertThat(answer).as(path + " " + header).doesNotMatch("(?s)HTTP/1.1 5.*");
			}
		}
	}

	@Test
	void whatFailsIsSaidInOneWayAndLoggedWithoutItsText() throws Exception {
		List<ILoggingEvent> logged = loggedBy(() -> {
			for (String path : List.of("/api/handled", "/api/filtered", "/api/filtered"))
				assertProblem(get(path), 500);
		});
		assertThat(logged).as("one of each kind").hasSize(2)
				.allSatisfy(event -> assertThat(event.getFormattedMessage() + " "
						+ ThrowableProxyUtil.asString(event.getThrowableProxy())).contains("IllegalStateException")
						.doesNotContain("somebody"));
	}

	@Test
	void aMethodThatNobodyTakesIsNotImplemented() {
		for (String method : List.of("FOO", "TRACE", "get")) {
			String answer = raw(method, "/api/things", "application/json", "");
			assertThat(answer).as(method).startsWith("HTTP/1.1 501 ").contains("\"code\":\"not-implemented\"")
					.doesNotContain("Allow");
		}
	}

	@Test
	void anAddressThatIsAskedByAnotherMethodSaysWhichItHas() {
		assertThat(raw("PUT", "/api/things", "application/json", "")).startsWith("HTTP/1.1 405 ")
				.containsPattern("\r\nAllow: (GET,POST|POST,GET),HEAD\r\n").contains("\"code\":\"method-not-allowed\"");
		assertThat(raw("GET", "/api/starts", "application/json", "")).startsWith("HTTP/1.1 405 ")
				.contains("\r\nAllow: POST\r\n");
	}

	@Test
	void anAddressOfItsOwnIsNoIdWhateverItIsAskedBy() {
		for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "PATCH"))
			assertThat(raw(method, "/api/things/searches", "application/json", "")).as(method)
					.startsWith("HTTP/1.1 405 ").contains("\r\nAllow: POST\r\n");
		assertThat(raw("POST", "/api/things/searches", "application/json", "")).startsWith("HTTP/1.1 200 ");
		assertThat(raw("GET", "/api/things/" + UUID.randomUUID(), "application/json", ""))
				.startsWith("HTTP/1.1 200 ");
		assertThat(raw("GET", "/api/things/search", "application/json", "")).startsWith("HTTP/1.1 404 ");
		assertThat(raw("POST", "/api/things/" + UUID.randomUUID(), "application/json", "{}"))
				.startsWith("HTTP/1.1 405 ").containsPattern("\r\nAllow: (GET,PUT|PUT,GET),HEAD\r\n");
	}

	@Test
	void whatIsSaidOfABodyIsTrue() throws Exception {
		HttpResponse<String> compressed = send("/api/things", BodyPublishers.ofString("{}"), "Content-Type",
				"application/json", "Content-Encoding", "gzip");
		assertProblem(compressed, 415);
		assertThat(compressed.body()).contains("Content-Encoding");
		assertThat(compressed.headers().firstValue("Accept-Encoding")).contains("identity");
		String untyped = BrokenHttp.answer(port,
				"POST /api/things HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
		assertThat(untyped).startsWith("HTTP/1.1 415 ")
				.contains("The request has no Content-Type. Send application/json.");
		for (String field : List.of("count", "name")) {
			HttpResponse<String> endless = send("/api/things",
					BodyPublishers.ofString("{\"" + field + "\":" + "1".repeat(5_000) + "}"), "Content-Type",
					"application/json");
			assertProblem(endless, 400);
			assertThat(endless.body()).contains("\"field\":\"" + field + "\",\"code\":\"wrong-kind\"");
		}
		HttpResponse<String> doubled = send("/api/things", BodyPublishers.ofString("{\"name\":\"a\",\"name\":\"b\"}"),
				"Content-Type", "application/json");
		assertProblem(doubled, 400);
		assertThat(doubled.body()).contains("The field 'name' appears twice.", "\"field\":\"name\"");
	}

	@Test
	void whereThereIsNothingNobodyIsToldWhatWasLookedFor() throws Exception {
		HttpResponse<String> answer = get("/api/nothing");
		assertProblem(answer, 404);
		assertThat(answer.body()).contains("\"detail\":\"There is nothing at this address.\"",
				"\"code\":\"not-found\"");
	}

	@Test
	void whatFailsWhenTheAnswerHasBegunIsNotLogged() throws Exception {
		assertThat(loggedBy(() -> BrokenHttp.answer(port, whole("/api/begun")))).isEmpty();
	}

	/** A list of which the second half failed must not look like a shorter list. */
	@ParameterizedTest
	@ValueSource(strings = {"/api/begun", "/api/begun/unexpected"})
	void whatFailsWhenTheAnswerHasBegunCutsItOff(String path) {
		assertThat(BrokenHttp.answer(port, whole(path))).contains("begun").doesNotContain("\r\n0\r\n", "problem");
	}

	private static String whole(String path) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	}

	@Test
	void aLineWithoutAVersionHasNoAnswer() {
		assertThat(BrokenHttp.answer(port, "GET /api/things\r\n")).isEmpty();
		assertThat(BrokenHttp.answer(port, "GET /api/things\r\n\r\n")).isEmpty();
	}

	@Test
	void whatDripsIsGivenUpWhereverItStands() throws Exception {
		String head = " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
		String chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
		Map<String, String> begun = new LinkedHashMap<>();
		begun.put("", "GET /api/things" + head + "X: long-drawn");
		begun.put("\r\n", "\r\n".repeat(25));
		begun.put("GET /api/things" + head, "X:1\r\n".repeat(5));
		begun.put("POST /api/things" + head + "Content-Length: 4000\r\n\r\n", " ".repeat(25));
		begun.put("POST /api/things" + chunked, "1\r\n \r\n".repeat(5));
		begun.put("POST /api/things" + chunked + "2;", "e".repeat(25));
		begun.put("POST /api/things" + chunked + "2\r\n{}\r\n0\r\nX: ", "t".repeat(25));
		// Answered at once, what is left of them still comes.
		begun.put("POST /api/nothing" + head + "Content-Length: 4000\r\n\r\n", " ".repeat(25));
		begun.put("POST /api/nothing" + chunked, "1\r\n \r\n".repeat(5));
		begun.put("POST /api/nothing" + chunked + "2;", "e".repeat(25));
		begun.put("POST /api/nothing" + chunked + "2\r\n{}\r\n0\r\nX: ", "t".repeat(25));
		try (var atOnce = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<Integer> sent : atOnce.invokeAll(begun.entrySet().stream()
					.map(request -> (Callable<Integer>) () -> drips(request.getKey(), request.getValue())).toList())) {
				assertThat(sent.get()).isGreaterThan(2);
			}
		}
	}

	/** Sends so many bytes of what follows, one after another, until the other side hangs up. */
	private int drips(String start, String rest) throws IOException {
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(200);
			socket.getOutputStream().write(start.getBytes(ISO_8859_1));
			int sent = 0;
			while (isOpen(socket)) {
				assertThat(sent).as("bytes sent after " + start).isLessThan(rest.length());
				socket.getOutputStream().write(rest.charAt(sent++));
			}
			return sent;
		}
	}

	@Test
	void aConnectionServesOneRequestAfterAnother() throws Exception {
		String request = "GET /api/things HTTP/1.1\r\nHost: localhost\r\n\r\n";
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write((request + "\r\n" + request + request.replace("\r\n\r\n",
					"\r\nConnection: close\r\n\r\n")).getBytes(ISO_8859_1));
			assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1).split("HTTP/1.1 200 ", -1))
					.hasSize(4);
		}
	}

	/** Waits for a moment whether the other side hangs up, whatever it answers before. */
	private static boolean isOpen(Socket socket) {
		try {
			while (socket.getInputStream().read() != -1);
			return false;
		} catch (SocketTimeoutException e) {
			return true;
		} catch (IOException e) {
			return false;
		}
	}

	@Test
	void aBodyThatFallsSilentHasNotArrived() {
		String answer = BrokenHttp.answerToSilence(port,
				"POST /api/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{");
		assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"code\":\"upload-broken-off\"");
	}

	@Test
	void theHostThatARequestNamesIsNotRepeated() {
		for (String path : List.of("/other", "/.well-known/oauth-protected-resource",
				"/.well-known/oauth-protected-resource/x")) {
			String answer = BrokenHttp.answer(port,
					"GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
			assertThat(answer).startsWith("HTTP/1.1 401 ").containsPattern("\r\nWWW-Authenticate: Bearer\r\n")
					.doesNotContain("evil");
		}
	}

	private interface Requests {
		void send() throws Exception;
	}

	private static List<ILoggingEvent> loggedBy(Requests requests) throws Exception {
		var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		var log = new ListAppender<ILoggingEvent>();
		log.start();
		root.addAppender(log);
		try {
			requests.send();
		} finally {
			root.detachAppender(log);
		}
		return List.copyOf(log.list);
	}

	private String raw(String method, String path, String type, String body) {
		return BrokenHttp.answer(port,
				method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
						+ type + "\r\nContent-Length: " + body.getBytes(ISO_8859_1).length + "\r\n\r\n" + body);
	}

	private HttpResponse<String> get(String path) throws Exception {
		return HTTP.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
				BodyHandlers.ofString());
	}

	private HttpResponse<String> send(String path, BodyPublisher body, String... headers) throws Exception {
		return HTTP
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).POST(body).headers(headers)
						.build(), BodyHandlers.ofString());
	}

	private static void assertProblem(HttpResponse<String> answer, int status) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(JsonMapper.shared().readTree(answer.body()).path("code").asString("")).isNotBlank();
	}
}
