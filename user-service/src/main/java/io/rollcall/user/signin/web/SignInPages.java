package io.rollcall.user.signin.web;

import java.net.URLEncoder;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.rollcall.user.credential.Password;
import io.rollcall.user.credential.PasswordRules;
import io.rollcall.user.credential.PasswordRules.PasswordRule;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.ForgottenPasswords;
import io.rollcall.user.signin.PasswordService;
import io.rollcall.user.signin.SignIn;
import io.rollcall.user.signin.SignInService;
import io.rollcall.user.signin.Sites;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The pages of the guide's section III: sign in, set a new password, forgot the password. */
@Controller
class SignInPages {
	private static final String DIFFERENT = "The two passwords are not the same.";

	private final SignInService signIns;
	private final PasswordService passwords;
	private final ForgottenPasswords forgotten;
	private final PasswordRules rules;
	private final SignInCookies cookies;
	private final Sites sites;
	private final Clock clock;

	SignInPages(SignInService signIns, PasswordService passwords, ForgottenPasswords forgotten, PasswordRules rules,
			SignInCookies cookies, Sites sites, Clock clock) {
		this.signIns = signIns;
		this.passwords = passwords;
		this.forgotten = forgotten;
		this.rules = rules;
		this.cookies = cookies;
		this.sites = sites;
		this.clock = clock;
	}

	@GetMapping("/sign-in")
	@PreAuthorize("permitAll()")
	@Nullable
	ModelAndView signIn(HttpServletRequest request, HttpServletResponse response,
			@RequestParam(name = "continue", required = false) @Nullable String query) {
		Optional<Continuation> continuation = Continuation.of(query);
		if (continuation.isEmpty()) return toSite(response, Site.PORTAL);
		Optional<SignIn> present = current(request, continuation.get())
				.filter(signIn -> continuation.get().demand().isMetBy(signIn, clock.instant()));
		return present.isPresent()
				? onwards(request, response, continuation.get(), present.get().complete())
				: page("sign-in", continuation.get());
	}

	@PostMapping("/sign-in")
	@PreAuthorize("permitAll()")
	@Nullable
	ModelAndView signIn(HttpServletRequest request, HttpServletResponse response,
			@RequestParam(name = "continue", required = false) @Nullable String query,
			@RequestParam(defaultValue = "") String username, @RequestParam(defaultValue = "") String password) {
		Optional<Continuation> found = Continuation.of(query);
		if (found.isEmpty()) return toSite(response, Site.PORTAL);
		Continuation continuation = found.get();
		var outcome = signIns.signIn(continuation.site(), username, new Password(password),
				cookies.source(request, response));
		return switch (outcome) {
			case SignInService.Outcome.SignedIn signedIn -> {
				cookies.setSignIn(request, response, continuation.site(), signedIn.secret());
				yield onwards(request, response, continuation, signedIn.signIn().complete());
			}
			case SignInService.Outcome.Refused _ -> refused(continuation, username,
					"The username or the password is not correct.");
			case SignInService.Outcome.Spent _ -> refused(continuation, username,
					"This password has been used already or has expired. Select Forgot Password? to set a new one.");
			case SignInService.Outcome.TooMany _ -> refused(continuation, username,
					"There were too many attempts. Wait an hour, or select Forgot Password? to set a new password now.");
		};
	}

	private ModelAndView refused(Continuation continuation, String username, String error) {
		ModelAndView page = page("sign-in", continuation).addObject("username", username).addObject("error", error);
		page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		return page;
	}

	@GetMapping("/new-password")
	@PreAuthorize("permitAll()")
	@Nullable
	ModelAndView newPassword(HttpServletRequest request, HttpServletResponse response,
			@RequestParam(name = "continue", required = false) @Nullable String query) {
		Optional<Continuation> found = Continuation.of(query);
		if (found.isEmpty()) return toSite(response, Site.PORTAL);
		Optional<SignIn> present = current(request, found.get()).filter(signIn -> !signIn.complete());
		return present.isEmpty()
				? to(request, response, "/sign-in", found.get())
				: demandPage(found.get(), present.get());
	}

