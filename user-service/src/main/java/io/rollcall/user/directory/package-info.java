/** What the rules must know of organizations, and the port to ask for it. */
@NullMarked
package io.rollcall.user.directory;

import org.jspecify.annotations.NullMarked;
