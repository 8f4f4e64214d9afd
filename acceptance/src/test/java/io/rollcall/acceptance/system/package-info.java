/** One running system for all test classes, and what its outsides tell: HTTP, mails, topics, databases, files. */
@NullMarked
package io.rollcall.acceptance.system;

import org.jspecify.annotations.NullMarked;
