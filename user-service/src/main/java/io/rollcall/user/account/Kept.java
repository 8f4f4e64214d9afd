package io.rollcall.user.account;

import io.rollcall.user.account.profile.Field;

/**
 * Something that an undo leaves as it is.
 *
 * @param field what; of the whole account, the username
 * @param code stable, for programs
 * @param message why, to be shown: with who changed it and when, as far as whoever undid might know that then
 */
public record Kept(Field field, String code, String message) {}
