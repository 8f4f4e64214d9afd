/** What the server's own limits and answers leave open. */
@NullMarked
package io.rollcall.platform.tomcat;

import org.jspecify.annotations.NullMarked;
