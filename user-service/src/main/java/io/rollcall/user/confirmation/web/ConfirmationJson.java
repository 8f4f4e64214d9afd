package io.rollcall.user.confirmation.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.confirmation.Confirmation;
import io.rollcall.user.confirmation.Decision;
import io.rollcall.user.confirmation.Details.Detail;
import io.rollcall.user.confirmation.Flag;
import io.rollcall.user.confirmation.Phase;
import io.rollcall.user.confirmation.Progress;
import io.rollcall.user.confirmation.Progress.Tally;
import io.rollcall.user.confirmation.State;
import io.rollcall.user.confirmation.Verdict;
import io.rollcall.user.history.History.Author;
import io.rollcall.user.permission.Actor;

/** Confirmations in JSON. */
final class ConfirmationJson {
	private ConfirmationJson() {}

	/** @param districts codes; none for the whole state */
	record OpeningRequest(@Nullable String name, @Nullable List<@Nullable String> districts, @Nullable String deadline,
			@Nullable List<@Nullable String> reminders) {}

	/** What is absent stays as it is. */
	record ConfirmationChangeRequest(@Nullable String deadline, @Nullable List<@Nullable String> reminders,
			@Nullable Boolean closed) {}

	/** Schools that another has from now on. */
	record HandOversRequest(@Nullable List<@Nullable HandOverRequest> handOvers) {}

	/** @param userId absent for a school that is the district's again */
	record HandOverRequest(@Nullable String school, @Nullable UUID userId) {}

	record DecisionsRequest(@Nullable List<@Nullable DecisionRequest> decisions) {}

	/** @param version of the decision that one has seen; absent or 0 where there was none */
	record DecisionRequest(@Nullable UUID userId, @Nullable String decision, @Nullable Integer version) {}

	/**
	 * @param status {@code open}, {@code over} or {@code closed}
	 * @param endsAt when the deadline's day is over
	 * @param handOvers those of one's own schools
	 * @param progress of what is within sight; in a list, absent
	 */
	record ConfirmationResponse(UUID id, String name, List<String> districts, LocalDate deadline, Instant endsAt,
			List<LocalDate> reminders, String status, Instant openedAt, @Nullable Instant closedAt,
			List<HandOverResponse> handOvers,
			@JsonInclude(Include.NON_NULL) @Nullable TallyResponse progress) {
		static ConfirmationResponse of(Confirmation it, Actor reader, Instant now, @Nullable Tally progress) {
			Phase phase = it.phase(now);
			return new ConfirmationResponse(it.id(), it.name(), it.districts().stream().sorted().toList(),
					it.schedule().deadline(), it.schedule().end(), it.schedule().reminders(), phase.id(),
					it.openedAt(), it.closedAt(),
					it.handOvers().values().stream().filter(one -> reader.owns(one.school()))
							.map(one -> new HandOverResponse(one.school().code(), one.coordinator()))
							.sorted((one, other) -> one.school().compareTo(other.school())).toList(),
					progress == null ? null : TallyResponse.of(progress, phase));
		}
	}

	/** @param userId the school's coordinator who decides there */
	record HandOverResponse(String school, UUID userId) {}

	/**
	 * How many accounts are in each state: {@code accounts} is the sum of {@code open}, {@code stays}, {@code left}, {@code wrong} and
	 * {@code settled}.
	 *
	 * @param proposed how many are proposed for deactivation; none before the deadline
	 */
	record TallyResponse(int accounts, int open, int stays, int left, int wrong, int settled, int proposed) {
		static TallyResponse of(Tally it, Phase phase) {
			return new TallyResponse(it.accounts(), it.of(State.OPEN), it.of(State.STAYS), it.of(State.LEFT),
					it.of(State.WRONG), it.of(State.SETTLED), it.proposed(phase));
		}
	}

	record ProgressResponse(String status, TallyResponse people, List<PlaceTallyResponse> places) {
		static ProgressResponse of(Progress it, Phase phase) {
			List<PlaceTallyResponse> places = new ArrayList<>();
			it.places()
					.forEach((code, tally) -> places.add(new PlaceTallyResponse(code, TallyResponse.of(tally, phase))));
			return new ProgressResponse(phase.id(), TallyResponse.of(it.people(), phase), places);
		}
	}

	record PlaceTallyResponse(String code, @JsonUnwrapped TallyResponse figures) {}

	/**
	 * An account in a confirmation.
	 *
	 * @param status {@code active} or {@code deactivated}
	 * @param lastSignInAt at either site, as far as it is remembered
	 * @param flags {@code never-signed-in}, {@code organization-closed}, {@code no-organization}, {@code same-person}
	 * @param may which decisions one could make of it now
	 */
	record ItemResponse(UUID userId, String username, String firstName, String lastName, String email, String role,
			List<String> organizations, String status, @Nullable Instant lastSignInAt, List<String> flags, String state,
			@Nullable DecisionResponse decision, List<String> may) {
		static ItemResponse of(Detail it) {
			Profile profile = it.account().profile();
			Decision decision = it.decision();
			return new ItemResponse(it.account().id(), profile.username().value(), profile.firstName().value(),
					profile.lastName().value(), profile.email().value(), profile.role().name(), profile.codes(),
					it.account().isActive() ? "active" : "deactivated", it.lastSignIn(),
					it.flags().stream().map(Flag::id).toList(), it.state().id(),
					decision == null ? null : DecisionResponse.of(decision, it.by()),
					Arrays.stream(Verdict.values()).filter(it.may()::contains).map(Verdict::id).toList());
		}
	}

	/** @param by absent when one may not know */
	record DecisionResponse(String decision, long version, Instant at, @Nullable AuthorResponse by) {
		static DecisionResponse of(Decision it, @Nullable Author by) {
			return new DecisionResponse(it.verdict().id(), it.version(), it.at(),
					by == null ? null : new AuthorResponse(by.id(), by.username(), by.name()));
		}
	}

	/** Of the service center others see the name of the role alone. */
	record AuthorResponse(@Nullable UUID id, @Nullable String username, String name) {}

	record DecisionsResponse(List<DecisionOutcomeResponse> results) {}

	/**
	 * {@code outcome} is {@code done}, {@code unchanged} or {@code refused}; a refusal has a code and a message.
	 *
	 * @param decision as it stands; of {@code already-decided}, the one that was quicker
	 */
	record DecisionOutcomeResponse(UUID userId, String outcome, @Nullable String code, @Nullable String message,
			@Nullable DecisionResponse decision) {}
}