	/** @param sid the sign-in that the page was made for */
	@PostMapping("/new-password")
	@PreAuthorize("permitAll()")
	@Nullable
	ModelAndView newPassword(HttpServletRequest request, HttpServletResponse response,
			@RequestParam(name = "continue", required = false) @Nullable String query,
			@RequestParam(defaultValue = "") String sid, @RequestParam(defaultValue = "") String newPassword,
			@RequestParam(defaultValue = "") String repeated) {
		Optional<Continuation> found = Continuation.of(query);
		if (found.isEmpty()) return toSite(response, Site.PORTAL);
		Continuation continuation = found.get();
		SignIn present = current(request, continuation).orElse(null);
		if (present == null) return over(continuation);
		if (present.complete() || !isFor(present, sid)) return overtakenPage(continuation, present);
		ModelAndView again = demandPage(continuation, present);
		if (!newPassword.equals(repeated)) return invalid(again, DIFFERENT, List.of());
		return switch (passwords.complete(present, new Password(newPassword))) {
			case PasswordService.Outcome.Done(Site site, String secret) -> {
				if (secret != null) cookies.setSignIn(request, response, site, secret);
				yield onwards(request, response, continuation, true);
			}
			case PasswordService.Outcome.Invalid(List<PasswordRule> broken) -> invalid(again, null, broken);
			case PasswordService.Outcome.Over _ -> over(continuation);
		};
	}

	/** A form that is sent twice by a double click sets the password with the first request, and the browser shows this answer. */
	private ModelAndView over(Continuation continuation) {
		return refused(continuation, "",
				"This sign-in is over. If you have just set a new password, sign in with it.");
	}

	/**
	 * Not you? The sign-in that the page names ends, and somebody else may sign in. The browser's forms end with it: the one that was
	 * signed in with is still there, and sent once more it would be that sign-in again.
	 */
	@PostMapping(path = "/new-password", params = "other")
	@PreAuthorize("permitAll()")
	@Nullable
	ModelAndView somebodyElse(HttpServletRequest request, HttpServletResponse response,
			@RequestParam(name = "continue", required = false) @Nullable String query,
			@RequestParam(defaultValue = "") String sid) {
		Optional<Continuation> found = Continuation.of(query);
		if (found.isEmpty()) return toSite(response, Site.PORTAL);
		SignIn present = current(request, found.get()).orElse(null);
		if (present != null) {
			if (!isFor(present, sid)) return overtakenPage(found.get(), present);
			signIns.end(present);
			cookies.endForms(request, response);
		}
		return to(request, response, "/sign-in", found.get());
	}

	/** A browser has one sign-in a site, and any number of tabs: a page may be of the one before. */
	private static boolean isFor(SignIn present, String sid) {
		return present.sid().toString().equals(sid);
	}

	private ModelAndView demandPage(Continuation continuation, SignIn present) {
		return named(passwordPage("new-password", continuation.site()), continuation, present);
	}

	private ModelAndView overtakenPage(Continuation continuation, SignIn present) {
		ModelAndView page = named(page("overtaken", continuation), continuation, present);
		page.setStatus(HttpStatus.CONFLICT);
		return page;
	}

	private ModelAndView named(ModelAndView page, Continuation continuation, SignIn present) {
		return page.addObject("continuation", continuation.query()).addObject("sid", present.sid())
				.addObject("username", signIns.username(present).value());
	}

	@GetMapping("/forgot-password")
	@PreAuthorize("permitAll()")
	ModelAndView forgotPassword(@RequestParam(name = "continue", required = false) @Nullable String query,
			@RequestParam(required = false) @Nullable String site) {
		return forgotPage("forgot-password", query, site);
	}

	/** The same for every username: what becomes of it, the mail says. */
	@PostMapping("/forgot-password")
	@PreAuthorize("permitAll()")
	ModelAndView forgotPassword(@RequestParam(name = "continue", required = false) @Nullable String query,
			@RequestParam(required = false) @Nullable String site, @RequestParam(defaultValue = "") String username) {
		forgotten.request(site(query, site), username);
		return forgotPage("forgot-password-sent", query, site);
	}

