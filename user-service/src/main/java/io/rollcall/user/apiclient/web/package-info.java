/** The calls for API clients: one's own, and those of accounts that one manages. */
@NullMarked
package io.rollcall.user.apiclient.web;

import org.jspecify.annotations.NullMarked;
