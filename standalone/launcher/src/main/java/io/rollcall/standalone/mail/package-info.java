/**
 * The mail server of one machine: accepts every mail, keeps it in an append-only log on disk and shows it on a page.
 * The log is what proves that a mail was sent, so a mail is in it before the sender reads "250".
 */
@NullMarked
package io.rollcall.standalone.mail;

import org.jspecify.annotations.NullMarked;
