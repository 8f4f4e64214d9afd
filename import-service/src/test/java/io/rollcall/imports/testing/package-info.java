/** The whole service on real backends, a client of it, and somebody who plays user-service. */
@NullMarked
package io.rollcall.imports.testing;

import org.jspecify.annotations.NullMarked;
