/** The history of accounts as operations may see it. */
@NullMarked
package io.rollcall.user.history.web;

import org.jspecify.annotations.NullMarked;
