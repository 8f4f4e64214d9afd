package io.rollcall.organization.persistence;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Update;

import io.rollcall.organization.Level;
import io.rollcall.organization.Organization;
import io.rollcall.organization.Revision;

import static org.springframework.data.mongodb.core.mapping.Field.Write.ALWAYS;

/**
 * An organization as it is stored, in its latest revision.
 *
 * @param announced the latest revision that the broker has
 * @param level in lower case
 * @param closed absent in what was written before that was known
 */
@Document("organizations")
record OrganizationDocument(@MongoId String code, long announced, long revision, Instant since, String name,
		String level, String type, @Field(write = ALWAYS) @Nullable String town,
		@Field(write = ALWAYS) @Nullable String parent, @Nullable Boolean closed) {
	/** One that nobody has been told of. */
	static OrganizationDocument of(Revision revision) {
		Organization it = revision.organization();
		return new OrganizationDocument(it.code(), 0, revision.number(), revision.since(), it.name(), text(it.level()),
				it.type(), it.town(), it.parent(), it.closed());
	}

	/** What a later revision sets: all but whether it has been told of. */
	static Update set(Revision revision) {
		Organization it = revision.organization();
		return new Update().set("revision", revision.number()).set("since", revision.since()).set("name", it.name())
				.set("level", text(it.level())).set("type", it.type()).set("town", it.town())
				.set("parent", it.parent()).set("closed", it.closed());
	}

	private static String text(Level level) {
		return level.name().toLowerCase(Locale.ROOT);
	}

	Revision latest() {
		var organization = new Organization(code, name, Level.valueOf(level.toUpperCase(Locale.ROOT)), type, town,
				parent,
				closed != null && closed);
		return new Revision(organization, revision, since);
	}
}
