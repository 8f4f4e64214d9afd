package io.rollcall.user.account.persistence;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.Kept;
import io.rollcall.user.account.Memory;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.Site;

import static io.rollcall.user.account.persistence.AccountDocument.map;

/**
 * A row or request that has been applied, with its outcome.
 *
 * @param at absent in what older releases wrote: then at the latest when the account was
 * @param credentialsSent absent where none were
 * @param kept absent but for an undo that left something as it was
 */
record AppliedPart(String cause, @Nullable Instant at, boolean created, List<ChangePart> changes,
		@Nullable List<Site> credentialsSent, @Nullable List<KeptPart> kept) {
	record ChangePart(Field field, String before, String after) {}

	record KeptPart(Field field, String code, String message) {}

	static AppliedPart of(Memory.Applied it) {
		return new AppliedPart(it.causeId(), it.at(), it.created(),
				map(it.changes(), change -> new ChangePart(change.field(), change.before(), change.after())),
				it.credentialsSent().isEmpty() ? null : List.copyOf(it.credentialsSent()),
				it.kept().isEmpty()
						? null
						: map(it.kept(), one -> new KeptPart(one.field(), one.code(), one.message())));
	}

	Memory.Applied applied(Instant latest) {
		Set<Site> sent = EnumSet.noneOf(Site.class);
		if (credentialsSent != null) sent.addAll(credentialsSent);
		return new Memory.Applied(cause, Objects.requireNonNullElse(at, latest), created,
				map(changes, it -> new Profile.Change(it.field, it.before, it.after)), sent,
				map(kept, it -> new Kept(it.field, it.code, it.message)));
	}
}
