/** The web app: its files as they are, and what it is told about this site. */
@NullMarked
package io.rollcall.gateway.portal;

import org.jspecify.annotations.NullMarked;
