package io.rollcall.acceptance.browser;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import com.microsoft.playwright.Page;

/**
 * What something costs the person at the browser. The page itself counts what reaches it, so a script cannot leave anything out; the page is not
 * loaded anew meanwhile. What is typed goes through the page's keyboard, since {@code fill} presses no key.
 *
 * @param clicks presses of a pointer's button
 * @param keys that were pressed, each modifier too
 * @param seconds for information: a script does not read
 */
record StopWatch(int clicks, int keys, double seconds) {
	/** The list of a select is the browser's: the page is told of the choice alone, which is one click to open it and one to choose. */
	private static final String COUNT = """
			() => {
				const count = window.stopWatch = { clicks: 0, keys: 0 };
				const isSelect = event => event.target.localName === 'select';
				const on = (type, told) => addEventListener(type, told, { capture: true });
				on('pointerdown', event => { if (event.isTrusted && !isSelect(event)) count.clicks++; });
				on('keydown', event => { if (event.isTrusted) count.keys++; });
				on('change', event => { if (isSelect(event)) count.clicks += 2; });
			}""";

	static StopWatch of(Visitor visitor, Runnable task) {
		Page page = visitor.page();
		page.evaluate(COUNT);
		long begin = System.nanoTime();
		task.run();
		double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
		var counted = (List<?>) page.evaluate("() => [window.stopWatch.clicks, window.stopWatch.keys]");
		return new StopWatch((Integer) counted.get(0), (Integer) counted.get(1), seconds);
	}

	/** A row of a table in Markdown. */
	String row(String task) {
		return String.format(Locale.ROOT, "| %s | %d | %d | %.1f |", task, clicks, keys, seconds);
	}
}
