/** Accounts over HTTP: what a coordinator does by hand. */
@NullMarked
package io.rollcall.user.account.web;

import org.jspecify.annotations.NullMarked;
