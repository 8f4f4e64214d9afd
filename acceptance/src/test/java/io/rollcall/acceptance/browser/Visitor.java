package io.rollcall.acceptance.browser;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import org.jspecify.annotations.Nullable;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * A person at a browser of her own, who clicks what she reads. What the console says is kept, and must be nothing: an answer
 * that refuses something is reported there by the browser itself, so those are left out. So is every call of the interface that does
 * not say for whom its page is.
 */
public final class Visitor implements AutoCloseable {
	/** The browser's own note about an answer of 4xx or 5xx, or none; scripts do not write it. */
	private static final Pattern REFUSED_ANSWER = Pattern.compile("Failed to load resource: .*");
	/** What a page asks to find out whose it is. */
	private static final Set<String> FOR_WHOM = Set.of("GET /api/me", "GET /api/reference");

	private final BrowserContext context;
	private final String site;
	private final List<String> complaints = new ArrayList<>();
	private Page page;
	private @Nullable FileChooser opened;

	private Visitor(BrowserContext context, String site) {
		this.context = context;
		this.site = site;
		context.onConsoleMessage(message -> {
			if (List.of("error", "warning").contains(message.type())
					&& !REFUSED_ANSWER.matcher(message.text()).matches()) {
				complaints.add(message.type() + ": " + message.text() + " at " + message.location());
			}
		});
		context.onRequest(request -> {
			String what = request.method() + " " + URI.create(request.url()).getPath();
			if (what.contains(" /api/") && !FOR_WHOM.contains(what)
					&& !request.headers().containsKey("x-rollcall-account")) {
				complaints.add("for whom is " + what + "?");
			}
		});
		context.onWebError(error -> complaints.add("exception: " + error.error()));
		this.page = context.newPage();
		// From the beginning: to a click at once after it, interception would come too late.
		page.onFileChooser(chooser -> opened = chooser);
		page.onDialog(Dialog::accept); // the browser's own question about unsaved work, when a test goes elsewhere
	}

	/** @param site the address of the Portal or the Training Site */
	public static Visitor at(String site) {
		return at(site, 1280, 800);
	}

	/** The same with a window of this size in CSS pixels. */
	public static Visitor at(String site, int width, int height) {
		return new Visitor(Chromium.shared().newContext(options(width, height)), site);
	}

	/** The same in a network with a proxy. */
	static Visitor at(String site, BufferingProxy proxy) {
		return new Visitor(Chromium.shared().newContext(options(1280, 800).setProxy(proxy.address())), site);
	}

	private static Browser.NewContextOptions options(int width, int height) {
		return new Browser.NewContextOptions().setViewportSize(width, height).setLocale("en-US")
				.setTimezoneId("America/New_York").setReducedMotion(ReducedMotion.REDUCE);
	}

	public Page page() {
		return page;
	}

	/** Goes on in another tab of the same browser. */
	public void goOnIn(Page other) {
		page = other;
	}

	public BrowserContext context() {
		return context;
	}

	/** Opens a path of the site as if typed into the address bar. */
	public void open(String path) {
		page.navigate(site + path);
	}

	/** Clicks the button or link of exactly this name. */
	public void click(String name) {
		named(name).first().click();
	}

	/** The button or link of exactly this name, in the dialog where one is open. */
	public Locator named(String name) {
		Locator scope = page.getByRole(AriaRole.DIALOG);
		Locator within = scope.count() > 0 ? scope : page.locator("body");
		return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true))
				.or(within.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true)));
	}

	/** The button, or link that looks like one, whose name begins so. */
	public Locator control(String beginning) {
		Pattern name = beginningWith(beginning);
		return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
				.or(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)));
	}

	public Locator field(String label) {
		return page.getByLabel(Pattern.compile(beginningWith(label) + "\\*?$"));
	}

	/** A pattern for the browser, which does not know {@link Pattern#quote}'s way of quoting. */
	public static Pattern beginningWith(String text) {
		return Pattern.compile("^" + text.replaceAll("[.*+?^${}()|\\[\\]\\\\/]", "\\\\$0"));
	}

	public void fill(String label, String value) {
		field(label).fill(value);
	}

	public void seesHeading(String heading) {
		assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(heading)).first())
				.isVisible();
	}

	public void sees(String text) {
		assertThat(page.getByText(text).first()).isVisible();
	}

	/** The dialog that is open, by its title. */
	public Locator dialog(String title) {
		Locator dialog = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(title));
		assertThat(dialog).isVisible();
		return dialog;
	}

	/** The row of the user table that has this username. */
	public Locator row(String username) {
		return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions()
				.setHas(page.getByRole(AriaRole.CELL, new Page.GetByRoleOptions().setName(username).setExact(true))
						.first()));
	}

	/** Searches for it with Enter, as the guide's Table 3 says, and waits until the list shows it alone. */
	public void search(String text) {
		page.getByLabel("Search", new Page.GetByLabelOptions().setExact(true)).first().fill(text);
		page.keyboard().press("Enter");
		page.waitForURL(Pattern.compile(".*[?&]search=.*"));
		page.waitForFunction("() => !document.querySelector('.table-holder[data-loading]')");
	}

	/** Opens the browser's file chooser and chooses this file. */
	public void choose(Runnable opening, FilePayload file) {
		opened = null;
		opening.run();
		page.waitForCondition(() -> opened != null);
		Objects.requireNonNull(opened).setFiles(file);
	}

	/** Clicks and keeps what is downloaded. */
	public Path download(Runnable click) {
		Download download = page.waitForDownload(click);
		return download.path();
	}

	/** Bytes over the wire since the last call, headers left out, as the browser's own network layer counts them. */
	public long transferred(Runnable visit) {
		var bytes = new AtomicLong();
		var devtools = context.newCDPSession(page);
		devtools.send("Network.enable");
		devtools.on("Network.loadingFinished",
				event -> bytes.addAndGet((long) event.get("encodedDataLength").getAsDouble()));
		visit.run();
		devtools.detach();
		return bytes.get();
	}

	/** Errors and warnings on the console so far, and calls that may be answered for somebody else. */
	public List<String> complaints() {
		return complaints;
	}

	@Override
	public void close() {
		context.close();
	}
}
