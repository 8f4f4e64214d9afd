package io.rollcall.notification.letters;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.templateresolver.FileTemplateResolver;
import org.unbescape.html.HtmlEscape;

/**
 * The words of the mails: for each kind {@code mail/<kind>.txt}, whose first line is the subject, and {@code mail/<kind>.html}.
 * A template is processed once for each set of names, with marks in the place of the values; a mail fills these in, escaped as Thymeleaf
 * would have. So a template may choose by which values there are, not by what they are.
 */
@Component
class Templates {
	private static final String SUBJECT = "Subject: ";

	record Words(String subject, String text, String html) {}

	private record Kind(String kind, Set<String> names) {}

	private record Forms(Form subject, Form text, Form html) {}

	private final TemplateEngine engine = new TemplateEngine();
	private final Map<Kind, Forms> forms = new ConcurrentHashMap<>();

	Templates(MailSettings settings) {
		Path folder = settings.templates();
		if (folder != null) {
			engine.addTemplateResolver(fileResolver(folder, ".txt", TemplateMode.TEXT));
			engine.addTemplateResolver(fileResolver(folder, ".html", TemplateMode.HTML));
		}
		engine.addTemplateResolver(resolver(".txt", TemplateMode.TEXT));
		engine.addTemplateResolver(resolver(".html", TemplateMode.HTML));
	}

	private static FileTemplateResolver fileResolver(Path folder, String suffix, TemplateMode mode) {
		var resolver = new FileTemplateResolver();
		resolver.setPrefix(folder.toAbsolutePath() + "/");
		resolver.setCharacterEncoding("UTF-8");
		resolver.setTemplateMode(mode);
		resolver.getResolvablePatternSpec().addPattern("*" + suffix);
		resolver.setCheckExistence(true);
		resolver.setOrder(0); // before those without a place in the order
		return resolver;
	}

	private static ClassLoaderTemplateResolver resolver(String suffix, TemplateMode mode) {
		var resolver = new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
		resolver.setPrefix("mail/");
		resolver.setCharacterEncoding("UTF-8");
		resolver.setTemplateMode(mode);
		resolver.getResolvablePatternSpec().addPattern("*" + suffix);
		return resolver;
	}

	/** @param values of a kind of mail there are few sets of names: one more where something is not always known */
	Words render(String kind, Map<String, String> values) {
		Forms of = forms.computeIfAbsent(new Kind(kind, Set.copyOf(values.keySet())),
				_ -> process(kind, values));
		Map<String, String> escaped = new HashMap<>(values);
		escaped.replaceAll((_, value) -> HtmlEscape.escapeHtml4Xml(value));
		return new Words(of.subject().fill(values), of.text().fill(values), of.html().fill(escaped));
	}

	private Forms process(String kind, Map<String, String> values) {
		var context = new Context(Locale.US);
		values.keySet().forEach(name -> context.setVariable(name, Form.mark(name)));
		String text = engine.process(kind + ".txt", context);
		int end = text.indexOf('\n');
		if (!text.startsWith(SUBJECT) || end < 0) throw new IllegalStateException(kind + ".txt has no subject");
		return new Forms(Form.of(text.substring(SUBJECT.length(), end).strip()),
				Form.of(text.substring(end + 1).stripLeading()), Form.of(engine.process(kind + ".html", context)));
	}
}
