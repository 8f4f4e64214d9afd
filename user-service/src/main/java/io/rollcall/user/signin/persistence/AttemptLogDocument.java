package io.rollcall.user.signin.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;

import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.AttemptLog;
import io.rollcall.user.signin.AttemptLog.AtSite;
import io.rollcall.user.signin.AttemptLog.Attempt;
import io.rollcall.user.signin.AttemptLog.Nearness;

/**
 * What was tried with a username, as it is stored: by the username's hash, for what people type there is now and then their
 * password. What was tried from within sessions stands apart, since an instance of before there was that nearness would not know
 * its name. So does what the Training Site knows: {@code failures} and {@code familiar} are the Portal's, and were both sites'.
 *
 * @param sessions absent where such an instance wrote it
 * @param training absent where an instance wrote it that did not tell sites apart; it is as the Portal's then
 * @param revision 0 where there is none yet
 */
@Document("sign-in-attempts")
record AttemptLogDocument(@MongoId String username, List<AttemptPart> recent, @Nullable List<AttemptPart> sessions,
		int failures, List<String> familiar, @Nullable SitePart training, Instant expiresAt, @Version long revision) {
	record AttemptPart(Instant at, Nearness nearness, String source, @Nullable Site site) {
		Attempt attempt() {
			return new Attempt(at, nearness, source, site);
		}
	}

	record SitePart(int failures, List<String> familiar) {
		AtSite atSite() {
			return new AtSite(failures, familiar);
		}
	}

	static AttemptLogDocument of(String username, AttemptLog log, Instant expiresAt, long revision) {
		AtSite portal = log.at(Site.PORTAL);
		AtSite training = log.at(Site.TRAINING);
		return new AttemptLogDocument(username, parts(log, it -> it.nearness() != Nearness.SESSION),
				parts(log, it -> it.nearness() == Nearness.SESSION), portal.failures(), portal.familiar(),
				new SitePart(training.failures(), training.familiar()), expiresAt, revision);
	}

	private static List<AttemptPart> parts(AttemptLog log, Predicate<Attempt> which) {
		return log.recent().stream().filter(which)
				.map(it -> new AttemptPart(it.at(), it.nearness(), it.source(), it.site())).toList();
	}

	AttemptLog log() {
		var portal = new AtSite(failures, familiar);
		return new AttemptLog(Stream.of(recent, sessions).filter(Objects::nonNull).flatMap(List::stream)
				.map(AttemptPart::attempt).toList(),
				Map.of(Site.PORTAL, portal, Site.TRAINING, training == null ? portal : training.atSite()));
	}
}
