/**
 * What the promises are worth when anything may die at any moment: programs are killed at random while people work, and then
 * every row, account, change and mail is counted.
 */
@NullMarked
package io.rollcall.acceptance.campaign;

import org.jspecify.annotations.NullMarked;
