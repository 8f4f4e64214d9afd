package io.rollcall.acceptance.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotCaret;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every screen in every state must be: free of what axe-core finds, readable in the dark scheme too, silent on the console. With
 * {@code -Drollcall.screens=FOLDER} a picture of it is kept.
 */
public final class Screen {
	/** WCAG 2.2 A and AA, and what is good practice beside. */
	private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
			"best-practice");

	/** Of what is behind everything, from 0 to 255. */
	private static final String BRIGHTNESS = """
			() => {
				const ground = [document.body, document.documentElement].map(it => getComputedStyle(it).backgroundColor)
					.find(it => it !== 'rgba(0, 0, 0, 0)');
				return Math.max(...ground.match(/[0-9.]+/g).slice(0, 3).map(Number));
			}""";
	private static final int DARK = 64;

	/** Of a picture, in CSS pixels: what is longer is more of the same. */
	private static final int LONGEST = 1600;
	private static final int PHONE = 320;

	private static final Set<String> SEEN = new HashSet<>();

	private Screen() {}

	/** @param name of the picture, in small letters with hyphens */
	public static void check(Visitor visitor, String name) {
		Page page = visitor.page();
		isAtRest(visitor, name);
		if (!SEEN.add(name)) return; // the same screen of another person
		isClean(page, name);
		keep(page, name);
		canBeReadInTheDark(page, name);
	}

	/** The same, without a picture, in a window of this size; and that the page does not scroll sideways there. */
	static void fits(Visitor visitor, String name, int width, int height) {
		Page page = visitor.page();
		page.setViewportSize(width, height);
		isAtRest(visitor, name);
		assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth")).as("how wide " + name + " is")
				.isLessThanOrEqualTo(width);
		// What lies behind a bar at the window's edge can be scrolled out, which axe-core does not do.
		page.setViewportSize(width,
				Math.max(height, (Integer) page.evaluate("() => document.documentElement.scrollHeight")));
		isClean(page, name);
		canBeReadInTheDark(page, name);
	}

	private static void isAtRest(Visitor visitor, String name) {
		visitor.page().waitForFunction(
				"() => !document.querySelector('[data-loading], .placeholder, .starting') && document.fonts.status === 'loaded'");
		// Said when axe-core has asked a sandboxed frame, such as the one that shows a mail.
		visitor.complaints().removeIf(it -> it.contains("Failed to execute 'postMessage' on 'DOMWindow'"));
		assertThat(visitor.complaints()).as("the console on " + name).isEmpty();
	}

	private static void isClean(Page page, String name) {
		var found = new AxeBuilder(page).setLegacyMode(true).withTags(RULES).analyze().getViolations();
		assertThat(found).as("what axe-core finds on " + name).isEmpty();
	}

	private static void canBeReadInTheDark(Page page, String name) {
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
		var found = new AxeBuilder(page).setLegacyMode(true).withRules(List.of("color-contrast")).analyze()
				.getViolations();
		int brightness = (Integer) page.evaluate(BRIGHTNESS);
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
		assertThat(brightness).as("how bright " + name + " is").isLessThan(DARK);
		assertThat(found).as("what cannot be read in the dark on " + name).isEmpty();
	}

	/** The same, and that nothing scrolls sideways on a phone (WCAG 2.2, 1.4.10). */
	static void checkOnAPhoneToo(Visitor visitor, String name) {
		check(visitor, name);
		visitor.page().setViewportSize(PHONE, 800);
		try {
			assertThat((Integer) visitor.page().evaluate("() => document.documentElement.scrollWidth"))
					.as("how wide " + name + " is").isLessThanOrEqualTo(PHONE);
		} finally {
			visitor.page().setViewportSize(1280, 800);
		}
	}

	/** Nothing scrolls sideways, and each control is within the window, as on a phone. */
	static void isWithinReach(Visitor visitor) {
		Page page = visitor.page();
		int width = page.viewportSize().width;
		assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
		List<Locator> controls = page.locator("main")
				.locator("button:visible, input:visible, select:visible, a:visible").all();
		assertThat(controls).isNotEmpty();
		for (Locator control : controls) {
			BoundingBox box = control.boundingBox();
			assertThat(box.x).isNotNegative();
			assertThat(box.x + box.width).isLessThanOrEqualTo(width);
		}
	}

	/** A picture of the same screen in the dark scheme. */
	public static void keepDark(Visitor visitor, String name) {
		Page page = visitor.page();
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
		int brightness = (Integer) page.evaluate(BRIGHTNESS);
		keep(page, name);
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
		assertThat(brightness).as("how bright " + name + " is").isLessThan(DARK);
	}

	private static void keep(Page page, String name) {
		String folder = System.getProperty("rollcall.screens", "");
		if (folder.isBlank()) return;
		try {
			Path pictures = Files.createDirectories(Path.of("..").resolve(folder));
			var picture = new Page.ScreenshotOptions().setPath(pictures.resolve(name + ".png"))
					.setCaret(ScreenshotCaret.HIDE);
			if (page.locator("dialog[open]").count() == 0) { // which is in the middle of the window, whatever is below
				page.evaluate("() => scrollTo(0, 0)"); // what sticks to the window's edge is drawn where it is then
				int height = Math.min(LONGEST,
						(Integer) page.evaluate("() => document.documentElement.scrollHeight"));
				picture.setFullPage(true).setClip(0, 0, page.viewportSize().width, height);
			}
			page.screenshot(picture);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
