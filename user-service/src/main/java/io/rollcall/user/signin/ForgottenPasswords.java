package io.rollcall.user.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.EventRelay;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.profile.InvalidValue;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.PasswordReset;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.ResetRequests.ResetRequest;

/**
 * Forgot Password? (guide, section III.C). The request is written down and answered, the same for every username; only then does
 * anybody look whether there is such an account. A deactivated one is sent nothing.
 */
@Service
public class ForgottenPasswords {
	private static final Logger LOG = LoggerFactory.getLogger(ForgottenPasswords.class);

	/** @param lifetime how long a mailed link is good */
	@ConfigurationProperties("rollcall.password-resets")
	public record Settings(@DefaultValue("60m") Duration lifetime) {}

	private final ResetRequests requests;
	private final AccountRepository accounts;
	private final EventRelay relay;
	private final Settings settings;
	private final Clock clock;

	public ForgottenPasswords(ResetRequests requests, AccountRepository accounts, EventRelay relay, Settings settings,
			Clock clock) {
		this.requests = requests;
		this.accounts = accounts;
		this.relay = relay;
		this.settings = settings;
		this.clock = clock;
	}

	/** Asks for a link. Returns when the request is safe. */
	public void request(Site site, String typedUsername) {
		requests.add(new ResetRequest(UUID.randomUUID(), key(typedUsername), site, clock.instant()));
	}

	private static @Nullable String key(String typed) {
		try {
			return new Username(typed).key();
		} catch (InvalidValue _) {
			return null;
		}
	}

	/** Works off what waits, on whichever instance comes first; when two do, the account takes it once. */
	@Scheduled(fixedDelayString = "${rollcall.password-resets.interval:500ms}")
	void workOff() {
		List<ResetRequest> waiting;
		do {
			waiting = requests.waiting();
			waiting.forEach(this::send);
		} while (!waiting.isEmpty());
	}

	private void send(ResetRequest request) {
		Instant now = clock.instant();
		boolean late = !now.isBefore(request.at().plus(settings.lifetime()));
		if (request.username() != null && !late) send(request, new Username(request.username()), now);
		requests.done(request);
	}

	private void send(ResetRequest request, Username username, Instant now) {
		var origin = new Origin.System("password-reset/" + request.id());
		while (true) {
			Account account = accounts.find(username).orElse(null);
			if (account == null || account.memory().applied(origin.causeId()).isPresent()) return;
			var token = ResetToken.of(account.id());
			var reset = new PasswordReset(request.site(), Secrets.sha256(token.value()),
					now.plus(settings.lifetime()));
			if (!account.requestReset(reset, token, origin, now)) return;
			if (!accounts.save(List.of(account)).isEmpty()) continue;
			LOG.atInfo().addKeyValue("site", request.site()).addKeyValue("account", account.id())
					.log("A link to set a password is mailed");
			relay.soon(List.of(username));
			return;
		}
	}
}