	private ModelAndView forgotPage(String name, @Nullable String query, @Nullable String site) {
		return page(name, site(query, site)).addObject("continuation",
				Continuation.of(query).map(Continuation::query).orElse(""));
	}

	private static Site site(@Nullable String query, @Nullable String site) {
		return Continuation.of(query).map(Continuation::site).or(() -> Site.ofClient(site)).orElse(Site.PORTAL);
	}

	@GetMapping("/reset-password")
	@PreAuthorize("permitAll()")
	ModelAndView resetPassword(@RequestParam(defaultValue = "") String token) {
		var link = new ResetToken(token);
		return passwords.use(link).map(use -> resetPage(use, link)).orElseGet(this::overPage);
	}

	@PostMapping("/reset-password")
	@PreAuthorize("permitAll()")
	ModelAndView resetPassword(HttpServletRequest request, HttpServletResponse response,
			@RequestParam(defaultValue = "") String token, @RequestParam(defaultValue = "") String newPassword,
			@RequestParam(defaultValue = "") String repeated) {
		var link = new ResetToken(token);
		Optional<PasswordService.LinkUse> use = passwords.use(link);
		if (use.isEmpty()) return overPage();
		ModelAndView again = resetPage(use.get(), link);
		if (!newPassword.equals(repeated)) return invalid(again, DIFFERENT, List.of());
		return switch (passwords.reset(link, new Password(newPassword), cookies.source(request, response))) {
			case PasswordService.Outcome.Done done -> page("password-set", done.site());
			case PasswordService.Outcome.Invalid(List<PasswordRule> broken) -> invalid(again, null, broken);
			case PasswordService.Outcome.Over _ -> overPage();
		};
	}

	private ModelAndView resetPage(PasswordService.LinkUse use, ResetToken link) {
		return passwordPage("reset-password", use.site()).addObject("token", link.value())
				.addObject("username", use.username().value()).addObject("disconnects", use.endsApiClients());
	}

	/** Also what a double click on the form that used the link shows. */
	private ModelAndView overPage() {
		ModelAndView page = page("link-over", Site.PORTAL);
		page.setStatus(HttpStatus.GONE);
		return page;
	}

	private static ModelAndView invalid(ModelAndView page, @Nullable String error, List<PasswordRule> broken) {
		page.addObject("error", error == null ? "The password does not meet the requirements marked below." : error)
				.addObject("broken", broken);
		page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		return page;
	}

	private Optional<SignIn> current(HttpServletRequest request, Continuation continuation) {
		return signIns.current(continuation.site(), cookies.signIn(request, continuation.site()));
	}

	private ModelAndView passwordPage(String name, Site site) {
		return page(name, site).addObject("rules", rules.rules());
	}

	private ModelAndView page(String name, Continuation continuation) {
		return page(name, continuation.site()).addObject("continuation", continuation.query());
	}

	private ModelAndView page(String name, Site site) {
		return new ModelAndView("sign-in/" + name).addObject("site", site).addObject("signInAddress",
				sites.base(site) + "/login").addObject("home", sites.base(site) + "/");
	}

	private @Nullable ModelAndView onwards(HttpServletRequest request, HttpServletResponse response,
			Continuation continuation, boolean complete) {
		return complete
				? redirect(response, request.getContextPath() + continuation.location())
				: to(request, response, "/new-password", continuation);
	}

	private static @Nullable ModelAndView to(HttpServletRequest request, HttpServletResponse response, String page,
			Continuation continuation) {
		return redirect(response, request.getContextPath() + page + "?continue="
				+ URLEncoder.encode(continuation.query(), UTF_8));
	}

	/** Nobody knows where this one comes from: a bookmark, say. The site starts signing in anew. */
	private @Nullable ModelAndView toSite(HttpServletResponse response, Site site) {
		return redirect(response, sites.base(site) + "/login");
	}

	private static @Nullable ModelAndView redirect(HttpServletResponse response, String location) {
		response.setStatus(HttpServletResponse.SC_SEE_OTHER);
		response.setHeader(HttpHeaders.LOCATION, location);
		return null; // answered
	}
}
