/**
 * Owns the accounts: who exists, in which role, for which organizations, with which credentials. In come rows of imports as
 * commands and, over HTTP, what a coordinator does by hand; each is judged by one set of rules (guide, Tables 1 and 4). Out go
 * the outcome of each row, and events about each account, which are stored with the account before anybody hears of them.
 *
 * <p>{@code account} is the aggregate, {@code account.profile} the fields and their rules; {@code permission} says who may do what to whom; {@code credential} what
 * one signs in with; {@code directory} what is known of organizations; {@code row} turns a batch of rows into outcomes.
 * {@code roster} is the list as people look through it, {@code history} what happened to each account, {@code delivery} what
 * became of its mails, {@code confirmation} who is still there, as coordinators say once a year; {@code outbox} publishes the events
 * that documents owe, {@code request} keeps idempotency keys. {@code signin} is how people sign in and set their passwords,
 * {@code apiclient} how programs act for them; {@code authorization} is the OAuth 2.0 authorization server, whose tokens
 * stand on a sign-in. {@code api} is the HTTP interface of accounts, above all of these.
 */
@NullMarked
package io.rollcall.user;

import org.jspecify.annotations.NullMarked;
