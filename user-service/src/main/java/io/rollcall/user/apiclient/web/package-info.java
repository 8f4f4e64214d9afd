/** The calls for one's own API clients. */
@NullMarked
package io.rollcall.user.apiclient.web;

import org.jspecify.annotations.NullMarked;
