/** The whole service on real backends, those who ask it, and what its tests are about. */
package io.rollcall.user.testing;
