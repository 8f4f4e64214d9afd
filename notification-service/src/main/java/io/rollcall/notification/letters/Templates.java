package io.rollcall.notification.letters;

import java.util.Locale;
import java.util.Map;

import org.springframework.stereotype.Component;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * The words of the mails: for each kind {@code mail/<kind>.txt}, whose first line is the subject, and {@code mail/<kind>.html}.
 * Parsed once.
 */
@Component
class Templates {
	private static final String SUBJECT = "Subject: ";

	record Words(String subject, String text, String html) {}

	private final TemplateEngine engine = new TemplateEngine();

	Templates() {
		engine.addTemplateResolver(resolver(".txt", TemplateMode.TEXT));
		engine.addTemplateResolver(resolver(".html", TemplateMode.HTML));
	}

	private static ClassLoaderTemplateResolver resolver(String suffix, TemplateMode mode) {
		var resolver = new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
		resolver.setPrefix("mail/");
		resolver.setCharacterEncoding("UTF-8");
		resolver.setTemplateMode(mode);
		resolver.getResolvablePatternSpec().addPattern("*" + suffix);
		resolver.setCacheable(true);
		return resolver;
	}

	Words render(String kind, Map<String, Object> values) {
		var context = new Context(Locale.US, values);
		String text = engine.process(kind + ".txt", context);
		int end = text.indexOf('\n');
		if (!text.startsWith(SUBJECT) || end < 0) throw new IllegalStateException(kind + ".txt has no subject");
		return new Words(text.substring(SUBJECT.length(), end).strip(), text.substring(end + 1).stripLeading(),
				engine.process(kind + ".html", context));
	}
}
