package io.rollcall.platform.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

/** Paths and queries as a service reads them. */
class OneSpellingTests {
	private static final String ID = "8ce89a64-d68a-46e3-bb4e-07d52c40ba54";
	private static final List<String> NO_IDS = List.of("8ce89a64-d68a-46e3-bb4e-7d52c40ba54", " " + ID, ID + " ",
			ID + "\t",
			"8ce89a64d68a46e3bb4e07d52c40ba54", "{" + ID + "}", "urn:uuid:" + ID, "1-1-1-1-1",
			"jOiaZNaKRuO7TgfVLEC6VA==", " ", "x");
	private static final List<String> NO_NUMBERS = List.of("+1", "01", "00", "-0", "-01", " 1", "1 ", "1 0", "0x1",
			"#1",
			"1.0", "1e1", "\u0661", "99999999999", "99999999999999999999", " ", "x");
	private static final List<String> NO_TRUTHS = List.of("yes", "on", "1", "no", "off", "0", " true", "wahr", " ");

	record Filter(@Nullable UUID account, @Nullable Integer least) {}

	@RestController
	@PreAuthorize("permitAll()")
	static class Things {
		@GetMapping("/api/things/{id}")
		@PreAuthorize("permitAll()")
		List<Object> thing(@PathVariable UUID id) {
			return List.of(id);
		}

		@GetMapping("/api/things/{id}/parts/{number}")
		@PreAuthorize("permitAll()")
		List<Object> part(@PathVariable UUID id, @PathVariable int number) {
			return List.of(id, number);
		}

		@GetMapping("/api/things")
		@PreAuthorize("permitAll()")
		List<Object> things(@RequestParam(required = false) @Nullable UUID account,
				@RequestParam(defaultValue = "0") int page, @RequestParam(required = false) @Nullable Integer size,
				@RequestParam(defaultValue = "0") long after, @RequestParam(required = false) @Nullable Boolean dry,
				@RequestParam(defaultValue = "false") boolean changed) {
			return List.of(String.valueOf(account), page, String.valueOf(size), after, String.valueOf(dry), changed);
		}

		@GetMapping("/api/texts")
		@PreAuthorize("permitAll()")
		List<String> texts(@RequestParam List<String> texts) {
			return texts;
		}

		@GetMapping("/api/filtered")
		@PreAuthorize("permitAll()")
		List<Object> filtered(@ModelAttribute Filter filter) {
			return List.of(String.valueOf(filter.account()), String.valueOf(filter.least()));
		}
	}

	/** Of a type that nobody has said the spelling of. */
	@RestController
	static class Moments {
		@GetMapping("/api/moments")
		@PreAuthorize("permitAll()")
		String since(@RequestParam Instant since) {
			return since.toString();
		}
	}

	private static WebApplicationContextRunner service() {
		return new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class,
				HttpMessageConvertersAutoConfiguration.class, WebMvcAutoConfiguration.class,
				WebAutoConfiguration.class));
	}

	private interface Requests {
		void send(MockMvc http) throws Exception;
	}

	private static void with(Requests requests) {
		service().withBean(Things.class).run(context -> requests.send(MockMvcBuilders
				.webAppContextSetup((WebApplicationContext) context.getSourceApplicationContext()).build()));
	}

	private static String ask(MockMvc http, String address, Object... variables) throws Exception {
		MockHttpServletResponse response = http.perform(get(address, variables)).andReturn().getResponse();
		String body = response.getContentAsString();
		return response.getStatus() == 200
				? body
				: response.getStatus() + " "
						+ JsonMapper.shared().readTree(body).path("errors").path(0).path("code").asString("");
	}

	@Test
	void anIdOrNumberInAnotherSpellingNamesNothing() {
		with(http -> {
			List<String> taken = new ArrayList<>();
			for (String id : NO_IDS) {
				if (!ask(http, "/api/things/{id}", id).equals("404 ")) taken.add(id);
				if (!ask(http, "/api/things/{id}/parts/1", id).equals("404 ")) taken.add(id);
			}
			for (String number : NO_NUMBERS)
				if (!ask(http, "/api/things/{id}/parts/{number}", ID, number).equals("404 ")) taken.add(number);
			assertThat(taken).isEmpty();
		});
	}

	@Test
	void aParameterInAnotherSpellingIsRefused() {
		with(http -> {
			List<String> taken = new ArrayList<>();
			for (String id : NO_IDS)
				if (!ask(http, "/api/things?account={id}", id).equals("400 wrong-kind")) taken.add(id);
			for (String name : List.of("page", "size", "after"))
				for (String number : NO_NUMBERS)
					if (!(name.equals("after") && number.equals("99999999999"))
							&& !ask(http, "/api/things?" + name + "={number}", number).equals("400 wrong-kind"))
						taken.add(name + "=" + number);
			for (String name : List.of("dry", "changed"))
				for (String truth : NO_TRUTHS)
					if (!ask(http, "/api/things?" + name + "={truth}", truth).equals("400 wrong-kind"))
						taken.add(name + "=" + truth);
			for (String id : NO_IDS)
				if (!ask(http, "/api/filtered?account={id}", id).startsWith("400 ")) taken.add("filter " + id);
			for (String number : NO_NUMBERS)
				if (!ask(http, "/api/filtered?least={n}", number).startsWith("400 ")) taken.add("filter " + number);
			assertThat(taken).isEmpty();
		});
	}

	@Test
	void theOneSpellingIsTaken() {
		with(http -> {
			assertThat(ask(http, "/api/things/{id}/parts/10", ID)).isEqualTo("[\"" + ID + "\",10]");
			assertThat(ask(http, "/api/things/{id}", ID.toUpperCase(Locale.ROOT)))
					.isEqualTo("[\"" + ID + "\"]");
			assertThat(
					ask(http, "/api/things?account=" + ID + "&page=0&size=-1&after=99999999999&dry=True&changed=true"))
					.isEqualTo("[\"" + ID + "\",0,\"-1\",99999999999,\"true\",true]");
			assertThat(ask(http, "/api/things?account=&page=&size=&after=&dry=&changed="))
					.isEqualTo(ask(http, "/api/things")).isEqualTo("[\"null\",0,\"null\",0,\"null\",false]");
			assertThat(ask(http, "/api/filtered?account=" + ID + "&least=7")).isEqualTo("[\"" + ID + "\",\"7\"]");
			assertThat(ask(http, "/api/filtered?account=")).isEqualTo("[\"null\",\"null\"]");
		});
	}

	/** Spring would split one at its commas, and several, as the parts of a form may be, not. */
	@Test
	void aCommaSeparatesNothing() {
		with(http -> {
			assertThat(ask(http, "/api/texts?texts=a,b")).isEqualTo("[\"a,b\"]");
		});
	}

	/** So that no service starts that would read something by other rules. */
	@Test
	void whatHasNoRuleEndsTheStart() {
		service().withBean(Moments.class)
				.run(context -> assertThat(context).getFailure().hasMessageContaining("java.time.Instant")
						.hasMessageContaining("no rule in OneSpelling"));
	}
}
