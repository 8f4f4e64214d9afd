/** What the tests of every service stand on: real backends started once a JVM, an issuer of access tokens, shared rules. */
@NullMarked
package io.rollcall.testing;

import org.jspecify.annotations.NullMarked;
