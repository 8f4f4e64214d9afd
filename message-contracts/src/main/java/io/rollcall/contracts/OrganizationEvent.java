package io.rollcall.contracts;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** The directory as state, published on {@code organization-events} (compacted), keyed by organization code. */
@JsonTypeInfo(use = Id.NAME, property = "type", defaultImpl = OrganizationEvent.Unrecognized.class)
@JsonSubTypes(@JsonSubTypes.Type(OrganizationEvent.OrganizationChanged.class))
public sealed interface OrganizationEvent {
	/**
	 * The organization as it is now.
	 *
	 * @param level {@code district} or {@code school}
	 * @param kind the directory's own label, as {@code Public School}
	 * @param parent the code of a school's district; absent for a district
	 * @param closed a closed organization stays, so that old codes keep their names
	 */
	@JsonTypeName("OrganizationChanged")
	record OrganizationChanged(String eventId, Instant occurredAt, String code, String name, String level, String kind,
			@Nullable String town, @Nullable String parent, boolean closed) implements OrganizationEvent {}

	/** What a reader older than the writer sees. */
	record Unrecognized() implements OrganizationEvent, OfUnknownType {}
}
