package io.rollcall.user.row.comparison;

import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.profile.Draft;

/**
 * One record of a list.
 *
 * @param is the account that it is for whatever its username says, since somebody has said so
 * @param isNot accounts that it is not for, since somebody has said so
 */
public record Listed(Draft draft, @Nullable UUID is, Set<UUID> isNot) {}
