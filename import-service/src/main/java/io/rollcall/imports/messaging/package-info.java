/** Commands out, results in: wire types become domain types here. */
@NullMarked
package io.rollcall.imports.messaging;

import org.jspecify.annotations.NullMarked;
