/**
 * {@code /api/users}, {@code /api/me}, {@code /api/reference}: accounts over HTTP. This stands above the features that answer together
 * (accounts, the list, sign-in, deliveries), and none of them knows it.
 */
@NullMarked
package io.rollcall.user.api;

import org.jspecify.annotations.NullMarked;
