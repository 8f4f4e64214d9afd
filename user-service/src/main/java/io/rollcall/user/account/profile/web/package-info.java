/** The fields, the roles and their rules over HTTP, for those who build forms. */
@NullMarked
package io.rollcall.user.account.profile.web;

import org.jspecify.annotations.NullMarked;
