/**
 * Events become e-mails. The root is the domain: which mails an event asks for and what became of each. {@code delivery}
 * sends them; the other packages are the outside worlds: topics, HTTP, the ledger in Mongo, templates, SMTP, keys.
 */
@NullMarked
package io.rollcall.notification;

import org.jspecify.annotations.NullMarked;
