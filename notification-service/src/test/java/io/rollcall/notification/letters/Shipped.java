package io.rollcall.notification.letters;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** The words and settings that are shipped, without the service around them. */
final class Shipped {
	private Shipped() {}

	static MimeLetterWriter letters() {
		MailSettings settings = settings();
		return new MimeLetterWriter(settings, new Templates(settings));
	}

	static MailSettings settings() {
		var environment = new StandardEnvironment();
		for (String file : new String[]{"application.yml", "rollcall-platform.yml"}) {
			try {
				new YamlPropertySourceLoader().load(file, new ClassPathResource(file))
						.forEach(environment.getPropertySources()::addLast);
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}
		return Binder.get(environment).bind("rollcall.mail", MailSettings.class).get();
	}
}
