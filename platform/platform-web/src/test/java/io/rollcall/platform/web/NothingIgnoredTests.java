package io.rollcall.platform.web;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

class NothingIgnoredTests {
	private final WebApplicationContextRunner service = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class,
					HttpMessageConvertersAutoConfiguration.class, WebMvcAutoConfiguration.class,
					WebAutoConfiguration.class));

	record Filter(@Nullable String name) {}

	static class Bean {
		@Nullable
		String name;

		public void setName(String name) {
			this.name = name;
		}
	}

	@RestController
	static class OfARecord {
		@GetMapping("/api/people")
		String list(@ModelAttribute Filter filter) {
			return "";
		}
	}

	@RestController
	static class OfABean {
		@GetMapping("/api/people")
		String list(@ModelAttribute Bean filter) {
			return "";
		}
	}

	@Test
	void aServiceWhoseParametersCannotBeToldDoesNotStart() {
		service.withBean(OfARecord.class).run(context -> assertThat(context).hasNotFailed());
		service.withBean(OfABean.class).run(context -> assertThat(context).getFailure()
				.isInstanceOf(IllegalStateException.class)
				.hasMessageContaining(Bean.class.getName() + " must be a record"));
	}
}
