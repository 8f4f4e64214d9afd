/** The ledger of mails in Mongo, and the few documents by which instances share the work. */
@NullMarked
package io.rollcall.notification.persistence;

import org.jspecify.annotations.NullMarked;
