package io.rollcall.user.row;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.rollcall.user.account.profile.Profile;

/**
 * What a row of an earlier import did, to be taken back.
 *
 * @param commandId of that row
 * @param askedAt when its file was handed in: what was asked for later stays
 * @param created whether it made the account; otherwise it made the changes
 * @param evenIfUsed whether an account that it made is deactivated also if somebody has signed in to it
 */
public record Undo(String commandId, Instant askedAt, UUID accountId, boolean created, List<Profile.Change> changes,
		boolean evenIfUsed) {}
